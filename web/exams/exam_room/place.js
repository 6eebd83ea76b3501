// The page of one attempt: its parts, its words, and the dialog that ends all work on it.

import { one } from "../../components/browser/elements.js";
import { closeModal, openModal } from "../../components/browser/modal.js";
import { setUsable } from "../../components/browser/missing.js";

/**
 * @typedef {object} Words as web/exams/exam_room/words.py gives them
 * @property {import("./countdown.js").TimeWords} time
 * @property {Record<"here" | "notHere" | "there" | "waiting" | "away", string>} saved
 * @property {import("./sheet.js").SheetWords} sheet
 * @property {import("./question.js").QuestionWords} question
 * @property {Record<"raiseHand" | "signIn" | "lost", string>} stopped
 */

const OVER = ["AttemptIsOver", "TimeIsUp"];
const SIGNED_OUT = ["SignInFirst", "SessionIsOver"];

export const room = one("#room", HTMLElement);
/** @type {Words} */
export const words = JSON.parse(room.dataset.words ?? "{}");
export const attempt = room.dataset.attempt ?? "";

/** @param {string} name */
export const part = (name) => one(`[data-part=${name}]`, HTMLElement);

/** @param {import("../../components/browser/sending.js").Refused} problem */
export const isOver = (problem) => OVER.includes(problem.kind);

/**
 * @param {string} name
 * @param {string} state
 * @param {string} text
 */
export function say(name, state, text) {
  part(name).dataset.state = state;
  one("span", HTMLElement, part(name)).textContent = text;
}

export function toReceipt() {
  location.assign(`/exam-room/attempts/${attempt}/handed-in`);
}

/**
 * The centre's last word: to the receipt when the attempt is over, else nothing can be done here any more.
 * @param {import("../../components/browser/sending.js").Refused} problem
 */
export function stop(problem) {
  if (isOver(problem)) {
    toReceipt();
    return;
  }
  const isSignedOut = SIGNED_OUT.includes(problem.kind);
  part("stopped-sign-in").hidden = !isSignedOut;
  show(isSignedOut ? words.stopped.signIn : words.stopped.raiseHand, problem.message);
}

/**
 * @param {string} title
 * @param {string} sentence
 */
export function show(title, sentence) {
  setUsable(room, false);
  closeModal(part("hand-in-dialog"));
  part("stopped-title").textContent = title;
  part("stopped-sentence").textContent = sentence;
  openModal(part("stopped"));
}
