import assert from "node:assert/strict";
import { test } from "node:test";

import { Linter } from "eslint";

import { oldBrowsers, tooNew } from "./old_browsers.js";

/** @param {string} code */
function complaints(code) {
  const config = { plugins: { anpei: { rules: { "old-browsers": oldBrowsers } } }, rules: { "anpei/old-browsers": "error" } };
  return new Linter().verify(code, /** @type {any} */ (config)).map((each) => each.message.split(" ")[0]);
}

test("what Chrome 80 or Safari 13 lack is refused by name", () => {
  assert.deepEqual(complaints("sheet.replaceChildren(...buttons); dialog.showModal(); part.inert = true;"), [
    "replaceChildren",
    "showModal",
    "inert",
  ]);
});

test("what they have, and names of our own, pass", () => {
  assert.deepEqual(complaints("a.append(b); a.toggleAttribute('x'); this.number = a.close(); a.dataset.part; q.show()"), []);
});

test("the list is made of data, and is not empty or everything", () => {
  const names = tooNew();
  assert.ok(names.size > 100 && names.size < 1000, String(names.size));
  for (const old of ["textContent", "addEventListener", "dataset", "focus", "hidden", "fetch"]) assert.ok(!names.has(old), old);
});
