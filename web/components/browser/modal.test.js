import assert from "node:assert/strict";
import { test } from "node:test";

import { nextStop } from "./modal.js";

test("Tab goes on and around the end, Shift+Tab goes back and around the beginning", () => {
  assert.deepEqual([0, 1, 2].map((at) => nextStop(at, 3, false)), [1, 2, 0]);
  assert.deepEqual([0, 1, 2].map((at) => nextStop(at, 3, true)), [2, 0, 1]);
});

test("from elsewhere the way leads in: to the first, or backwards to the last", () => {
  assert.equal(nextStop(-1, 3, false), 0);
  assert.equal(nextStop(-1, 3, true), 2);
});

test("where nothing can be reached there is no stop", () => {
  assert.equal(nextStop(-1, 0, false), -1);
});
