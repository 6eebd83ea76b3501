// The page of one run: its parts, its words, and which side of the picture the wind comes from.

import { all, one } from "../../components/browser/elements.js";

/**
 * @typedef {object} Bottle
 * @property {string} code
 * @property {string} agent
 * @property {[number, number]} range_m
 * @property {Record<string, boolean>} inspected
 * @property {string | null} defect
 * @property {boolean} pin_pulled
 * @property {boolean} shaken
 */

/**
 * @typedef {object} View what can be seen now, as the server says
 * @property {number} at_ms
 * @property {number} allowed_ms
 * @property {string | null} ending
 * @property {"upwind" | "downwind" | "crosswind" | "rack"} bearing
 * @property {number} distance_m
 * @property {Bottle[]} rack
 * @property {string | null} in_hand
 * @property {boolean} hose_held
 * @property {boolean} squeezing
 * @property {boolean} sweeping
 * @property {"base" | "flame" | "smoke" | "nowhere"} aim
 * @property {number} flames
 * @property {string | null} source
 * @property {boolean} source_open
 * @property {boolean} looked
 * @property {boolean} alarm
 * @property {boolean} watching
 * @property {number} watched_ms
 */

/** @typedef {{name: string, at_ms: number, about: Record<string, string | number>}} Fact */
/** @typedef {{number: number, view: View, story: Fact[]}} Standing */
/** @typedef {"left" | "front" | "right"} Side */

export const sim = one("#sim", HTMLElement);
export const scene = one("#scene", SVGSVGElement);
export const address = sim.dataset.address ?? "";
export const windFrom = sim.dataset.wind;
/** @type {Record<string, string>} */
export const words = Object.fromEntries(
  all("#words [data-word]", HTMLElement).map((item) => [item.dataset.word, item.textContent ?? ""]),
);

/** @type {Record<Side, View["bearing"]>} */
export const SIDES = {
  left: windFrom === "left" ? "upwind" : "downwind",
  right: windFrom === "right" ? "upwind" : "downwind",
  front: "crosswind",
};
/** @type {Side[]} */
const ALL_SIDES = ["left", "front", "right"];

/**
 * The side of the picture on which one stands; undefined at the rack.
 * @param {View} view
 */
export const sideOf = (view) => ALL_SIDES.find((side) => SIDES[side] === view.bearing);

/** @param {string} id */
export const html = (id) => one(`#${id}`, HTMLElement);

/** @param {string} id */
export const drawn = (id) => one(`#${id}`, SVGElement);

/** @param {"saved" | "sending" | "lost"} state */
export function keep(state) {
  html("kept").dataset.state = state;
}
