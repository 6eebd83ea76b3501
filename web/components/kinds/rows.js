// Rows that can be hit anywhere along them, for kinds whose candidates choose. A to F choose by place.

import { fill } from "../browser/missing.js";
import { span } from "./view.js";

const LETTERS = /^[a-f]$/i;
const FIRST = "a".charCodeAt(0);

/** @typedef {{value: string, sign: string, text: string}} Row */

export class Rows {
  /**
   * @param {object} given
   * @param {HTMLElement} given.root
   * @param {boolean} given.several whether more than one may be chosen
   * @param {(values: string[]) => void} given.onChange
   */
  constructor({ root, several, onChange }) {
    this.root = root;
    this.several = several;
    root.addEventListener("change", () => onChange(this.chosen()));
  }

  /**
   * @param {Row[]} rows
   * @param {string[]} chosen the values that are chosen now
   */
  draw(rows, chosen) {
    fill(this.root, rows.map((row) => this.#row(row, chosen.includes(row.value))));
  }

  chosen() {
    return this.#inputs()
      .filter((input) => input.checked)
      .map((input) => input.value);
  }

  /**
   * @param {string} key
   * @returns {(() => void) | null}
   */
  actOf(key) {
    if (!LETTERS.test(key)) return null;
    const input = this.#inputs()[key.toLowerCase().charCodeAt(0) - FIRST];
    return input ? () => input.click() : null;
  }

  /** @returns {HTMLInputElement[]} */
  #inputs() {
    return [...this.root.querySelectorAll("input")];
  }

  /**
   * @param {Row} row
   * @param {boolean} isChosen
   */
  #row({ value, sign, text }, isChosen) {
    const row = document.createElement("label");
    row.className = "option-row";
    const input = document.createElement("input");
    input.type = this.several ? "checkbox" : "radio";
    input.name = "answer";
    input.value = value;
    input.checked = isChosen;
    row.append(input, span("option-letter", sign), span("option-text", text));
    return row;
  }
}
