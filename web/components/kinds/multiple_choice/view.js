// Multiple choice: an answer is the letters shown, in their order; with none of them it is taken back.

import { Rows } from "../rows.js";

export class View {
  /** @param {import("../view.js").Given} given */
  constructor({ root, onAnswer }) {
    this.rows = new Rows({ root, several: true, onChange: (letters) => onAnswer(letters.length > 0 ? letters : null) });
  }

  /**
   * @param {{options: {letter: string, text: string}[]}} shown
   * @param {string[] | null} answer
   */
  show({ options }, answer) {
    const rows = options.map(({ letter, text }) => ({ value: letter, sign: letter, text }));
    this.rows.draw(rows, answer ?? []);
  }

  /** @param {string} key */
  actOf(key) {
    return this.rows.actOf(key);
  }
}
