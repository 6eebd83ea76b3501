import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Refused, Sender, ask } from "./sending.js";

// A centre that can be away, that records each parcel once, and whose answers can be lost on the way back.
class FarCentre {
  constructor() {
    /** @type {string[]} */
    this.heard = []; // every try
    /** @type {string[]} */
    this.recorded = [];
    /** @type {("away" | "answer lost" | "refused" | "there")[]} */
    this.moods = [];
  }

  /** @param {string} parcel */
  async hear(parcel) {
    this.heard.push(parcel);
    const mood = this.moods.shift() ?? "there";
    if (mood === "away") throw new Error("no network");
    if (mood === "refused") throw new Refused("TimeIsUp", "The time is up.", 409);
    if (!this.recorded.includes(parcel)) this.recorded.push(parcel);
    if (mood === "answer lost") throw new Error("no answer in time");
    return `has ${parcel}`;
  }
}

/** @type {FarCentre} */
let centre;
/** @type {string[]} */
let waiting;
/** @type {[string, string | null][]} */
let refusals;
/** @type {Sender<string, string>} */
let sender;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  centre = new FarCentre();
  waiting = [];
  refusals = [];
  sender = new Sender({
    next: () => waiting[0] ?? null,
    deliver: (parcel) => centre.hear(parcel),
    confirm: (parcel, answer) => {
      assert.equal(answer, `has ${parcel}`);
      waiting.shift();
    },
    onRefused: (problem, parcel) => refusals.push([problem.kind, parcel]),
    onChange: () => {},
    waits: [500, 1000],
  });
});

afterEach(() => mock.timers.reset());

// Promises that are already decided get their turn; no time passes.
async function settle() {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

/** @param {number} ms */
async function pass(ms) {
  mock.timers.tick(ms);
  await settle();
}

/** @param {string[]} parcels */
function write(...parcels) {
  for (const parcel of parcels) {
    waiting.push(parcel);
    sender.written();
  }
}

test("what was written leaves in its order, one at a time", async () => {
  write("first", "second", "third");
  assert.deepEqual(centre.heard, ["first"]); // the others wait for its answer
  await settle();
  assert.deepEqual(centre.heard, ["first", "second", "third"]);
  assert.equal(sender.isBusy, false);
});

test("what is written while another is on its way follows by itself", async () => {
  write("first");
  write("second");
  await sender.send();
  assert.deepEqual(centre.recorded, ["first", "second"]);
});

test("whoever sends meanwhile waits for the same end", async () => {
  write("first");
  assert.equal(sender.send(), sender.send());
  await settle();
  assert.deepEqual(centre.heard, ["first"]);
});

test("a parcel that did not arrive is tried again as it was, with growing waits, before anything later", async () => {
  centre.moods = ["away", "away", "away"];
  write("first", "second");
  await settle();
  assert.equal(sender.isAway, true);
  await pass(499);
  assert.deepEqual(centre.heard, ["first"]);
  await pass(1);
  assert.deepEqual(centre.heard, ["first", "first"]);
  await pass(999);
  assert.equal(centre.heard.length, 2);
  await pass(1);
  assert.equal(centre.heard.length, 3);
  await pass(999); // the last wait counts from there on
  assert.equal(centre.heard.length, 3);
  await pass(1);
  assert.deepEqual(centre.heard, ["first", "first", "first", "first", "second"]);
  assert.equal(sender.isAway, false);
});

test("a lost answer sends the same again, and the centre has it once", async () => {
  centre.moods = ["answer lost"];
  write("first", "second");
  await settle();
  await pass(500);
  assert.deepEqual(centre.heard, ["first", "first", "second"]);
  assert.deepEqual(centre.recorded, ["first", "second"]);
  assert.deepEqual(waiting, []);
});

test("while the centre is away, a key does not try at once", async () => {
  centre.moods = ["away"];
  write("first");
  await settle();
  write("second", "third");
  await settle();
  assert.deepEqual(centre.heard, ["first"]);
  await pass(500);
  assert.deepEqual(centre.recorded, ["first", "second", "third"]);
});

test("when the network says that it is back, the next try is now and not twice", async () => {
  centre.moods = ["away"];
  write("first");
  await settle();
  await sender.send();
  await pass(10_000);
  assert.deepEqual(centre.heard, ["first", "first"]);
});

test("another answer of the centre brings what waits on its way", async () => {
  centre.moods = ["away"];
  write("first");
  await settle();
  await sender.reached();
  assert.equal(sender.isAway, false);
  assert.deepEqual(centre.recorded, ["first"]);
});

test("another question that fails is tried again too, and its last word stops everything", async () => {
  sender.failed(new Error("no network"));
  assert.equal(sender.isAway, true);
  sender.failed(new Refused("SessionIsOver", "You are signed out.", 401));
  assert.deepEqual(refusals, [["SessionIsOver", null]]);
  write("first");
  await pass(10_000);
  assert.deepEqual(centre.heard, []);
});

test("an answer about something else confirms nothing", async () => {
  const hear = mock.method(centre, "hear", async () => "has another");
  sender.how.confirm = (parcel, answer) => {
    if (answer !== `has ${parcel}`) throw new Error("somebody else answered");
    waiting.shift();
  };
  write("first");
  await settle();
  assert.deepEqual([waiting, sender.isAway], [["first"], true]);
  hear.mock.restore();
  await pass(500);
  assert.deepEqual(waiting, []);
});

test("the last word stops everything, says what it was about, and nothing is tried again", async () => {
  centre.moods = ["refused"];
  write("first", "second");
  await pass(60_000);
  assert.deepEqual(refusals, [["TimeIsUp", "first"]]);
  assert.deepEqual(centre.heard, ["first"]);
  await sender.send();
  assert.deepEqual(centre.heard, ["first"]);
});

test("after a new start what waits leaves", async () => {
  centre.moods = ["refused"];
  write("first");
  await settle();
  waiting = ["second"];
  await sender.start();
  assert.deepEqual(centre.recorded, ["second"]);
});

test("an answer that comes after the end is still an answer; a failure after the end is nothing", async () => {
  write("first");
  sender.stop();
  await settle();
  assert.deepEqual(waiting, []);
  sender.isStopped = false;
  centre.moods = ["away"];
  write("second");
  sender.stop();
  await pass(60_000);
  assert.deepEqual(centre.heard, ["first", "second"]);
  assert.equal(sender.isAway, false);
});

// One question to the centre

/**
 * @param {number} status
 * @param {unknown} body
 */
async function asked(status, body) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  mock.method(globalThis, "fetch", async () => new Response(text, { status }));
  try {
    return await ask("GET", "/", undefined, { giveUpAfter: 1000 });
  } catch (problem) {
    return problem instanceof Refused ? [problem.kind, problem.status, problem.message] : "again";
  } finally {
    mock.restoreAll();
  }
}

