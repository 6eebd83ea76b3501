// One question, large: its frame, and in it the view of its kind. Its keys act while the focus is in it, and
// nowhere else: a word to speech input, or a hand on the keyboard, changes no answer from the answer sheet or the bar.

import { one } from "../../components/browser/elements.js";
import { fill, setUsable } from "../../components/browser/missing.js";
import { VIEWS } from "../../components/kinds/index.js";

const FLAG_KEY = "g"; // F is an option's letter
const PAGING = ["ArrowLeft", "ArrowRight"];
const WRITES = "input[type=text], select, textarea"; // keys belong to what is written in

/** @typedef {import("./languages.js").Said} Said */
/** @typedef {Said & {number: number, kind: string, marks: string, translations: Record<string, Said>}} Asked */
/** @typedef {{kinds: Record<string, string>, mark: string, marks: string, heading: string}} QuestionWords */
/** @typedef {import("./languages.js").Language} Language */
/** @typedef {import("./journal.js").Standing & {language: Language, first: boolean, last: boolean}} Place */

export class Question {
  /**
   * @param {object} given
   * @param {HTMLElement} given.root
   * @param {QuestionWords} given.words
   * @param {(answer: any) => void} given.onAnswer null takes the answer back
   * @param {() => void} given.onFlag
   * @param {(by: number) => void} given.onMove
   */
  constructor({ root, words, onAnswer, onFlag, onMove }) {
    this.root = root;
    this.words = words;
    this.onAnswer = onAnswer;
    this.onFlag = onFlag;
    this.onMove = onMove;
    /** @type {Map<number, import("../../components/kinds/view.js").Draft>} by number of the question */
    this.drafts = new Map();
    /** @type {import("../../components/kinds/view.js").View | null} */
    this.view = null;
    this.heading = one("[data-part=heading]", HTMLElement, root);
    this.stem = one("[data-part=stem]", HTMLElement, root);
    this.options = one("[data-part=options]", HTMLElement, root);
    this.flag = one("[data-part=flag]", HTMLButtonElement, root);
    this.previous = one("[data-part=previous]", HTMLButtonElement, root);
    this.next = one("[data-part=next]", HTMLButtonElement, root);
    this.flag.addEventListener("click", () => onFlag());
    this.previous.addEventListener("click", () => onMove(-1));
    this.next.addEventListener("click", () => onMove(1));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * @param {Asked} question
   * @param {Said} said the question in the candidate's language
   * @param {Place} place
   */
  show(question, said, { language, answer, flagged, first, last }) {
    const { kinds, mark, marks, heading } = this.words;
    this.heading.textContent = heading
      .replace("{number}", String(question.number))
      .replace("{kind}", kinds[question.kind])
      .replace("{marks}", question.marks === "1" ? mark : marks.replace("{n}", question.marks));
    for (const place of [this.stem, this.options]) {
      place.lang = language.tag;
      place.dir = language.direction;
    }
    this.stem.textContent = said.stem;
    // The focus must not fall out of the question with an option that goes or a button that cannot be pressed any more.
    const goes = [this.options, ...(first ? [this.previous] : []), ...(last ? [this.next] : [])];
    if (goes.some((part) => part.contains(document.activeElement))) this.focus();
    this.#draw(question, said.shown, answer);
    this.flagged(flagged);
    this.previous.disabled = first;
    this.next.disabled = last;
  }

  /**
   * A view is made anew for each question: nothing of the last one stays in it.
   * @param {Asked} question
   * @param {any} shown
   * @param {any} answer
   */
  #draw({ kind, number }, shown, answer) {
    const root = document.createElement("div");
    root.className = "room-options";
    root.dataset.kind = kind;
    fill(this.options, [root]);
    const template = one(`template[data-kind=${kind}]`, HTMLTemplateElement);
    const draft = this.drafts.get(number) ?? {};
    this.drafts.set(number, draft);
    this.view = new VIEWS[kind]({ root, template, onAnswer: this.onAnswer });
    this.view.show(shown, answer, draft);
  }

  /** Here the keys act. */
  focus() {
    this.heading.focus({ preventScroll: true });
  }

  close() {
    setUsable(this.root, false);
  }

  /** @param {boolean} isFlagged */
  flagged(isFlagged) {
    this.flag.setAttribute("aria-pressed", isFlagged ? "true" : "false");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.root.hasAttribute("inert")) return;
    if (event.target instanceof Element && event.target.closest(WRITES)) return;
    const act = this.#actOf(event.key);
    // A key that is leaned on is one press; only paging goes on. Enter on a button would press it again and again.
    if (event.repeat && !PAGING.includes(event.key)) {
      if (act || (event.target instanceof Element && event.target.closest("button, input"))) event.preventDefault();
      return;
    }
    if (!act) return;
    event.preventDefault();
    act();
  }

  /**
   * @param {string} key
   * @returns {(() => void) | null}
   */
  #actOf(key) {
    if (key === "ArrowLeft" && !this.previous.disabled) return () => this.onMove(-1);
    if (key === "ArrowRight" && !this.next.disabled) return () => this.onMove(1);
    if (key.toLowerCase() === FLAG_KEY) return () => this.onFlag();
    return this.view?.actOf(key) ?? null;
  }
}
