// Steps are put in order one by one, and taken back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { begun, chosen } from "./placed.js";

test("what is chosen comes to the end", () => {
  assert.deepEqual(["C", "A", "B"].reduce(chosen, /** @type {string[]} */ ([])), ["C", "A", "B"]);
});

test("what is chosen again is taken out, and the others move up", () => {
  assert.deepEqual(chosen(["C", "A", "B"], "A"), ["C", "B"]);
  assert.deepEqual(chosen(["C", "B"], "A"), ["C", "B", "A"]);
});

test("an order goes on where it was left", () => {
  assert.deepEqual(begun(null, undefined, [..."ABC"]), []);
  assert.deepEqual(begun(["B", "A", "C"], undefined, [..."ABC"]), ["B", "A", "C"]);
  assert.deepEqual(begun(["B", "A", "C"], ["B"], [..."ABC"]), ["B"]);
  assert.deepEqual(begun(null, ["Z"], [..."ABC"]), []);
});
