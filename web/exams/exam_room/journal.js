// What this browser has written and the centre has not yet confirmed. It outlives a reload and a crash.

/** @typedef {{answer: any, flagged: boolean}} Standing what a question stands at; the answer is the kind's JSON, null for none */
/** @typedef {Standing & {sequence: number, question: number, act: "answer" | "look", page_ms: number}} Step */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Storing */

export class Journal {
  /**
   * @param {string} attempt
   * @param {Storing} storage
   * @param {() => number} now milliseconds since the page was opened, by a clock that nobody sets
   */
  constructor(attempt, storage = window.localStorage, now = () => performance.now()) {
    this.key = `anpei.attempt.${attempt}`;
    this.storage = storage;
    this.now = now;
    /** @type {Step[]} */
    this.steps = JSON.parse(storage.getItem(this.key) ?? "[]");
    this.sent = highest(this.steps); // after a reload nobody knows which of them have left
    this.kept = true;
  }

  // Steps that answer or flag; a look that waits is nobody's worry.
  get answers() {
    return this.steps.filter((step) => step.act === "answer");
  }

  /**
   * What a question stands at from now on. As long as the last word about it has not left this machine, the new word
   * takes its place: a number that may be at the centre never says two things, and a hasty hand fills no journal.
   * @param {number} question
   * @param {Standing} at
   * @param {number} confirmed the highest number that the centre has said it has
   */
  write(question, at, confirmed) {
    /** @param {Step} step */
    const isOvertaken = (step) => step.act === "answer" && step.question === question && step.sequence > this.sent;
    this.steps = this.steps.filter((step) => !isOvertaken(step));
    this.#add({ question, act: "answer", answer: at.answer, flagged: at.flagged }, confirmed);
  }

  /**
   * The question was looked at. It leaves with the next answer or sign of life.
   * @param {number} question
   * @param {number} confirmed
   */
  look(question, confirmed) {
    this.#add({ question, act: "look", answer: null, flagged: false }, confirmed);
  }

  /**
   * These are on their way; whether they arrive or not, their numbers are taken.
   * @param {Step[]} steps
   */
  leaving(steps) {
    this.sent = Math.max(this.sent, highest(steps));
  }

  /**
   * The centre has these; hearing it twice changes nothing.
   * @param {number[]} sequences
   */
  confirm(sequences) {
    const done = new Set(sequences);
    this.steps = this.steps.filter((step) => !done.has(step.sequence));
    this.#keep();
  }

  clear() {
    this.steps = [];
    this.storage.removeItem(this.key);
  }

  /**
   * At the end, by the page's own clock; what has not left is numbered anew, so that numbers count acts as they came.
   * @param {Omit<Step, "sequence" | "page_ms">} act
   * @param {number} confirmed
   */
  #add(act, confirmed) {
    const step = { sequence: Infinity, page_ms: Math.floor(this.now()), ...act };
    const left = this.steps.filter((one) => one.sequence <= this.sent);
    const waiting = [...this.steps.filter((one) => one.sequence > this.sent), step];
    const first = Math.max(confirmed, this.sent) + 1;
    this.steps = [...left, ...waiting.map((one, place) => ({ ...one, sequence: first + place }))];
    this.#keep();
  }

  // A full or forbidden storage must not stop the candidate: the step still waits in memory.
  #keep() {
    try {
      this.storage.setItem(this.key, JSON.stringify(this.steps));
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }
}

/** @param {Step[]} steps */
function highest(steps) {
  return Math.max(0, ...steps.map((step) => step.sequence));
}
