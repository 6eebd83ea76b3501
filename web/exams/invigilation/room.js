// The map is asked for every few seconds. When the centre does not answer, it must not look alive; the next map that
// comes hides the warning again, because it comes without it.

import { about } from "../../components/browser/htmx.js";

/** @param {Event} event */
function warn(event) {
  if (about(event).sourceElement?.id !== "room") return;
  const lost = document.querySelector("#room [data-lost]");
  if (lost instanceof HTMLElement) lost.hidden = false;
}

document.addEventListener("htmx:error", warn);
document.addEventListener("htmx:response:error", warn);
