// What the exam room's page does with an answer that is none of ours.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Refused } from "../../components/browser/sending.js";
import { ask } from "./centre.js";

/**
 * @param {number} status
 * @param {unknown} body
 */
async function asked(status, body) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  mock.method(globalThis, "fetch", async () => new Response(text, { status }));
  try {
    return ["answer", await ask("GET", "/")];
  } catch (problem) {
    return [problem instanceof Refused ? problem.kind : "again"];
  } finally {
    mock.restoreAll();
  }
}

for (const [status, body] of /** @type {[number, unknown][]} */ ([
  [408, ""],
  [413, "This is more than can be sent at once."],
  [429, "<html>slow down</html>"],
  [404, { kind: "Status", message: "no such backend" }],
  [409, { kind: "AtTheSameMoment", problem: "..." }],
  [502, "<html>bad gateway</html>"],
  [503, { kind: "Busy", problem: "..." }],
  [200, "<html>Sign in to the wireless network</html>"],
])) {
  test(`${status} ${JSON.stringify(body)} is not our server's last word: it is tried again`, async () => {
    assert.deepEqual(await asked(status, body), ["again"]);
  });
}

for (const [status, kind] of /** @type {[number, string][]} */ ([
  [401, "SignInFirst"],
  [404, "NoSuchAttempt"],
  [409, "TimeIsUp"],
])) {
  test(`${kind} is final`, async () => assert.deepEqual(await asked(status, { kind, problem: "..." }), [kind]));
}

test("an answer is an answer", async () => {
  assert.deepEqual(await asked(200, { state: "open" }), ["answer", { state: "open" }]);
});
