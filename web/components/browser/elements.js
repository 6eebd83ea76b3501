// What a page's script needs of its page. A page without it is a mistake of ours, and says so at once.

/**
 * The one element at `selector`, which must be of `kind`.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} root
 * @returns {T}
 */
export function one(selector, kind, root = document) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} at ${selector}`);
  return found;
}

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} root
 * @returns {T[]}
 */
export function all(selector, kind, root = document) {
  return [...root.querySelectorAll(selector)].filter(
    /** @returns {found is T} */
    (found) => found instanceof kind,
  );
}

/**
 * The nearest element at `selector` around where `event` happened.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | SVGElement | null}
 */
export function around(event, selector) {
  if (!(event.target instanceof Element)) return null;
  const found = event.target.closest(selector);
  return found instanceof HTMLElement || found instanceof SVGElement ? found : null;
}
