// Tells in one or two sentences what has happened since the last was told.

import { html, words } from "./place.js";

/** @typedef {import("./place.js").Fact} Fact */

const DANGER = new Set(["flared_up", "burned", "reignited", "out_of_control", "gas_flows_unlit", "ran_empty"]);

let told = "";

/**
 * @param {Fact[]} story the latest facts, the oldest first
 * @param {boolean} isFirst whether the page was only opened: what lies back is known, and not told again
 */
export function tell(story, isFirst) {
  const marks = story.map((fact) => `${fact.at_ms}.${fact.name}.${Object.values(fact.about).join(".")}`);
  const fresh = story.slice(marks.lastIndexOf(told) + 1);
  if (fresh.length === 0) return;
  told = marks[marks.length - 1];
  if (isFirst) return;
  const sentences = fresh.map(sentence).filter(Boolean);
  say(sentences.slice(-2).join(" "), fresh.some(({ name }) => DANGER.has(name)) ? "danger" : "");
}

/**
 * @param {string} text
 * @param {"danger" | ""} tone
 */
export function say(text, tone) {
  if (!text) return;
  html("said").textContent = text;
  html("said").dataset.tone = tone;
}

/** @param {Fact} fact */
function sentence({ name, about }) {
  const keys = [`${name}.${about.part}.${about.sound}`, `${name}.${about.what}`, `${name}.${about.why}`, name];
  return words[keys.find((key) => key in words) ?? ""] ?? "";
}
