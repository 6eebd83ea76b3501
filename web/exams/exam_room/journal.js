// What this browser has written and the centre has not yet confirmed. It outlives a reload and a crash.

export class Journal {
  constructor(attempt, storage = window.localStorage, now = () => performance.now()) {
    this.key = `anpei.attempt.${attempt}`;
    this.storage = storage;
    this.now = now;
    this.steps = JSON.parse(storage.getItem(this.key) ?? "[]");
    this.sent = this.#highest(this.steps); // after a reload nobody knows which of them have left
    this.kept = true;
  }

  // Steps that answer or flag; a look that waits is nobody's worry.
  get answers() {
    return this.steps.filter((step) => step.act === "answer");
  }

  // What a question stands at from now on. As long as the last word about it has not left this machine, the new word
  // takes its place: a number that may be at the centre never says two things, and a hasty hand fills no journal.
  write(question, at, confirmed) {
    const isOvertaken = (step) => step.act === "answer" && step.question === question && step.sequence > this.sent;
    this.steps = this.steps.filter((step) => !isOvertaken(step));
    this.#add({ question, act: "answer", ...at }, confirmed);
  }

  // The question was looked at. It leaves with the next answer or sign of life.
  look(question, confirmed) {
    this.#add({ question, act: "look", answer: null, flagged: false }, confirmed);
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

  // At the end, by the page's own clock; what has not left is numbered anew, so that numbers count acts as they came.
  #add(step, confirmed) {
    this.steps.push({ sequence: Infinity, page_ms: Math.floor(this.now()), ...step });
    let number = Math.max(confirmed, this.sent);
    for (const one of this.steps) if (one.sequence > this.sent) one.sequence = number += 1;
    this.#keep();
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
