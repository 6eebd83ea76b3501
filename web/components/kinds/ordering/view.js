// Ordering: steps are chosen one after the other. An answer is all letters in their order; before that it is a draft.

import { all, one } from "../../browser/elements.js";
import { fill } from "../../browser/missing.js";
import { said, span } from "../view.js";
import { begun, chosen } from "./placed.js";

const LETTERS = /^[a-f]$/i;
const FIRST = "a".charCodeAt(0);

/** @typedef {{letter: string, text: string}} Step */

export class View {
  /** @param {import("../view.js").Given} given */
  constructor({ root, template, onAnswer }) {
    root.append(template.content.cloneNode(true));
    this.list = one(".ordering", HTMLElement, root);
    this.told = one("[role=status]", HTMLElement, root);
    this.words = { some: said(root, "some"), whole: said(root, "whole") };
    this.onAnswer = onAnswer;
    /** @type {string[]} */
    this.letters = [];
    /** @type {string[]} */
    this.placed = [];
    /** @type {import("../view.js").Draft} */
    this.draft = {};
    this.isAnswered = false;
  }

  /**
   * @param {{steps: Step[]}} shown
   * @param {string[] | null} answer
   * @param {import("../view.js").Draft} draft
   */
  show({ steps }, answer, draft) {
    this.letters = steps.map(({ letter }) => letter);
    this.draft = draft;
    this.isAnswered = answer !== null;
    this.placed = begun(answer, draft.placed, this.letters);
    fill(this.list, steps.map((step) => this.#row(step)));
    this.#mark();
  }

  /**
   * @param {string} key
   * @returns {(() => void) | null}
   */
  actOf(key) {
    if (!LETTERS.test(key)) return null;
    const button = this.#rows()[key.toLowerCase().charCodeAt(0) - FIRST];
    return button ? () => button.click() : null;
  }

  #rows() {
    return all("button", HTMLButtonElement, this.list);
  }

  /** @param {string} letter */
  #choose(letter) {
    this.placed = chosen(this.placed, letter);
    this.draft.placed = this.placed;
    this.#mark();
    const isWhole = this.placed.length === this.letters.length;
    if (!isWhole && !this.isAnswered) return;
    this.isAnswered = isWhole;
    this.onAnswer(isWhole ? this.placed : null);
  }

  /** @param {Step} step */
  #row({ letter, text }) {
    const row = document.createElement("button");
    row.type = "button";
    row.className = "option-row";
    row.dataset.letter = letter;
    row.append(span("ordering-place", ""), span("option-letter", letter), span("option-text", text));
    row.addEventListener("click", () => this.#choose(letter));
    return row;
  }

  #mark() {
    for (const row of this.#rows()) {
      const place = this.placed.indexOf(row.dataset.letter ?? "") + 1;
      row.setAttribute("aria-pressed", place > 0 ? "true" : "false");
      one(".ordering-place", HTMLElement, row).textContent = place > 0 ? String(place) : "";
    }
    const isWhole = this.placed.length === this.letters.length;
    const { some, whole } = this.words;
    this.told.textContent = isWhole
      ? whole.replace("{letters}", this.placed.join(" → "))
      : some.replace("{n}", String(this.placed.length)).replace("{all}", String(this.letters.length));
  }
}
