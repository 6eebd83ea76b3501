// The time left, by the centre's clock. No seconds until the last minute: they only make hearts beat faster.

const MINUTE = 60000;
const ANNOUNCED = [30, 10, 5, 1];
const SOON = 10 * MINUTE;

export class Countdown {
  constructor({ shown, announced, words, onOver }) {
    Object.assign(this, { shown, announced, words, onOver });
    this.said = new Set();
    this.timer = setInterval(() => this.show(), 500);
  }

  // `now` and `deadline` as the centre gave them, ISO instants. Half the way there and back is the error; it is small.
  set({ now, deadline }) {
    this.offset = Date.parse(now) - Date.now();
    this.deadline = Date.parse(deadline);
    this.show();
  }

  get left() {
    return this.deadline - (Date.now() + this.offset);
  }

  show() {
    if (this.deadline === undefined) return;
    const left = Math.max(0, this.left);
    this.shown.textContent = this.#read(left);
    this.shown.dataset.state = left <= SOON ? "soon" : "calm";
    this.#announce(left);
    if (this.left <= 0) {
      clearInterval(this.timer);
      this.onOver();
    }
  }

  #read(left) {
    if (left <= MINUTE) return this.words.seconds.replace("{n}", Math.ceil(left / 1000));
    return this.words.minutes.replace("{n}", Math.ceil(left / MINUTE));
  }

  #announce(left) {
    const due = ANNOUNCED.filter((minutes) => left <= minutes * MINUTE && left > 0 && !this.said.has(minutes));
    if (due.length === 0) return;
    for (const minutes of due) this.said.add(minutes);
    this.announced.textContent = this.words.announced.replace("{n}", Math.min(...due));
  }
}
