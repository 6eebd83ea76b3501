// One question, large, with options that can be hit anywhere along the row. Its keys act while the focus is in it, and
// nowhere else: a word to speech input, or a hand on the keyboard, changes no answer from the answer sheet or the bar.

import { one } from "../../components/browser/elements.js";
import { fill, setUsable } from "../../components/browser/missing.js";

const LETTERS = /^[a-f]$/i;
const FLAG_KEY = "g"; // F is an option's letter
const PAGING = ["ArrowLeft", "ArrowRight"];

/** @typedef {{letter: string, text: string}} Option */
/** @typedef {{number: number, kind: string, stem: string, marks: string, options: Option[]}} Asked */
/** @typedef {{kinds: Record<string, string>, mark: string, marks: string, heading: string, right: string, wrong: string}} QuestionWords */
/** @typedef {import("./journal.js").Standing & {first: boolean, last: boolean}} Shown */

export class Question {
  /**
   * @param {object} given
   * @param {HTMLElement} given.root
   * @param {QuestionWords} given.words
   * @param {(answer: string) => void} given.onAnswer
   * @param {() => void} given.onFlag
   * @param {(by: number) => void} given.onMove
   */
  constructor({ root, words, onAnswer, onFlag, onMove }) {
    this.root = root;
    this.words = words;
    this.onFlag = onFlag;
    this.onMove = onMove;
    this.several = false;
    this.heading = one("[data-part=heading]", HTMLElement, root);
    this.stem = one("[data-part=stem]", HTMLElement, root);
    this.options = one("[data-part=options]", HTMLElement, root);
    this.flag = one("[data-part=flag]", HTMLButtonElement, root);
    this.previous = one("[data-part=previous]", HTMLButtonElement, root);
    this.next = one("[data-part=next]", HTMLButtonElement, root);
    this.options.addEventListener("change", () => onAnswer(this.chosen()));
    this.flag.addEventListener("click", () => onFlag());
    this.previous.addEventListener("click", () => onMove(-1));
    this.next.addEventListener("click", () => onMove(1));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * @param {Asked} question
   * @param {Shown} shown
   */
  show(question, { answer, flagged, first, last }) {
    const { kinds, mark, marks, heading } = this.words;
    this.heading.textContent = heading
      .replace("{number}", String(question.number))
      .replace("{kind}", kinds[question.kind])
      .replace("{marks}", question.marks === "1" ? mark : marks.replace("{n}", question.marks));
    this.stem.textContent = question.stem;
    this.several = question.kind === "multiple_choice";
    // The focus must not fall out of the question with an option that goes or a button that cannot be pressed any more.
    const goes = [this.options, ...(first ? [this.previous] : []), ...(last ? [this.next] : [])];
    if (goes.some((part) => part.contains(document.activeElement))) this.focus();
    fill(this.options, choices(question, this.words).map((choice) => this.#row(choice, answer)));
    this.flagged(flagged);
    this.previous.disabled = first;
    this.next.disabled = last;
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

  chosen() {
    return this.#inputs()
      .filter((input) => input.checked)
      .map((input) => input.value)
      .join("");
  }

  /** @returns {HTMLInputElement[]} */
  #inputs() {
    return [...this.options.querySelectorAll("input")];
  }

  /**
   * @param {[string, string, string]} choice
   * @param {string} answer
   */
  #row([letter, sign, text], answer) {
    const row = document.createElement("label");
    row.className = "option-row";
    const input = document.createElement("input");
    input.type = this.several ? "checkbox" : "radio";
    input.name = "answer";
    input.value = letter;
    input.checked = answer.includes(letter);
    row.append(input, span("option-letter", sign), span("option-text", text));
    return row;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.root.hasAttribute("inert")) return;
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
    const input = this.#inputOf(key);
    return input ? () => input.click() : null;
  }

  /**
   * A to F choose by place, so that A and B answer a true/false question too, whose letters are T and F.
   * @param {string} key
   * @returns {HTMLInputElement | undefined}
   */
  #inputOf(key) {
    return LETTERS.test(key) ? this.#inputs()[key.toLowerCase().charCodeAt(0) - 97] : undefined;
  }
}

/**
 * The letter that is saved, the sign that is shown, the words.
 * @param {Asked} question
 * @param {QuestionWords} words
 * @returns {[string, string, string][]}
 */
function choices(question, words) {
  if (question.kind === "true_false") return [["T", "A", words.right], ["F", "B", words.wrong]];
  return question.options.map((option) => [option.letter, option.letter, option.text]);
}

/**
 * @param {string} name
 * @param {string} text
 */
function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}
