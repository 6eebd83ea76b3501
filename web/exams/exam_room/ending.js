// How an attempt ends on this page: the centre closes it, by its own clock or by somebody's deed, and says so.

import { Refused } from "../../components/browser/sending.js";
import { ask } from "./centre.js";
import { attempt, part, show, stop, toReceipt, words } from "./place.js";

/** @typedef {import("./journal.js").Journal} Journal */

const TRY_AGAIN_AFTER = 2000;

/**
 * Only what is true: whether the last answers have arrived is known when the centre has said so.
 * @param {Journal} journal
 */
export function tellTimeIsOver(journal) {
  const text = journal.answers.length === 0 ? words.time.arrived : words.time.over;
  if (part("time-over").textContent === text) return;
  part("time-over").textContent = text;
  part("announced").textContent = text;
}

/**
 * Ask until the attempt is closed at the centre, then go to the receipt.
 * @param {Journal} journal
 * @returns {Promise<void>}
 */
export async function untilClosed(journal) {
  try {
    const { state, now, deadline, sequence } = await ask("GET", `/exam-room/attempts/${attempt}/state`);
    journal.confirm(journal.steps.map((step) => step.sequence).filter((number) => number <= sequence));
    if (state !== "open") return leave(journal);
    if (Date.parse(deadline) > Date.parse(now)) return location.reload(); // time was given at the last moment
  } catch (problem) {
    if (problem instanceof Refused) return stop(problem);
    // The network is away; the centre hands in all the same.
  }
  setTimeout(() => untilClosed(journal), TRY_AGAIN_AFTER);
}

/**
 * To the receipt, unless something that was written here never reached the centre: then it is kept, and said.
 * @param {Journal} journal
 */
export function leave(journal) {
  const lost = new Set(journal.answers.map((step) => step.question)).size;
  if (lost === 0) {
    journal.clear();
    toReceipt();
    return;
  }
  part("stopped-leave").hidden = true;
  show(words.stopped.raiseHand, words.stopped.lost.replace("{n}", String(lost)));
}
