// Draws the scene and sets the instruments to what can be seen now. Nothing is decided here.

import { all, one } from "../../components/browser/elements.js";
import { drawn, html, scene, sideOf, sim, windFrom, words } from "./place.js";

/** @typedef {import("./place.js").View} View */
/** @typedef {import("./place.js").Bottle} Bottle */
/** @typedef {{x: number, y: number, facing: 1 | -1}} Standpoint */

export const FIRE = { x: 430, y: 340 };
export const METRE = 22;
export const NEAREST = 46; // as close as the picture lets anyone stand, in its own units

/** @param {View} view */
export function draw(view) {
  const held = view.rack.find((bottle) => bottle.code === view.in_hand);
  const place = placeOf(view);
  drawn("person").style.transform = `translate(${place.x}px, ${place.y}px)`;
  drawn("facing").setAttribute("transform", `scale(${place.facing} 1)`);
  drawHands(view, held);
  drawFire(view);
  drawMeasure(view, place);
  drawJet(view, place, held);
  drawSource(view);
  setInstruments(view, held);
}

/**
 * @param {View} view
 * @returns {Standpoint}
 */
function placeOf(view) {
  const side = sideOf(view);
  if (side === undefined) return { x: 190, y: 384, facing: 1 };
  const metres = view.distance_m;
  if (side === "front") return { x: FIRE.x - 60 - metres * 6, y: 392 + metres * 3.4, facing: 1 };
  const reach = NEAREST + metres * METRE;
  return side === "left" ? { x: FIRE.x - reach, y: 372, facing: 1 } : { x: FIRE.x + reach, y: 372, facing: -1 };
}

/**
 * @param {string} id
 * @param {boolean} isShown
 * @param {string} as
 */
function show(id, isShown, as = "visible") {
  drawn(id).setAttribute("visibility", isShown ? as : "hidden");
}

/**
 * @param {View} view
 * @param {Bottle | undefined} held
 */
function drawHands(view, held) {
  show("carried", held !== undefined);
  for (const drawing of all("[data-carried]", SVGElement, scene)) {
    drawing.setAttribute("visibility", held?.agent === drawing.dataset.carried ? "inherit" : "hidden");
  }
  show("hose-held", held !== undefined && view.hose_held, "inherit");
  show("hose-hanging", held !== undefined && !view.hose_held, "inherit");
  show("arm-out", view.hose_held);
  show("arm-down", !view.hose_held);
  for (const bottle of all("[data-bottle]", SVGElement, scene)) {
    bottle.toggleAttribute("data-gone", bottle.dataset.bottle === view.in_hand);
  }
}

/** @param {View} view */
function drawFire(view) {
  const size = view.flames ? 0.28 + (view.flames / 100) * 0.95 : 0.01;
  const lean = windFrom === "left" ? -9 : 9;
  drawn("flames").setAttribute("transform", `translate(${FIRE.x} ${FIRE.y}) skewX(${lean}) scale(${size})`);
  drawn("flames").style.opacity = view.flames ? "1" : "0";
  drawn("glow").style.opacity = String(view.flames / 100);
  drawn("smoke").style.opacity = String(view.flames ? 0.45 + view.flames / 200 : 0.25);
  const drift = windFrom === "left" ? 1 : -1;
  drawn("smoke").setAttribute("transform", `translate(${FIRE.x} ${FIRE.y - 60 - view.flames}) scale(${drift} 1)`);
  drawn("cloth").setAttribute("transform", `scale(${drift} 1)`);
}

/**
 * @param {View} view
 * @param {Standpoint} place
 */
function drawMeasure(view, place) {
  const isAway = view.bearing !== "rack";
  drawn("measure").setAttribute("d", isAway ? `M${place.x} ${place.y + 10} L${FIRE.x} ${FIRE.y + 24}` : "");
  const label = drawn("measure-words");
  label.textContent = isAway ? inMetres(view.distance_m) : "";
  label.setAttribute("x", String((place.x + FIRE.x) / 2));
  label.setAttribute("y", String((place.y + FIRE.y + 34) / 2 + 22));
}

