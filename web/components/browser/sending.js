// Send until confirmed. What a person did leaves in its order, one parcel at a time, again and again as it was, until the
// centre says that it has it or says its last word. What is sent twice because an answer was lost is the centre's to
// recognise: a parcel never changes once it was sent.

import { within } from "./missing.js";

// Our own server says these when it cannot answer now; the same deed may well pass in a moment.
const PASSING = new Set(["AtTheSameMoment", "Busy", "Trouble"]);
const SERVER_FAULT = 500;

/** The centre's last word: trying again changes nothing. `message` is its sentence, in the person's language. */
export class Refused extends Error {
  /**
   * @param {string} kind
   * @param {string} sentence
   * @param {number} status
   */
  constructor(kind, sentence, status) {
    super(sentence);
    this.kind = kind;
    this.status = status;
  }
}

/**
 * Whether a refusal in our server's own words is its last. A proxy's page has no kind, and passes.
 * @param {string} kind
 * @param {number} status
 */
export function isLastWord(kind, status) {
  return status < SERVER_FAULT && !PASSING.has(kind);
}

/**
 * Ask the centre once. Resolves with its answer, throws Refused when that is final, and any other error when the same
 * may be asked again: no network, no answer in time, somebody else's page.
 * @param {"GET" | "POST" | "PUT"} method
 * @param {string} address
 * @param {unknown} body JSON, or undefined for none
 * @param {{giveUpAfter: number, isFinal?: (kind: string, status: number) => boolean}} how `giveUpAfter` in milliseconds
 * @returns {Promise<any>}
 */
export async function ask(method, address, body, { giveUpAfter, isFinal = isLastWord }) {
  return within(giveUpAfter, async (signal) => {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(address, { method, headers, body: sent, signal, cache: "no-store" });
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return answer;
    const kind = answer?.kind;
    if (kind && isFinal(kind, response.status)) throw new Refused(kind, answer.problem ?? "", response.status);
    throw new Error(`the centre answered ${response.status}`);
  });
}

/**
 * @template P, A
 * @typedef {object} Sending
 * @property {() => P | null} next what leaves now; the same parcel until it is confirmed, null when nothing waits
 * @property {(parcel: P) => Promise<A>} deliver one try; throws as `ask` does
 * @property {(parcel: P, answer: A) => void} confirm the centre has it: from here on `next` gives another. Throws when the
 *   answer is not about this parcel
 * @property {(problem: Refused, parcel: P | null) => unknown} onRefused the last word; with `parcel` when it was about one
 * @property {() => void} onChange something left, arrived or failed
 * @property {readonly number[]} waits milliseconds before each next try; the last counts from there on
 */

/**
 * @template P, A
 */
export class Sender {
  /** @param {Sending<P, A>} how */
  constructor(how) {
    this.how = how;
    this.failures = 0;
    this.isStopped = false;
    /** @type {Promise<void> | null} */
    this.sending = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** The last try did not reach the centre. */
  get isAway() {
    return this.failures > 0;
  }

  /** Something is on its way, or waits for its next try. */
  get isBusy() {
    return this.sending !== null || this.isAway;
  }

  /** Something was done. While the centre is away its turn comes with the next try, and not with every key. */
  written() {
    if (!this.isAway) this.send();
  }

  /** Send all that waits, now. One at a time: whoever calls meanwhile waits for the same end. Never throws. */
  send() {
    this.sending ??= this.#sendAll().finally(() => {
      this.sending = null;
      this.how.onChange();
    });
    return this.sending;
  }

  /** The centre answered something else: it is there. */
  reached() {
    this.failures = 0;
    return this.send();
  }

  /**
   * Something else that was asked failed: the last word stops everything, anything else is tried again.
   * @param {unknown} problem
   */
  failed(problem) {
    this.#failed(problem, null);
  }

  /** Nothing leaves any more, until `start`. */
  stop() {
    clearTimeout(this.timer);
    this.isStopped = true;
    this.failures = 0;
  }

  /** What waited meanwhile leaves. */
  start() {
    this.isStopped = false;
    return this.send();
  }

  async #sendAll() {
    for (let parcel = this.#next(); parcel !== null; parcel = this.#next()) {
      try {
        const answer = await this.how.deliver(parcel);
        this.how.confirm(parcel, answer);
        this.failures = 0;
        this.how.onChange();
      } catch (problem) {
        if (!this.isStopped) this.#failed(problem, parcel);
        return;
      }
    }
  }

  #next() {
    return this.isStopped ? null : this.how.next();
  }

  /**
   * @param {unknown} problem
   * @param {P | null} parcel
   */
  #failed(problem, parcel) {
    if (problem instanceof Refused) {
      this.stop();
      this.how.onRefused(problem, parcel);
      return;
    }
    this.failures += 1;
    const { waits } = this.how;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), waits[Math.min(this.failures, waits.length) - 1]);
  }
}
