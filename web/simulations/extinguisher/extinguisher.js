// The candidate's hands. Every deed goes to the server with the next number; the server stamps, replays and answers with
// what can be seen now. Nothing is decided or timed here, so a reload, a lost network or another tab loses nothing.

import { all, around, one } from "../../components/browser/elements.js";
import { Sender, ask as askOnce } from "../../components/browser/sending.js";
import { Deeds } from "./deeds.js";
import { FIRE, METRE, NEAREST, draw, inMetres } from "./drawing.js";
import { SIDES, address, html, keep, scene, sideOf, sim, words } from "./place.js";
import { say, tell } from "./telling.js";

/** @typedef {import("./place.js").Standing} Standing */
/** @typedef {import("./place.js").View} View */
/** @typedef {import("./place.js").Side} Side */
/** @typedef {import("./deeds.js").Deed} Deed */

const POLL_MS = 700; // while agent flows or somebody watches the ashes
const CALM_MS = 2000; // while only the fire lives; every deed is answered at once anyway
const RETRY_MS = 1500;
const ANSWERED_WITHIN_MS = 8000; // a request that hangs is given up and sent again: the same number is recorded once
const HORIZON = 322; // of the picture; below it is floor
const AIMS = /** @type {Record<string, string>} */ ({ 1: "base", 2: "flame", 3: "smoke" });

/** @type {View | null} */
let view = null;
let receivedAt = 0;
const deeds = new Deeds();

/** @type {Sender<Deed, Standing>} */
const sender = new Sender({
  next: () => deeds.next(),
  deliver: (deed) => ask("POST", "/operations", deed),
  confirm: (deed, standing) => {
    deeds.confirm(deed);
    take(standing);
  },
  onRefused: async (problem) => {
    deeds.drop();
    await refresh();
    say(problem.message, "danger");
    sender.start(); // with what was pressed meanwhile
  },
  onChange: showKept,
  waits: [RETRY_MS],
});

/**
 * @param {"GET" | "POST"} method
 * @param {string} path
 * @param {unknown} [body]
 */
function ask(method, path, body) {
  return askOnce(method, address + path, body, { giveUpAfter: ANSWERED_WITHIN_MS });
}

/**
 * @param {string} name
 * @param {Record<string, unknown>} given
 */
function act(name, given = {}) {
  if (!view || view.ending) return;
  deeds.add({ name, given });
  sender.written();
  showKept();
}

function showKept() {
  if (sender.isAway) keep("lost");
  else keep(deeds.waiting.length > 0 ? "sending" : "saved");
}

async function refresh() {
  try {
    take(await ask("GET", "/state"));
    showKept();
  } catch {
    keep("lost");
  }
}

/** @param {Standing} standing */
function take(standing) {
  const wasOver = Boolean(view?.ending);
  deeds.heard(standing.number);
  view = standing.view;
  receivedAt = performance.now();
  tell(standing.story, standing.number === 0 && !view.ending);
  draw(view);
  if (view.ending && !wasOver) finish(view.ending);
}

/** @param {string} ending */
function finish(ending) {
  sim.dataset.over = ending;
  html("over").hidden = false;
  html("over-words").textContent = words[ending];
  html("over").focus();
  keep("saved");
}

// Time: shown from the server's last word, carried on locally only for the eye.

function showClock() {
  if (!view) return;
  const passed = view.ending ? view.at_ms : view.at_ms + (performance.now() - receivedAt);
  const left = Math.max(0, Math.ceil((view.allowed_ms - passed) / 1000));
  html("clock").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  html("clock").parentElement?.toggleAttribute("data-soon", left <= 30);
  if (left === 0 && !view.ending && !sender.isBusy) ask("POST", "/end", {}).then(take, () => keep("lost"));
}

// Hands

/**
 * @param {Side} side
 * @param {number} metres
 */
function walk(side, metres) {
  act("walk", { bearing: SIDES[side], distance_m: Math.max(0, Math.min(15, metres)) });
}

/** @param {string} tab */
function open(tab) {
  sim.dataset.tab = tab;
  for (const button of all(".sim-tabs [data-tab]", HTMLElement, sim)) {
    button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
  }
}

const squeeze = () => act(view?.squeezing ? "release" : "squeeze");
const distance = one("#distance", HTMLInputElement);

sim.addEventListener("click", (event) => {
  const button = around(event, "button");
  if (!button || !view) return;
  const { deed, side, extinguisher, part, at, tab } = button.dataset;
  if (tab) open(tab);
  else if (side) walk(/** @type {Side} */ (side), view.bearing === "rack" ? Number(distance.value) : view.distance_m);
  else if (deed === "inspect") act("inspect", { extinguisher, part });
  else if (deed === "pick") act("pick", { extinguisher });
  else if (deed === "aim") act("aim", { at });
  else if (deed) act(deed);
});

html("squeeze").addEventListener("click", squeeze);
distance.addEventListener("input", () => {
  html("distance-words").textContent = inMetres(distance.value);
});
distance.addEventListener("change", () => {
  if (view) walk(sideOf(view) ?? "front", Number(distance.value));
});
html("report").addEventListener("click", () => {
  html("sure").hidden = false;
  one("button", HTMLElement, html("sure")).focus();
});
html("not-yet").addEventListener("click", () => {
  html("sure").hidden = true;
  html("report").focus();
});

scene.addEventListener("click", (event) => {
  if (!view) return;
  const bottle = around(event, "[data-bottle]");
  if (bottle) {
    open("bottles");
    const card = one(`[data-card="${bottle.dataset.bottle}"]`, HTMLElement, sim);
    card.scrollIntoView({ block: "center", behavior: "smooth" });
    return;
  }
  const point = pointOf(event);
  if (point.y < HORIZON) return;
  const aside = point.x - FIRE.x;
  if (Math.abs(aside) < NEAREST && point.y > 366) walk("front", Math.round((point.y - 366) / 9));
  else walk(aside < 0 ? "left" : "right", Math.round((Math.abs(aside) - NEAREST) / METRE));
});

/**
 * Where in the picture `event` happened.
 * @param {MouseEvent} event
 */
function pointOf(event) {
  const toPicture = scene.getScreenCTM()?.inverse();
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(toPicture);
}

// The keys act while the focus is in the picture or among the handles, and nowhere else: a word to speech input, or a
// hand on the keyboard, does no deed from the rest of the page.
/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  const isOtherButton = event.target instanceof Element && event.target.matches("button:not(#squeeze)");
  if (event.key === " " && !isOtherButton) {
    event.preventDefault();
    if (!event.repeat) squeeze();
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    if (!event.repeat) act("sweep");
  } else if (event.key in AIMS && !event.repeat) act("aim", { at: AIMS[event.key] });
}

for (const place of all("[data-keys]", HTMLElement, sim)) place.addEventListener("keydown", onKey);

async function keepLooking() {
  if (!sender.isBusy && !view?.ending && !document.hidden) await refresh();
  if (!view?.ending) setTimeout(keepLooking, !view || view.squeezing || view.watching ? POLL_MS : CALM_MS);
}

keepLooking();
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !sender.isBusy && !view?.ending) refresh();
});
setInterval(showClock, 250);
