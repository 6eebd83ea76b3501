// True/false: two rows, A and B. An answer is true or false.

import { Rows } from "../rows.js";

export class View {
  constructor({ root, template, onAnswer }) {
    this.words = template.content.querySelector("[data-right]").dataset;
    this.rows = new Rows({ root, several: false, onChange: ([value]) => onAnswer(value === "true") });
  }

  show(_shown, answer) {
    const rows = [
      { value: "true", sign: "A", text: this.words.right },
      { value: "false", sign: "B", text: this.words.wrong },
    ];
    this.rows.draw(rows, answer === null ? [] : [String(answer)]);
  }

  actOf(key) {
    return this.rows.actOf(key);
  }
}
