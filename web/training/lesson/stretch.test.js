import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Stretch } from "./stretch.js";

/** @type {Stretch} */
let stretch;

beforeEach(() => {
  stretch = new Stretch();
});

/** @param {number[]} seconds */
function play(...seconds) {
  for (const second of seconds) stretch.reach(second);
}

test("before anything was played there is nothing to report", () => {
  assert.deepEqual(stretch.take(false), [0, 0]);
  play(12);
  assert.deepEqual(stretch.take(false), [0, 0]);
});

test("what was played is reported once, and the next report goes on from there", () => {
  play(1, 1.25, 2.5);
  assert.deepEqual(stretch.take(false), [1000, 2500]);
  assert.deepEqual(stretch.take(false), [0, 0]);
  play(3);
  assert.deepEqual(stretch.take(false), [2500, 3000]);
});

test("a jump, forwards or back, begins a new stretch", () => {
  play(1, 2, 40, 41);
  assert.deepEqual(stretch.take(false), [40_000, 41_000]);
  play(5, 6);
  assert.deepEqual(stretch.take(false), [5000, 6000]);
});

test("1.5 seconds between two reports are playing, more are a jump", () => {
  play(1, 2.5);
  assert.deepEqual(stretch.take(true), [1000, 2500]);
  play(1, 2.51);
  assert.deepEqual(stretch.take(true), [0, 0]);
});

test("a pause or a search ends the stretch: what follows is not joined to it", () => {
  play(1, 2);
  assert.deepEqual(stretch.take(true), [1000, 2000]);
  play(3, 3.5);
  assert.deepEqual(stretch.take(false), [3000, 3500]);
  stretch.end();
  assert.deepEqual(stretch.take(false), [0, 0]);
});
