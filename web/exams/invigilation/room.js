// The map is asked for every few seconds. When the centre does not answer, it must not look alive; the next map that
// comes hides the warning again, because it comes without it.

function warn(event) {
  if (event.detail?.ctx?.sourceElement?.id !== "room") return;
  const lost = document.querySelector("#room [data-lost]");
  if (lost) lost.hidden = false;
}

document.addEventListener("htmx:error", warn);
document.addEventListener("htmx:response:error", warn);
