// Ordering: steps are chosen one after the other. An answer is all letters in their order; before that it is a draft.

import { span } from "../rows.js";
import { begun, chosen } from "./placed.js";

const FIRST = "A".charCodeAt(0);

export class View {
  constructor({ root, template, onAnswer }) {
    root.append(template.content.cloneNode(true));
    this.list = root.querySelector(".ordering");
    this.said = root.querySelector("[role=status]");
    this.onAnswer = onAnswer;
  }

  show({ steps }, answer, draft) {
    this.draft = draft;
    this.answer = answer;
    this.letters = steps.map(({ letter }) => letter);
    this.placed = begun(answer, draft.placed, this.letters);
    this.list.replaceChildren(...steps.map((step) => this.#row(step)));
    this.#mark();
  }

  actOf(key) {
    const button = key.length === 1 ? this.list.children[key.toUpperCase().charCodeAt(0) - FIRST] : null;
    return button ? () => button.click() : null;
  }

  #choose(letter) {
    this.placed = chosen(this.placed, letter);
    this.draft.placed = this.placed;
    this.#mark();
    const answer = this.placed.length === this.letters.length ? this.placed : null;
    if (answer === this.answer) return;
    this.answer = answer;
    this.onAnswer(answer);
  }

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
    for (const row of this.list.children) {
      const place = this.placed.indexOf(row.dataset.letter) + 1;
      row.setAttribute("aria-pressed", place > 0 ? "true" : "false");
      row.querySelector(".ordering-place").textContent = place > 0 ? place : "";
    }
    const { some, whole } = this.said.dataset;
    const isWhole = this.placed.length === this.letters.length;
    this.said.textContent = isWhole
      ? whole.replace("{letters}", this.placed.join(" → "))
      : some.replace("{n}", this.placed.length).replace("{all}", this.letters.length);
  }
}
