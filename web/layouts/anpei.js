// What every page needs and HTML alone cannot do. Without it all pages still work.

import { all, around, one } from "../components/browser/elements.js";
import { about } from "../components/browser/htmx.js";

// Once: a later swap elsewhere on the page must not pull the person back to an old problem.
/** @param {ParentNode} root */
function focusProblem(root) {
  const problem = root.querySelector("[data-takes-focus]");
  if (!(problem instanceof HTMLElement)) return;
  delete problem.dataset.takesFocus;
  problem.focus();
}

// A link to a field puts the cursor into it, which browsers do for links to inputs only in part.
/** @param {Event} event */
function focusLinkedField(event) {
  const link = around(event, '#problem a[href^="#"]');
  const field = link instanceof HTMLAnchorElement && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
}

/** @param {Event} event */
function closeMenus(event) {
  const isKey = event instanceof KeyboardEvent;
  if (isKey && event.key !== "Escape") return;
  for (const menu of all("details.menu[open]", HTMLDetailsElement)) {
    if (!isKey && event.target instanceof Node && menu.contains(event.target)) continue;
    menu.open = false;
    if (isKey) one("summary", HTMLElement, menu).focus();
  }
}

// A second press while the first is on its way would do the deed twice.
/** @param {Event} event */
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method === "get") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}

function letSendAgain() {
  for (const form of all("form[data-sent]", HTMLElement)) delete form.dataset.sent;
}

// Where a browser cannot open its calendar for us, the date is typed.
/** @param {HTMLElement} field */
function joinCalendar(field) {
  const typed = one('input[type="text"]', HTMLInputElement, field);
  const picker = one(".date-picker", HTMLInputElement, field);
  const button = one("button", HTMLElement, field);
  if (!("showPicker" in picker) || field.dataset.joined) return;
  field.dataset.joined = "yes";
  button.hidden = false;
  button.addEventListener("click", () => {
    picker.value = /^\d{4}-\d{2}-\d{2}$/.test(typed.value) ? typed.value : "";
    // eslint-disable-next-line anpei/old-browsers -- asked for above
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    typed.value = picker.value;
    typed.dispatchEvent(new Event("change", { bubbles: true }));
    typed.focus();
  });
}

// A row that offers a value puts it into a field: the demonstration's people on the sign-in page.
/** @param {Event} event */
function fillField(event) {
  const offer = around(event, "[data-fills]");
  if (!offer) return;
  const field = one(`#field-${offer.dataset.fills}`, HTMLInputElement);
  field.value = offer.dataset.with ?? "";
  const next = field.form && all('input[type="password"]', HTMLInputElement, field.form).find((each) => !each.value);
  (next ?? field).focus();
}

/** @param {ParentNode} root */
function prepare(root) {
  for (const field of all("[data-date]", HTMLElement, root)) joinCalendar(field);
  focusProblem(root);
}

document.addEventListener("click", focusLinkedField);
document.addEventListener("click", closeMenus);
document.addEventListener("click", fillField);
document.addEventListener("keydown", closeMenus);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", (event) => {
  if (around(event, "[data-print]")) window.print();
});
document.addEventListener("htmx:after:swap", (event) => {
  letSendAgain();
  const { target } = about(event);
  prepare(target?.isConnected ? target : document);
});
window.addEventListener("pageshow", letSendAgain);
prepare(document);
