// The answer sheet: a grid of numbers, whose four states differ by shape and sign as well as by colour.

import { around } from "../../components/browser/elements.js";
import { fill } from "../../components/browser/missing.js";

const MARGIN = 8;

/** @typedef {{answered: string, unanswered: string, flagged: string, comma: string, count: string}} SheetWords */

export class Sheet {
  /**
   * @param {object} given
   * @param {HTMLElement} given.root
   * @param {SheetWords} given.words
   * @param {(number: number) => void} given.onChoose
   */
  constructor({ root, words, onChoose }) {
    this.words = words;
    this.root = root;
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
    root.addEventListener("click", (event) => {
      const button = around(event, "button[data-number]");
      if (button) onChoose(Number(button.dataset.number));
    });
  }

  /** @param {number} count */
  draw(count) {
    this.buttons = Array.from({ length: count }, (_, index) => numberButton(index + 1));
    fill(this.root, this.buttons);
  }

  /**
   * @param {number} number
   * @param {{answered: boolean, flagged: boolean, current: boolean}} at
   */
  show(number, { answered, flagged, current }) {
    const button = this.buttons[number - 1];
    button.dataset.answered = answered ? "yes" : "no";
    button.dataset.flagged = flagged ? "yes" : "no";
    button.setAttribute("aria-current", current ? "step" : "false");
    const states = [answered ? this.words.answered : this.words.unanswered, flagged ? this.words.flagged : null];
    button.setAttribute("aria-label", `${number} ${states.filter(Boolean).join(this.words.comma)}`);
    if (current) this.#bringIntoView(button);
  }

  /**
   * Scrolls the sheet and nothing else: on a narrow screen scrollIntoView would carry the page away from the question.
   * @param {HTMLButtonElement} button
   */
  #bringIntoView(button) {
    const [sheet, place] = [this.root.getBoundingClientRect(), button.getBoundingClientRect()];
    if (place.top < sheet.top) this.root.scrollTop -= sheet.top - place.top + MARGIN;
    if (place.bottom > sheet.bottom) this.root.scrollTop += place.bottom - sheet.bottom + MARGIN;
  }
}

/** @param {number} number */
function numberButton(number) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sheet-number";
  button.dataset.number = String(number);
  button.textContent = String(number);
  return button;
}
