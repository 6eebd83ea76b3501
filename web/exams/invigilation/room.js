// The map is asked for when it has changed. When the centre does not answer, it must not look alive; the next map that
// comes hides the warning again, because it comes without it. Who may not see the room any more is told why.

import { one } from "../../components/browser/elements.js";
import { follow } from "../../components/browser/follow.js";
import { about } from "../../components/browser/htmx.js";

const NOT_YOURS = [403, 404, 409];

/** @param {Event} event */
function warn(event) {
  const { sourceElement, response } = about(event);
  if (sourceElement?.id !== "room") return;
  if (response && NOT_YOURS.includes(response.status)) {
    window.location.reload();
    return;
  }
  const lost = document.querySelector("#room [data-lost]");
  if (lost instanceof HTMLElement) lost.hidden = false;
}

document.addEventListener("htmx:error", warn);
document.addEventListener("htmx:response:error", warn);
follow(one("[data-follows]", HTMLElement));