for (const [status, body] of /** @type {[number, unknown][]} */ ([
  [404, "<html>no such backend</html>"],
  [408, ""],
  [413, "This is more than can be sent at once."],
  [409, { kind: "AtTheSameMoment", problem: "..." }],
  [500, { kind: "Trouble", problem: "..." }],
  [502, "<html>bad gateway</html>"],
  [503, { kind: "Busy", problem: "..." }],
  [503, { kind: "NotConfirmed", problem: "..." }],
  [504, { kind: "OutcomeUnknown", problem: "..." }],
  [504, { kind: "TimeIsUp", problem: "a proxy that lies" }],
  [200, "<html>Sign in to the wireless network</html>"],
])) {
  test(`${status} ${JSON.stringify(body)} is tried again`, async () => assert.equal(await asked(status, body), "again"));
}

test("our server's own refusal is the last word, with its sentence", async () => {
  assert.deepEqual(await asked(404, { kind: "NoSuchRun", problem: "Gone." }), ["NoSuchRun", 404, "Gone."]);
});

test("an answer is an answer", async () => {
  assert.deepEqual(await asked(200, { state: "open" }), { state: "open" });
});

test("a body is sent as JSON, and none where there is none", async () => {
  const fetching = mock.method(globalThis, "fetch", async () => new Response("{}"));
  await ask("POST", "/a", { n: 1 }, { giveUpAfter: 1000 });
  await ask("GET", "/b", undefined, { giveUpAfter: 1000 });
  const [post, get] = fetching.mock.calls.map((call) => /** @type {RequestInit} */ (call.arguments[1]));
  assert.equal(post.body, '{"n":1}');
  assert.equal(get.body, undefined);
  assert.deepEqual(get.headers, { Accept: "application/json" });
  mock.restoreAll();
});

test("a request that hangs is given up, and may be asked again", async () => {
  /** @type {(address: string, how: {signal: AbortSignal}) => Promise<Response>} */
  const hang = (_, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const hanging = mock.method(globalThis, "fetch", hang);
  const answered = ask("GET", "/", undefined, { giveUpAfter: 8000 }).catch((problem) => problem);
  await settle();
  mock.timers.tick(8000);
  const problem = await answered;
  assert.equal(problem instanceof Error && !(problem instanceof Refused), true);
  hanging.mock.restore();
});
