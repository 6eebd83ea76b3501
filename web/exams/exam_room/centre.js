// Talks to the centre: sends the journal's steps in order, again and again until they are confirmed.

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

export class Refused extends Error {
  constructor(kind, sentence) {
    super(sentence);
    this.kind = kind;
  }
}

export async function ask(method, address, body) {
  const response = await fetch(address, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(NO_ANSWER_AFTER),
    cache: "no-store",
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  if (FINAL.has(answer?.kind)) throw new Refused(answer.kind, answer.problem ?? "");
  throw new Error(`the centre answered ${response.status}`);
}

export class Centre {
  constructor({ attempt, desk, journal, onChange, onRefused, onNews }) {
    Object.assign(this, { attempt, desk, journal, onChange, onRefused, onNews });
    this.sending = null;
    this.failures = 0;
    this.timer = null;
    this.stopped = false;
    window.addEventListener("online", () => this.send());
  }

  get isAway() {
    return this.failures > 0;
  }

  // Something was written. While the centre is away, its turn comes with the next try, and not with every key.
  written() {
    if (!this.isAway) this.send();
  }

  // One at a time, so that steps arrive in order. Whoever calls meanwhile waits for the same end.
  send() {
    this.sending ??= this.#sendAll().finally(() => {
      this.sending = null;
      this.onChange();
    });
    return this.sending;
  }

  async #sendAll() {
    clearTimeout(this.timer);
    try {
      while (this.journal.steps.length > 0 && !this.stopped) await this.#sendSome();
    } catch (problem) {
      this.#failed(problem);
    }
  }

  async #sendSome() {
    const steps = this.journal.steps.slice(0, AT_ONCE);
    this.journal.leaving(steps);
    const answer = await ask("PUT", "/exam-room/answers", { attempt: this.attempt, desk: this.desk, steps });
    if (!answer.saved?.includes(steps[0].sequence)) throw new Error("somebody else answered");
    this.journal.confirm(answer.saved);
    this.failures = 0;
    this.onNews(answer);
    this.onChange();
  }

  // Says "still here" and learns of time that was given, or that the paper was taken away.
  async contact() {
    if (this.stopped) return;
    try {
      this.onNews(await ask("POST", "/exam-room/contact", { attempt: this.attempt, desk: this.desk }));
      this.failures = 0;
      this.send();
    } catch (problem) {
      this.#failed(problem);
    }
    this.onChange();
  }

  async handIn() {
    await this.send();
    if (this.journal.steps.length > 0) throw new Error("answers are still waiting");
    return ask("POST", `/exam-room/attempts/${this.attempt}/hand-in`, { desk: this.desk });
  }

  #failed(problem) {
    if (problem instanceof Refused) {
      this.stopped = true;
      this.onRefused(problem);
      return;
    }
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), WAITS[Math.min(this.failures, WAITS.length) - 1]);
  }
}
