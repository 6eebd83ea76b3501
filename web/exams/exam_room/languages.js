// The language in which the questions are read: the bank's own, or one into which the whole paper was translated.

import { fill } from "../../components/browser/missing.js";

/** @typedef {import("../../components/kinds/view.js").Language} Language */
/** @typedef {{stem: string, shown: any}} Said */

export class Languages {
  /**
   * @param {object} given
   * @param {HTMLSelectElement} given.root
   * @param {HTMLElement} given.label
   * @param {Language[]} given.offered the bank's own first
   * @param {() => void} given.onChange
   */
  constructor({ root, label, offered, onChange }) {
    this.offered = offered;
    this.now = offered[0];
    fill(root, offered.map(option));
    label.hidden = offered.length < 2;
    root.addEventListener("change", () => {
      this.now = offered.find(({ tag }) => tag === root.value) ?? offered[0];
      onChange();
    });
  }

  /**
   * Stem and content of a question as they are read now.
   * @param {Said & {translations: Record<string, Said>}} question
   * @returns {Said}
   */
  said(question) {
    return question.translations[this.now.tag] ?? question;
  }
}

/** @param {Language} language */
function option({ tag, name, direction }) {
  const made = new Option(name, tag);
  made.lang = tag;
  made.dir = direction;
  return made;
}
