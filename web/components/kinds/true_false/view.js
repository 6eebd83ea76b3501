// True/false: two rows, A and B. An answer is true or false.

import { Rows } from "../rows.js";
import { said } from "../view.js";

export class View {
  /** @param {import("../view.js").Given} given */
  constructor({ root, template, onAnswer }) {
    this.words = { right: said(template.content, "right"), wrong: said(template.content, "wrong") };
    this.rows = new Rows({ root, several: false, onChange: ([value]) => onAnswer(value === "true") });
  }

  /**
   * @param {object} _shown
   * @param {boolean | null} answer
   */
  show(_shown, answer) {
    const rows = [
      { value: "true", sign: "A", text: this.words.right },
      { value: "false", sign: "B", text: this.words.wrong },
    ];
    this.rows.draw(rows, answer === null ? [] : [String(answer)]);
  }

  /** @param {string} key */
  actOf(key) {
    return this.rows.actOf(key);
  }
}
