// What the oldest browsers that we promise do not have: Chrome 80, Safari 13. esbuild rewrites words, not functions.

/**
 * Do `work`, and give it up after `ms`: the signal that it was handed aborts. In place of AbortSignal.timeout.
 * @template T
 * @param {number} ms
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function within(ms, work) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), ms);
  try {
    return await work(giveUp.signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * In place of replaceChildren.
 * @param {Element} parent
 * @param {Element[]} children
 */
export function fill(parent, children) {
  parent.textContent = "";
  parent.append(...children);
}

/**
 * Whether `element` can be used. Where browsers know `inert`, the attribute does it; the style sheet does most of it
 * elsewhere, and a screen reader is told.
 * @param {Element} element
 * @param {boolean} isUsable
 */
export function setUsable(element, isUsable) {
  element.toggleAttribute("inert", !isUsable);
  if (isUsable) element.removeAttribute("aria-hidden");
  else element.setAttribute("aria-hidden", "true");
}
