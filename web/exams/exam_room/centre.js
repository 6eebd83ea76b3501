// Talks to the centre: sends the journal's steps until they are confirmed, and tells that the page is still here.

import { Sender, ask as askOnce } from "../../components/browser/sending.js";

/** @typedef {import("./journal.js").Step} Step */
/** @typedef {{now: string, deadline: string, sequence?: number, saved?: number[]}} News the centre's clock and count */

const AT_ONCE = 50;
const WAITS = [500, 1000, 2000, 4000, 8000];
const NO_ANSWER_AFTER = 10000;

// What our own server says in these words is final. Everything else passes and is tried again: a proxy's 408, 413 or 429,
// a page of its own that comes with 200, or two deeds that met at the same moment.
const FINAL = new Set([
  "AnswerDoesNotFit",
  "AttemptIsOver",
  "ChoosePasswordFirst",
  "Forbidden",
  "NoSuchAttempt",
  "OpenElsewhere",
  "OutOfStep",
  "SessionIsOver",
  "SignInFirst",
  "TimeIsUp",
  "TooManySteps",
  "WrongAddress",
]);

/**
 * @param {"GET" | "POST" | "PUT"} method
 * @param {string} address
 * @param {unknown} [body]
 */
export function ask(method, address, body) {
  return askOnce(method, address, body, { giveUpAfter: NO_ANSWER_AFTER, isFinal: (kind) => FINAL.has(kind) });
}

export class Centre {
  /**
   * @param {object} given
   * @param {string} given.attempt
   * @param {string} given.desk the token of this tab's place
   * @param {import("./journal.js").Journal} given.journal
   * @param {() => void} given.onChange
   * @param {(problem: import("../../components/browser/sending.js").Refused) => void} given.onRefused
   * @param {(news: News) => void} given.onNews
   */
  constructor({ attempt, desk, journal, onChange, onRefused, onNews }) {
    this.attempt = attempt;
    this.desk = desk;
    this.journal = journal;
    this.onNews = onNews;
    this.onChange = onChange;
    /** @type {Sender<Step[], News>} */
    this.sender = new Sender({
      next: () => this.#next(),
      deliver: (steps) => ask("PUT", "/exam-room/answers", { attempt, desk, steps }),
      confirm: (steps, answer) => this.#confirm(steps, answer),
      onRefused,
      onChange,
      waits: WAITS,
    });
    window.addEventListener("online", () => this.send());
  }

  get isAway() {
    return this.sender.isAway;
  }

  written() {
    this.sender.written();
  }

  send() {
    return this.sender.send();
  }

  #next() {
    const steps = this.journal.steps.slice(0, AT_ONCE);
    if (steps.length === 0) return null;
    this.journal.leaving(steps);
    return steps;
  }

  /**
   * @param {Step[]} steps
   * @param {News} answer
   */
  #confirm(steps, answer) {
    if (!answer.saved?.includes(steps[0].sequence)) throw new Error("somebody else answered");
    this.journal.confirm(answer.saved);
    this.onNews(answer);
  }

  // Says "still here" and learns of time that was given, or that the paper was taken away.
  async contact() {
    if (this.sender.isStopped) return;
    try {
      this.onNews(await ask("POST", "/exam-room/contact", { attempt: this.attempt, desk: this.desk }));
      this.sender.reached();
    } catch (problem) {
      this.sender.failed(problem);
    }
    this.onChange();
  }

  async handIn() {
    await this.send();
    if (this.journal.steps.length > 0) throw new Error("answers are still waiting");
    return ask("POST", `/exam-room/attempts/${this.attempt}/hand-in`, { desk: this.desk });
  }
}
