// How the page judges an ID number. That it judges as the server does is held by test_id_number_script.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { judge } from "./id_number.js";

const RULE = { today: "2026-11-23", demonstration: false };
const GOOD = "110105199003070025";

/** @param {string} typed */
const kind = (typed) => judge(typed, RULE)?.kind ?? null;

test("a right number, and an empty field, have no fault", () => {
  assert.equal(kind(GOOD), null);
  assert.equal(kind(""), null);
  assert.equal(kind(" \u3000"), null);
});

test("blanks, dashes and full-width digits are what people type and no fault", () => {
  assert.equal(kind("110105 1990-0307\u2013002 5"), null);
  assert.equal(kind("１１０１０５１９９００３０７００２５"), null);
});

for (const [typed, fault, data] of /** @type {[string, string, object][]} */ ([
  ["110105900307123", "IdNumberOfFirstGeneration", {}],
  ["1101051990030700", "IdNumberLength", { length: 16 }],
  ["1101O5199003070025", "IdNumberCharacter", { place: 5, character: "O" }],
  ["160101199003070025", "RegionUnknown", { region: "160101", province: "16" }],
  ["990101199003070025", "RegionOfDemonstration", { region: "990101" }],
  ["110105202602300024", "BirthDateImpossible", { digits: "20260230" }],
  ["110105202611240024", "BirthDateInFuture", { digits: "20261124" }],
  ["110105190501010024", "BirthDateTooLongAgo", { digits: "19050101", age: 121 }],
  ["110105199003070024", "CheckDigitWrong", { found: "4" }],
])) {
  test(`${typed}: ${fault}`, () => assert.deepEqual(judge(typed, RULE), { kind: fault, data }));
}

test("a number of the demonstration is good where the demonstration runs", () => {
  assert.equal(judge("990101199003070025", { ...RULE, demonstration: true })?.kind, "CheckDigitWrong");
});
