// Numeric: a number, and the unit where there is a choice. What is not yet both is kept as a draft and not saved.

import { one } from "../../browser/elements.js";
import { fill } from "../../browser/missing.js";
import { said } from "../view.js";
import { numberIn } from "./number.js";

/** @typedef {{value: string, unit: string}} Answer */

export class View {
  /** @param {import("../view.js").Given} given */
  constructor({ root, template, onAnswer }) {
    root.append(template.content.cloneNode(true));
    this.input = one("input", HTMLInputElement, root);
    this.select = one("select", HTMLSelectElement, root);
    this.unit = one(".numeric-unit", HTMLElement, root);
    this.told = one("[role=status]", HTMLElement, root);
    this.words = { number: said(root, "number"), unit: said(root, "unit") };
    this.onAnswer = onAnswer;
    /** @type {string[]} */
    this.units = [];
    /** @type {import("../view.js").Draft} */
    this.draft = {};
    /** @type {Answer | null} */
    this.answer = null;
    root.addEventListener("input", () => this.#changed());
  }

  /**
   * @param {{units: string[]}} shown
   * @param {Answer | null} answer
   * @param {import("../view.js").Draft} draft
   */
  show({ units }, answer, draft) {
    this.units = units;
    this.answer = answer;
    this.draft = draft;
    if (units.length < 2) fill(this.select, []);
    for (const unit of units) this.select.append(new Option(unit, unit));
    this.unit.hidden = units.length === 0;
    this.input.value = draft.value ?? answer?.value ?? "";
    this.select.value = units.length < 2 ? (units[0] ?? "") : (draft.unit ?? answer?.unit ?? "");
    this.#tell();
  }

  /**
   * Keys are typed into the field; none chooses.
   * @returns {null}
   */
  actOf() {
    return null;
  }

  #changed() {
    this.draft.value = this.input.value;
    this.draft.unit = this.select.value;
    this.#tell();
    const value = numberIn(this.input.value);
    const answer = value === null || this.#lacksUnit() ? null : { value, unit: this.select.value };
    if (JSON.stringify(answer) === JSON.stringify(this.answer)) return;
    this.answer = answer;
    this.onAnswer(answer);
  }

  #lacksUnit() {
    return this.units.length > 1 && this.select.value === "";
  }

  #tell() {
    const isTyped = this.input.value.trim() !== "";
    const isNumber = numberIn(this.input.value) !== null;
    const unit = this.#lacksUnit() ? this.words.unit : "";
    this.told.textContent = isTyped ? (isNumber ? unit : this.words.number) : "";
  }
}
