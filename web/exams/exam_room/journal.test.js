// What the exam room's page does with a hasty hand.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Journal } from "./journal.js";

class Shelf {
  constructor() {
    /** @type {Map<string, string>} */
    this.kept = new Map();
    this.isFull = false;
  }

  /** @param {string} key */
  getItem(key) {
    return this.kept.get(key) ?? null;
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  setItem(key, value) {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.kept.set(key, value);
  }

  /** @param {string} key */
  removeItem(key) {
    this.kept.delete(key);
  }
}

/** @type {Shelf} */
let shelf;
/** @type {Journal} */
let journal;

beforeEach(() => {
  shelf = new Shelf();
  journal = new Journal("x", shelf);
});

/**
 * @param {number} question
 * @param {string} answer
 * @param {number} confirmed
 */
function write(question, answer, confirmed = 0) {
  journal.write(question, { answer, flagged: false }, confirmed);
}

function steps() {
  return journal.steps.map((step) => [step.sequence, step.question, step.answer]);
}

test("a hasty hand fills no journal", () => {
  for (let i = 0; i < 500; i += 1) {
    write(7, i % 2 ? "A" : "B");
    write(8, "C");
  }
  assert.deepEqual(steps(), [[1, 7, "A"], [2, 8, "C"]]);
});

test("what may have left never changes under its number", () => {
  write(7, "A");
  journal.leaving(journal.steps);
  write(7, "B");
  write(7, "C");
  assert.deepEqual(steps(), [[1, 7, "A"], [2, 7, "C"]]);
});

test("after a reload everything may have left", () => {
  write(7, "A");
  journal = new Journal("x", shelf);
  write(7, "B");
  assert.deepEqual(steps(), [[1, 7, "A"], [2, 7, "B"]]);
});

test("numbers go on without a gap", () => {
  write(1, "A");
  journal.leaving(journal.steps);
  journal.confirm([1]);
  write(2, "B", 1);
  assert.deepEqual(steps(), [[2, 2, "B"]]);
});

test("hearing twice that the centre has a step confirms no other", () => {
  write(1, "A");
  write(2, "B");
  journal.confirm([1]);
  journal.confirm([1]);
  assert.deepEqual(steps(), [[2, 2, "B"]]);
});

test("a full storage is said and loses nothing in memory; when there is room again it is kept", () => {
  shelf.isFull = true;
  write(1, "A");
  assert.deepEqual([journal.kept, steps()], [false, [[1, 1, "A"]]]);
  shelf.isFull = false;
  write(2, "B");
  assert.equal(journal.kept, true);
  assert.deepEqual(new Journal("x", shelf).steps.length, 2);
});

test("a look waits with the others and is no answer", () => {
  write(1, "A");
  journal.look(2, 0);
  write(2, "B");
  assert.deepEqual(steps(), [[1, 1, "A"], [2, 2, null], [3, 2, "B"]]);
  assert.deepEqual(journal.answers.map((step) => step.sequence), [1, 3]);
});

test("numbers and the page's clock count acts as they came", () => {
  let clock = 0.4;
  journal = new Journal("y", shelf, () => (clock += 1000));
  write(1, "A");
  journal.look(2, 0);
  write(1, "B");
  assert.deepEqual(journal.steps.map((step) => [step.sequence, step.act, step.answer, step.page_ms]), [
    [1, "look", null, 2000],
    [2, "answer", "B", 3000],
  ]);
});

test("what has left keeps its number while what waits is numbered anew", () => {
  write(1, "A");
  journal.leaving(journal.steps);
  write(2, "B");
  journal.look(3, 0);
  write(2, "C");
  assert.deepEqual(steps(), [[1, 1, "A"], [2, 3, null], [3, 2, "C"]]);
});
