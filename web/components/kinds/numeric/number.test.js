// What is typed on a Chinese keyboard is the number that was meant.

import assert from "node:assert/strict";
import { test } from "node:test";

import { numberIn } from "./number.js";

test("a number is saved as it is", () => {
  for (const number of ["0", "12", "12.5", "-3", "0.000001", "123456789012"]) assert.equal(numberIn(number), number);
});

test("wide signs, a comma and spaces are read as they were meant", () => {
  assert.equal(numberIn(" １２．５ "), "12.5");
  assert.equal(numberIn("12,5"), "12.5");
  assert.equal(numberIn("12，5"), "12.5");
  assert.equal(numberIn("－3"), "-3");
  assert.equal(numberIn("1 200"), "1200");
});

test("what is on its way to a number is not yet saved otherwise than it stands", () => {
  assert.equal(numberIn("12."), "12");
  assert.equal(numberIn(".5"), "0.5");
  assert.equal(numberIn("-.5"), "-0.5");
});

test("what is no number is not saved", () => {
  for (const text of ["", "-", ".", "1e3", "1.2.3", "twelve", "1234567890123", "0.1234567", "--1"]) {
    assert.equal(numberIn(text), null, text);
  }
});
