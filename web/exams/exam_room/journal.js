// What this browser has written and the centre has not yet confirmed. It outlives a reload and a crash.

export class Journal {
  constructor(attempt, storage = window.localStorage) {
    this.key = `anpei.attempt.${attempt}`;
    this.storage = storage;
    this.steps = JSON.parse(storage.getItem(this.key) ?? "[]");
    this.kept = true;
  }

  // The next free number, above what the centre has and what waits here.
  next(confirmed) {
    return Math.max(confirmed, ...this.steps.map((step) => step.sequence), 0) + 1;
  }

  add(step) {
    this.steps.push(step);
    this.#keep();
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
