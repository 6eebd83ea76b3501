// What every page needs and HTML alone cannot do. Without it all pages still work.

// Once: a later swap elsewhere on the page must not pull the person back to an old problem.
function focusProblem(root) {
  const problem = root.querySelector("[data-takes-focus]");
  if (!problem) return;
  delete problem.dataset.takesFocus;
  problem.focus();
}

// A link to a field puts the cursor into it, which browsers do for links to inputs only in part.
function focusLinkedField(event) {
  const link = event.target.closest?.('#problem a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
}

function closeMenus(event) {
  if (event.type === "keydown" && event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.type === "click" && menu.contains(event.target)) continue;
    menu.open = false;
    if (event.type === "keydown") menu.querySelector("summary").focus();
  }
}

// A second press while the first is on its way would do the deed twice.
function sendOnce(event) {
  if (event.defaultPrevented || event.target.method === "get") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
}

function letSendAgain() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
}

function joinCalendar(field) {
  const [typed, picker, button] = [
    field.querySelector('input[type="text"]'),
    field.querySelector(".date-picker"),
    field.querySelector("button"),
  ];
  if (!picker.showPicker || field.dataset.joined) return;
  field.dataset.joined = "yes";
  button.hidden = false;
  button.addEventListener("click", () => {
    picker.value = /^\d{4}-\d{2}-\d{2}$/.test(typed.value) ? typed.value : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    typed.value = picker.value;
    typed.dispatchEvent(new Event("change", { bubbles: true }));
    typed.focus();
  });
}

// A row that offers a value puts it into a field: the demonstration's people on the sign-in page.
function fillField(event) {
  const offer = event.target.closest?.("[data-fills]");
  if (!offer) return;
  const field = document.getElementById(`field-${offer.dataset.fills}`);
  field.value = offer.dataset.with;
  const next = [...field.form.elements].find((one) => one.type === "password" && !one.value);
  (next ?? field).focus();
}

function prepare(root) {
  for (const field of root.querySelectorAll("[data-date]")) joinCalendar(field);
  focusProblem(root);
}

document.addEventListener("click", focusLinkedField);
document.addEventListener("click", closeMenus);
document.addEventListener("click", fillField);
document.addEventListener("keydown", closeMenus);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
document.addEventListener("htmx:after:swap", (event) => {
  letSendAgain();
  const target = event.detail?.ctx?.target;
  prepare(target?.isConnected ? target : document);
});
window.addEventListener("pageshow", letSendAgain);
prepare(document);
