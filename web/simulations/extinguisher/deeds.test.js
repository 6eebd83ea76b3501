import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Deeds } from "./deeds.js";

/** @type {Deeds} */
let deeds;

beforeEach(() => {
  deeds = new Deeds();
  deeds.add({ name: "look", given: {} });
  deeds.add({ name: "aim", given: { at: "base" } });
});

test("deeds leave in the order in which they were done, numbered from what is recorded", () => {
  deeds.heard(4);
  assert.deepEqual(deeds.next(), { number: 5, name: "look", given: {} });
  deeds.confirm(/** @type {import("./deeds.js").Deed} */ (deeds.next()));
  assert.deepEqual(deeds.next(), { number: 6, name: "aim", given: { at: "base" } });
});

test("a deed that left keeps its number, whatever else is heard before its answer", () => {
  const sent = deeds.next();
  deeds.heard(1); // the state was asked meanwhile: the deed is there, and only its answer was lost
  assert.equal(deeds.next(), sent);
  assert.equal(sent?.number, 1);
});

test("an answer that comes twice confirms the deed once", () => {
  const sent = /** @type {import("./deeds.js").Deed} */ (deeds.next());
  deeds.confirm(sent);
  deeds.confirm(sent);
  assert.equal(deeds.next()?.name, "aim");
  assert.equal(deeds.waiting.length, 1);
});

test("an older state that comes late takes no number back", () => {
  deeds.heard(7);
  deeds.heard(3);
  assert.equal(deeds.next()?.number, 8);
});

test("a refused deed takes with it what was pressed after it, and its number is free", () => {
  deeds.next();
  deeds.drop();
  assert.equal(deeds.next(), null);
  deeds.add({ name: "shake", given: {} });
  assert.deepEqual(deeds.next(), { number: 1, name: "shake", given: {} });
});
