import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { within } from "./missing.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("work that is done in time is not given up afterwards", async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  const answer = await within(1000, async (signal) => {
    signals.push(signal);
    return "done";
  });
  mock.timers.tick(5000);
  assert.deepEqual([answer, signals[0].aborted], ["done", false]);
});

test("work that hangs is given up at its time and not before", async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  const hanging = within(1000, (signal) => {
    signals.push(signal);
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));
  });
  mock.timers.tick(999);
  assert.equal(signals[0].aborted, false);
  mock.timers.tick(1);
  await assert.rejects(hanging, /given up/);
});

test("work that fails says how, and its clock stops", async () => {
  await assert.rejects(within(1000, async () => Promise.reject(new Error("no network"))), /no network/);
  mock.timers.tick(1000);
});

test("nothing that old browsers lack is needed", async () => {
  const timeout = AbortSignal.timeout;
  Reflect.deleteProperty(AbortSignal, "timeout");
  try {
    assert.equal(await within(10, async () => 1), 1);
  } finally {
    AbortSignal.timeout = timeout;
  }
});
