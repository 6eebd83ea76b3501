// What this browser has written and the centre has not yet confirmed. It outlives a reload and a crash.

export class Journal {
  constructor(attempt, storage = window.localStorage) {
    this.key = `anpei.attempt.${attempt}`;
    this.storage = storage;
    this.steps = JSON.parse(storage.getItem(this.key) ?? "[]");
    this.sent = this.#highest(this.steps); // after a reload nobody knows which of them have left
    this.kept = true;
  }

  // What a question stands at from now on. As long as the last word about it has not left this machine, it is put right
  // where it stands: a number that may be at the centre never says two things, and a hasty hand fills no journal.
  write(question, at, confirmed) {
    const unsent = this.steps.find((step) => step.question === question && step.sequence > this.sent);
    if (unsent) Object.assign(unsent, at);
    else this.steps.push({ sequence: Math.max(confirmed, this.#highest(this.steps)) + 1, question, ...at });
    this.#keep();
  }

  // These are on their way; whether they arrive or not, their numbers are taken.
  leaving(steps) {
    this.sent = Math.max(this.sent, this.#highest(steps));
  }

  confirm(sequences) {
    const done = new Set(sequences);
    this.steps = this.steps.filter((step) => !done.has(step.sequence));
    this.#keep();
  }

  clear() {
    this.steps = [];
    this.storage.removeItem(this.key);
  }

  #highest(steps) {
    return Math.max(0, ...steps.map((step) => step.sequence));
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
