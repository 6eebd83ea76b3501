// Keeps a part of a page up to date: `ui.live` says which part, and where the centre tells of it.

import { about } from "./htmx.js";
import { Live } from "./live.js";

/**
 * @param {string} address
 * @param {import("./live.js").Ears} ears
 */
function line(address, { heard, broken }) {
  const source = new EventSource(address);
  source.onmessage = (event) => heard(event.data);
  source.onerror = broken; // it would try again by itself, without end and without waiting
  return source;
}

/** @param {Record<string, string>} texts */
function show(texts) {
  for (const place of document.querySelectorAll("[data-live]")) {
    const text = texts[place.getAttribute("data-live") ?? ""];
    if (text !== undefined && text !== place.textContent) place.textContent = text;
  }
}

/** @param {HTMLElement} sign where `ui.live` stands */
export function follow(sign) {
  const { follows = "", address = "" } = sign.dataset;
  const live = new Live({
    open: (ears) => line(address, ears),
    ask: () => document.getElementById(follows)?.dispatchEvent(new CustomEvent("look")),
    show,
    tell: (state) => sign.setAttribute("data-state", state),
  });
  const attend = () => (document.visibilityState === "hidden" ? live.rest() : live.begin());
  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", () => live.rest()); // a page that keeps a line is not kept for going back
  window.addEventListener("pageshow", attend);
  window.addEventListener("online", () => live.again());
  document.addEventListener("htmx:after:swap", () => live.arrived());
  for (const name of ["htmx:error", "htmx:response:error"]) {
    document.addEventListener(name, (event) => {
      if (about(event).sourceElement?.id === follows) live.failed();
    });
  }
  attend();
}
