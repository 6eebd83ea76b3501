// Single choice: an answer is the letter shown.

import { Rows } from "../rows.js";

export class View {
  constructor({ root, onAnswer }) {
    this.rows = new Rows({ root, several: false, onChange: ([letter]) => onAnswer(letter) });
  }

  show({ options }, answer) {
    const rows = options.map(({ letter, text }) => ({ value: letter, sign: letter, text }));
    this.rows.draw(rows, answer === null ? [] : [answer]);
  }

  actOf(key) {
    return this.rows.actOf(key);
  }
}
