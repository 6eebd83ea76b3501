// Numeric: a number, and the unit where there is a choice. What is not yet both is kept as a draft and not saved.

import { numberIn } from "./number.js";

export class View {
  constructor({ root, template, onAnswer }) {
    root.append(template.content.cloneNode(true));
    this.input = root.querySelector("input");
    this.select = root.querySelector("select");
    this.said = root.querySelector("[role=status]");
    this.onAnswer = onAnswer;
    root.addEventListener("input", () => this.#changed());
  }

  show({ units }, answer, draft) {
    this.draft = draft;
    this.answer = answer;
    this.units = units;
    if (units.length < 2) this.select.replaceChildren();
    for (const unit of units) this.select.append(new Option(unit, unit));
    this.select.closest("label").hidden = units.length === 0;
    this.input.value = draft.value ?? answer?.value ?? "";
    this.select.value = units.length < 2 ? (units[0] ?? "") : (draft.unit ?? answer?.unit ?? "");
    this.#tell();
  }

  // Keys are typed into the field; none chooses.
  actOf() {
    return null;
  }

  #changed() {
    Object.assign(this.draft, { value: this.input.value, unit: this.select.value });
    const value = numberIn(this.input.value);
    const isWhole = value !== null && (this.units.length < 2 || this.select.value !== "");
    const answer = isWhole ? { value, unit: this.select.value } : null;
    this.#tell();
    if (JSON.stringify(answer) === JSON.stringify(this.answer)) return;
    this.answer = answer;
    this.onAnswer(answer);
  }

  #tell() {
    const { number, unit } = this.said.dataset;
    const isMissing = this.units.length > 1 && this.select.value === "";
    if (this.input.value.trim() !== "" && numberIn(this.input.value) === null) this.said.textContent = number;
    else this.said.textContent = this.input.value.trim() !== "" && isMissing ? unit : "";
  }
}
