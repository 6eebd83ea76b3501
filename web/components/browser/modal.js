// Dialogs that hold the page. Safari has them since 15.4; before, this does by hand what they do: the focus goes in,
// stays in and comes back, the rest of the page cannot be used, Escape asks to leave.

import { setUsable } from "./missing.js";

const STOPS = "a[href], button, input, select, textarea, [tabindex]";

/** @typedef {{before: Element | null, behind: Element[], leave: () => void}} Held what to put back when it closes */

/** @type {WeakMap<HTMLElement, Held>} */
const held = new WeakMap();

/** @param {HTMLElement} dialog */
export function isModalOpen(dialog) {
  return dialog.hasAttribute("open");
}

/** @param {HTMLElement} dialog */
export function openModal(dialog) {
  if (isModalOpen(dialog)) return;
  const native = /** @type {Partial<HTMLDialogElement>} */ (dialog);
  // eslint-disable-next-line anpei/old-browsers -- asked for first, and done by hand where it is missing
  if (native.showModal) native.showModal();
  else openByHand(dialog);
}

/** @param {HTMLElement} dialog */
export function closeModal(dialog) {
  if (!isModalOpen(dialog)) return;
  if (held.has(dialog)) closeByHand(dialog);
  else /** @type {HTMLDialogElement} */ (dialog).close();
}

/** @param {HTMLElement} dialog */
function openByHand(dialog) {
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key === "Escape") askToLeave(dialog);
    if (event.key === "Tab") keepInside(dialog, event);
  };
  /** @param {Event} event */
  const onSubmit = (event) => {
    event.preventDefault(); // a form whose method is "dialog" would be sent
    closeModal(dialog);
  };
  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener("submit", onSubmit);
  const leave = () => {
    dialog.removeEventListener("keydown", onKey);
    dialog.removeEventListener("submit", onSubmit);
  };
  held.set(dialog, { before: document.activeElement, behind: behind(dialog), leave });
  for (const element of behind(dialog)) setUsable(element, false);
  dialog.setAttribute("open", "");
  dialog.setAttribute("data-by-hand", "");
  dialog.setAttribute("aria-modal", "true");
  if (!dialog.hasAttribute("role")) dialog.setAttribute("role", "dialog");
  const first = stops(dialog)[0] ?? dialog;
  if (first === dialog) dialog.tabIndex = -1;
  first.focus();
}

/** @param {HTMLElement} dialog */
function closeByHand(dialog) {
  const { before, behind: elements, leave } = /** @type {Held} */ (held.get(dialog));
  held.delete(dialog);
  leave();
  for (const element of elements) setUsable(element, true);
  dialog.removeAttribute("open");
  if (before instanceof HTMLElement) before.focus();
}

/** @param {HTMLElement} dialog */
function askToLeave(dialog) {
  if (dialog.dispatchEvent(new Event("cancel", { cancelable: true }))) closeModal(dialog);
}

/**
 * @param {HTMLElement} dialog
 * @param {KeyboardEvent} event
 */
function keepInside(dialog, event) {
  const all = stops(dialog);
  const at = all.findIndex((stop) => stop === document.activeElement);
  const next = nextStop(at, all.length, event.shiftKey);
  event.preventDefault();
  if (next >= 0) all[next].focus();
}

/**
 * The stop after `at` of `count`, around the end; -1 where there is none. `at` is -1 when the focus is elsewhere.
 * @param {number} at
 * @param {number} count
 * @param {boolean} isBackwards
 */
export function nextStop(at, count, isBackwards) {
  if (count === 0) return -1;
  if (at < 0) return isBackwards ? count - 1 : 0;
  return (at + (isBackwards ? count - 1 : 1)) % count;
}

/**
 * @param {HTMLElement} dialog
 * @returns {HTMLElement[]}
 */
function stops(dialog) {
  const found = /** @type {HTMLElement[]} */ ([...dialog.querySelectorAll(STOPS)]);
  return found.filter((stop) => !stop.hasAttribute("disabled") && stop.tabIndex >= 0 && stop.offsetParent !== null);
}

// Everything beside the dialog and beside what it stands in, that could be used until now.
/**
 * @param {Element} dialog
 * @returns {Element[]}
 */
function behind(dialog) {
  const parent = dialog.parentElement;
  if (!parent || dialog === document.body) return [];
  const beside = [...parent.children].filter((each) => each !== dialog && !each.hasAttribute("inert"));
  return [...beside, ...behind(parent)];
}