/**
 * @param {View} view
 * @param {Standpoint} place
 * @param {Bottle | undefined} held
 */
function drawJet(view, place, held) {
  const jet = drawn("jet");
  jet.setAttribute("visibility", view.squeezing ? "visible" : "hidden");
  if (!view.squeezing || !held) return;
  jet.dataset.agent = held.agent;
  jet.toggleAttribute("data-sweeping", view.sweeping);
  const height = { base: 0, flame: 95, smoke: 190, nowhere: 40 }[view.aim];
  const from = { x: place.x + place.facing * 34, y: place.y - 66 };
  const wanted = { x: FIRE.x - place.facing * 12, y: FIRE.y - height };
  const far = Math.min(1, (held.range_m[1] * METRE + 70) / Math.hypot(wanted.x - from.x, wanted.y - from.y));
  const to = { x: from.x + (wanted.x - from.x) * far, y: from.y + (wanted.y - from.y) * far };
  const bend = `${(from.x + to.x) / 2} ${Math.min(from.y, to.y) - 14}`;
  drawn("jet-path").setAttribute("d", `M${from.x} ${from.y} Q${bend} ${to.x} ${to.y}`);
  drawn("jet-cloud").setAttribute("transform", `translate(${to.x} ${to.y})`);
}

/** @param {View} view */
function drawSource(view) {
  for (const source of all("#source", SVGElement, scene)) source.dataset.open = view.source_open ? "yes" : "no";
  if (view.source === "power") scene.dataset.power = view.source_open ? "on" : "off";
}

/**
 * @param {View} view
 * @param {Bottle | undefined} held
 */
function setInstruments(view, held) {
  html("seen").hidden = !view.looked;
  mark("look", view.looked);
  mark("raise_alarm", view.alarm);
  mark("isolate", view.source !== null && !view.source_open);
  mark("pull_pin", held?.pin_pulled);
  mark("shake", held?.shaken);
  mark("hold_hose", view.hose_held);
  for (const bottle of view.rack) setCard(bottle, view);
  for (const button of all('[data-deed="aim"]', HTMLElement, sim)) {
    button.toggleAttribute("data-now", button.dataset.at === view.aim);
  }
  for (const button of all("[data-side]", HTMLElement, sim)) {
    button.toggleAttribute("data-now", button.dataset.side === sideOf(view));
  }
  html("squeeze").setAttribute("aria-pressed", String(view.squeezing));
  setDistance(view);
  html("watching").hidden = !view.watched_ms && !view.watching;
  html("watching-words").textContent = words.watched.replace("{n}", String(Math.floor(view.watched_ms / 1000)));
}

/** @param {View} view */
function setDistance(view) {
  const slider = one("#distance", HTMLInputElement);
  const isAtRack = view.bearing === "rack";
  if (!isAtRack && document.activeElement !== slider) slider.value = String(view.distance_m);
  html("distance-words").textContent = isAtRack ? words.at_rack : inMetres(view.distance_m);
}

/** @param {number | string} metres */
export function inMetres(metres) {
  return words.metres.replace("{n}", String(metres));
}

/**
 * @param {string} name
 * @param {boolean | undefined} isDone
 */
function mark(name, isDone) {
  one(`[data-deed="${name}"]`, HTMLElement, sim).toggleAttribute("data-done", Boolean(isDone));
}

/**
 * @param {Bottle} bottle
 * @param {View} view
 */
function setCard(bottle, view) {
  const card = one(`[data-card="${bottle.code}"]`, HTMLElement, sim);
  card.toggleAttribute("data-held", bottle.code === view.in_hand);
  for (const check of all("[data-part]", HTMLElement, card)) {
    const sound = bottle.inspected[check.dataset.part ?? ""];
    if (sound !== undefined) check.dataset.sound = sound ? "1" : "0";
  }
  one("[data-defect]", HTMLElement, card).textContent = bottle.defect ? words[`defect.${bottle.defect}`] : "";
}
