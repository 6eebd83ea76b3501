import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Live } from "./live.js";

/** @type {{ears: import("./live.js").Ears, isClosed: boolean}[]} */
let lines;
/** @type {string[]} */
let states;
let asked = 0;
/** @type {Record<string, string>} */
let screen;
/** @type {Live} */
let live;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  [lines, states, asked, screen] = [[], [], 0, {}];
  live = new Live({
    open: (ears) => {
      const line = { ears, isClosed: false };
      lines.push(line);
      return { close: () => { line.isClosed = true; } };
    },
    ask: () => { asked += 1; },
    show: (texts) => { Object.assign(screen, texts); },
    tell: (state) => states.push(state),
    chance: () => 0,
  });
});

afterEach(() => mock.timers.reset());

/** @param {object} message */
function say(message) {
  lines[lines.length - 1].ears.heard(JSON.stringify(message));
}

function breakOff() {
  lines[lines.length - 1].ears.broken();
}

/** @param {number} seconds */
function pass(seconds) {
  mock.timers.tick(seconds * 1000);
}

test("a page that is told says so, and asks when the mark is another, not when it is the same", () => {
  live.begin();
  assert.deepEqual(states, ["joining"]);
  say({ mark: "a", texts: { now: "9:00" } });
  assert.deepEqual(states, ["joining", "live"]);
  assert.equal(asked, 1); // what was before the page came, nobody knows
  say({ texts: { now: "9:01" } });
  say({});
  assert.equal(asked, 1);
  assert.equal(screen.now, "9:01");
  say({ mark: "b" });
  assert.equal(asked, 2);
});

test("a line that breaks is said, and the page asks at once and then every five seconds", () => {
  live.begin();
  say({ mark: "a" });
  asked = 0;
  breakOff();
  assert.equal(states[states.length - 1], "asking");
  assert.equal(asked, 1);
  assert.equal(lines[0].isClosed, true);
  pass(1.9);
  assert.equal(lines.length, 1);
  pass(0.1);
  assert.equal(lines.length, 2); // tries again
  pass(3);
  assert.equal(asked, 2); // and asks, as long as nothing is heard
  pass(5);
  assert.equal(asked, 3);
});

test("what comes back is live again, and asks only where something was missed", () => {
  live.begin();
  say({ mark: "a" });
  breakOff();
  pass(2);
  asked = 0;
  say({ mark: "a" });
  assert.deepEqual(states, ["joining", "live", "asking", "live"]);
  assert.equal(asked, 0);
  pass(4.9);
  assert.equal(asked, 0); // no longer every five seconds
});

test("a line on which nothing comes at all is given up: a proxy may dam it up", () => {
  live.begin();
  pass(9.9);
  assert.equal(states[states.length - 1], "joining");
  pass(0.1);
  assert.equal(states[states.length - 1], "asking");
  assert.equal(lines[0].isClosed, true);
});

test("a line that falls silent is given up; a sign of life keeps it", () => {
  live.begin();
  say({ mark: "a" });
  pass(24);
  say({});
  pass(24);
  assert.equal(states[states.length - 1], "live");
  pass(1);
  assert.equal(states[states.length - 1], "asking");
});

test("each try waits longer, until a line has held", () => {
  live.begin();
  for (const seconds of [2, 5, 15, 30, 60, 60]) {
    const before = lines.length;
    breakOff();
    pass(seconds - 0.1);
    assert.equal(lines.length, before, `${seconds}`);
    pass(0.1);
    assert.equal(lines.length, before + 1, `${seconds}`);
  }
  say({ mark: "a" });
  pass(20);
  say({});
  pass(5);
  breakOff();
  const before = lines.length;
  pass(2);
  assert.equal(lines.length, before + 1);
});

test("pages that lost their lines together come back at different moments", () => {
  live.page.chance = () => 0.5;
  live.begin();
  breakOff();
  pass(1.4);
  assert.equal(lines.length, 1);
  pass(0.1);
  assert.equal(lines.length, 2);
});

test("a page at which nobody looks holds no line and asks for nothing; looked at again it asks at once", () => {
  live.begin();
  say({ mark: "a" });
  live.rest();
  assert.equal(lines[0].isClosed, true);
  asked = 0;
  pass(300);
  assert.deepEqual([asked, lines.length], [0, 1]);
  live.begin();
  assert.deepEqual([asked, lines.length], [1, 2]);
  live.begin();
  assert.equal(lines.length, 2);
});

test("a page at rest does not come back because the network does; one that asks does", () => {
  live.begin();
  live.rest();
  live.again();
  assert.equal(lines.length, 1);
  live.begin();
  breakOff();
  live.again();
  assert.equal(lines.length, 3);
  pass(2);
  assert.equal(lines.length, 3); // the try that waited is not made as well
});

test("a part that did not come is asked for again", () => {
  live.begin();
  say({ mark: "a" });
  asked = 0;
  live.failed();
  pass(5);
  assert.equal(asked, 1);
});

test("a live page asks once a minute all the same", () => {
  live.begin();
  say({ mark: "a" });
  asked = 0;
  for (let i = 0; i < 6; i += 1) {
    pass(10);
    say({});
  }
  assert.equal(asked, 1);
});

test("what was heard while the part was on its way is not lost", () => {
  live.begin();
  say({ mark: "a", texts: { "answered-1": "4", "answered-2": "9" } });
  say({ texts: { "answered-1": "5" } });
  screen = { "answered-1": "4" };
  live.arrived();
  assert.deepEqual(screen, { "answered-1": "5", "answered-2": "9" });
});
