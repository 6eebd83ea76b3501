// Rows that can be hit anywhere along them, for kinds whose candidates choose. A to F choose by place.

const LETTERS = /^[a-f]$/i;
const FIRST = "a".charCodeAt(0);

export class Rows {
  constructor({ root, several, onChange }) {
    Object.assign(this, { root, several });
    root.addEventListener("change", () => onChange(this.chosen()));
  }

  // rows: [{ value, sign, text }]; chosen: the values that are chosen now.
  draw(rows, chosen) {
    this.root.replaceChildren(...rows.map((row) => this.#row(row, chosen.includes(row.value))));
  }

  chosen() {
    return [...this.root.querySelectorAll("input:checked")].map((input) => input.value);
  }

  actOf(key) {
    if (!LETTERS.test(key)) return null;
    const input = this.root.querySelectorAll("input")[key.toLowerCase().charCodeAt(0) - FIRST];
    return input ? () => input.click() : null;
  }

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

export function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}
