// What a view of a kind of question is, for the type checker and for who writes one.

/** @typedef {{tag: string, name: string, direction: string}} Language */
/** @typedef {Record<string, any>} Draft what is not yet an answer, of one question; it stays when the page is turned */

/**
 * @typedef {object} Given
 * @property {HTMLElement} root the empty place of the question
 * @property {HTMLTemplateElement} template the kind's view.html
 * @property {(answer: any) => void} onAnswer called after each change; null takes the answer back
 */

/**
 * @typedef {object} View
 * @property {(shown: any, answer: any, draft: Draft) => void} show draws what the kind shows, and the answer so far, null for none
 * @property {(key: string) => (() => void) | null} actOf what a key does in this question
 */

/**
 * A view's words: a data attribute of its template.
 * @param {ParentNode} root
 * @param {string} name
 * @returns {string}
 */
export function said(root, name) {
  const found = root.querySelector(`[data-${name}]`);
  if (!(found instanceof HTMLElement)) throw new Error(`the view has no data-${name}`);
  return found.dataset[name] ?? "";
}

/**
 * @param {string} name
 * @param {string} text
 */
export function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}
