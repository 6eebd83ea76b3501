// A page that is told when what it shows has changed (web/frame/live.py), and asks now and then where nothing tells it:
// no network, a proxy that dams up, a centre that has no stream left. It says on the screen which of the two it is.
//
// A message is {mark, texts}, or what has changed of it: another mark means that the part is to be asked for anew, texts
// are words of single places. An empty one is a sign of life.

const FIRST_WITHIN = 10_000; // of a line that opens
const SILENT_AFTER = 25_000; // two signs of life are missing
const ASK_EVERY = 5_000; // without a line; the words of `ui.live` say so
const ASK_AT_LEAST_EVERY = 60_000; // with one
const TRY_AGAIN_AFTER = [2_000, 5_000, 15_000, 30_000, 60_000];

/** @typedef {{mark?: string, texts?: Record<string, string>}} Message */
/** @typedef {"joining" | "live" | "asking" | "resting"} State */
/** @typedef {{close: () => void}} Line */
/** @typedef {{heard: (message: string) => void, broken: () => void}} Ears */

/**
 * @typedef {object} Page
 * @property {(ears: Ears) => Line} open opens a line to the centre
 * @property {() => void} ask asks for the part anew
 * @property {(texts: Record<string, string>) => void} show puts words into their places
 * @property {(state: State) => void} tell says how the page is kept up to date
 * @property {() => number} [chance] between 0 and 1: pages that lost their lines together do not come back together
 */

export class Live {
  /** @type {Line | null} */
  #line = null;
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  #timers = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #nextAsk;
  /** @type {string | null} */
  #mark = null;
  /** @type {Record<string, string>} */
  #texts = {};
  #tries = 0;
  /** @type {State} */
  #state = "resting";

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** From now on the page is kept up to date. One that has rested asks at once. */
  begin() {
    if (this.#state !== "resting") return;
    this.#turn("joining");
    if (this.#mark === null) this.#askWithin(ASK_EVERY);
    else this.#ask();
    this.#connect();
  }

  /** Nobody looks at it: the line is given back. */
  rest() {
    this.#hangUp();
    clearTimeout(this.#nextAsk);
    this.#turn("resting");
  }

  /** The network is there again: no need to wait for the next try. */
  again() {
    if (this.#state === "resting" || this.#state === "live") return;
    this.#ask();
    this.#connect();
  }

  /** The part that was asked for did not come. */
  failed() {
    if (this.#state !== "resting") this.#askWithin(ASK_EVERY);
  }

  /** The part has come; what was heard while it was on its way is newer. */
  arrived() {
    this.page.show(this.#texts);
  }

  #connect() {
    this.#hangUp();
    const ears = { heard: (/** @type {string} */ text) => this.#heard(text), broken: () => this.#lost() };
    this.#line = this.page.open(ears);
    this.#hopeFor(FIRST_WITHIN);
    this.#later(SILENT_AFTER, () => { this.#tries = 0; }); // a line that holds
  }

  /** @param {string} text */
  #heard(text) {
    this.#hopeFor(SILENT_AFTER);
    if (this.#state !== "live") {
      this.#turn("live");
      this.#askWithin(ASK_AT_LEAST_EVERY);
    }
    /** @type {Message} */
    const { mark, texts } = JSON.parse(text);
    if (texts) {
      this.#texts = { ...this.#texts, ...texts };
      this.page.show(texts);
    }
    if (mark && mark !== this.#mark) {
      this.#mark = mark;
      this.#ask();
    }
  }

  #lost() {
    this.#hangUp();
    this.#turn("asking");
    this.#ask();
    const wait = TRY_AGAIN_AFTER[Math.min(this.#tries, TRY_AGAIN_AFTER.length - 1)];
    this.#tries += 1;
    this.#later(wait * (1 - (this.page.chance ?? Math.random)() / 2), () => this.#connect());
  }

  #hangUp() {
    this.#line?.close();
    this.#line = null;
    clearTimeout(this.#patience);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #ask() {
    this.#askWithin(this.#state === "live" ? ASK_AT_LEAST_EVERY : ASK_EVERY);
    this.page.ask();
  }

  /** @param {number} ms */
  #askWithin(ms) {
    clearTimeout(this.#nextAsk);
    this.#nextAsk = setTimeout(() => this.#ask(), ms);
  }

  /** @param {number} ms */
  #hopeFor(ms) {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#lost(), ms);
  }

  /**
   * @param {number} ms
   * @param {() => void} deed
   */
  #later(ms, deed) {
    this.#timers.add(setTimeout(deed, ms));
  }

  /** @param {State} state */
  #turn(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.page.tell(state);
  }
}
