// The time left, by the centre's clock. No seconds until the last minute: they only make hearts beat faster.

const MINUTE = 60000;
const ANNOUNCED = [30, 10, 5, 1];
const SOON = 10 * MINUTE;

/** @typedef {{minutes: string, seconds: string, announced: string, over: string, arrived: string}} TimeWords */

export class Countdown {
  /**
   * @param {object} given
   * @param {HTMLElement} given.shown
   * @param {HTMLElement} given.announced
   * @param {TimeWords} given.words
   * @param {() => void} given.onOver
   */
  constructor({ shown, announced, words, onOver }) {
    this.shown = shown;
    this.announced = announced;
    this.words = words;
    this.onOver = onOver;
    this.offset = 0;
    /** @type {number | null} */
    this.deadline = null;
    /** @type {Set<number>} */
    this.said = new Set();
    this.timer = setInterval(() => this.show(), 500);
  }

  /**
   * As the centre gave them, ISO instants. Half the way there and back is the error; it is small.
   * @param {{now: string, deadline: string}} given
   */
  set({ now, deadline }) {
    this.offset = Date.parse(now) - Date.now();
    this.deadline = Date.parse(deadline);
    this.show();
  }

  show() {
    if (this.deadline === null) return;
    const left = this.deadline - (Date.now() + this.offset);
    const shown = Math.max(0, left);
    this.shown.textContent = this.#read(shown);
    this.shown.dataset.state = shown <= SOON ? "soon" : "calm";
    this.#announce(shown);
    if (left <= 0) {
      clearInterval(this.timer);
      this.onOver();
    }
  }

  /** @param {number} left */
  #read(left) {
    if (left <= MINUTE) return this.words.seconds.replace("{n}", String(Math.ceil(left / 1000)));
    return this.words.minutes.replace("{n}", String(Math.ceil(left / MINUTE)));
  }

  /** @param {number} left */
  #announce(left) {
    const due = ANNOUNCED.filter((minutes) => left <= minutes * MINUTE && left > 0 && !this.said.has(minutes));
    if (due.length === 0) return;
    for (const minutes of due) this.said.add(minutes);
    this.announced.textContent = this.words.announced.replace("{n}", String(Math.min(...due)));
  }
}
