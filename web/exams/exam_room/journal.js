// What this browser has written and the centre has not yet confirmed. It outlives a reload and a crash.

/** @typedef {{answer: string, flagged: boolean}} Standing what a question stands at; the answer in letters, "" for none */
/** @typedef {Standing & {sequence: number, question: number}} Step */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Storing */

export class Journal {
  /**
   * @param {string} attempt
   * @param {Storing} storage
   */
  constructor(attempt, storage = window.localStorage) {
    this.key = `anpei.attempt.${attempt}`;
    this.storage = storage;
    /** @type {Step[]} */
    this.steps = JSON.parse(storage.getItem(this.key) ?? "[]");
    this.sent = highest(this.steps); // after a reload nobody knows which of them have left
    this.kept = true;
  }

  /**
   * What a question stands at from now on. As long as the last word about it has not left this machine, it is put right
   * where it stands: a number that may be at the centre never says two things, and a hasty hand fills no journal.
   * @param {number} question
   * @param {Standing} at
   * @param {number} confirmed the highest number that the centre has said it has
   */
  write(question, at, confirmed) {
    const unsent = this.steps.find((step) => step.question === question && step.sequence > this.sent);
    if (unsent) Object.assign(unsent, at);
    else this.steps.push({ sequence: Math.max(confirmed, highest(this.steps)) + 1, question, ...at });
    this.#keep();
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
