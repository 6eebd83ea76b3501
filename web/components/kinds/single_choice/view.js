// Single choice: an answer is the letter shown.

import { Rows } from "../rows.js";

export class View {
  /** @param {import("../view.js").Given} given */
  constructor({ root, onAnswer }) {
    this.rows = new Rows({ root, several: false, onChange: ([letter]) => onAnswer(letter) });
  }

  /**
   * @param {{options: {letter: string, text: string}[]}} shown
   * @param {string | null} answer
   */
  show({ options }, answer) {
    const rows = options.map(({ letter, text }) => ({ value: letter, sign: letter, text }));
    this.rows.draw(rows, answer === null ? [] : [answer]);
  }

  /** @param {string} key */
  actOf(key) {
    return this.rows.actOf(key);
  }
}
