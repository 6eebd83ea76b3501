// The candidate's deeds on their way. Each has the next number from the moment it leaves and keeps it: should an answer be
// lost, the same number comes again, and the server answers what it has recorded once.

/** @typedef {{name: string, given: Record<string, unknown>}} Act */
/** @typedef {Act & {number: number}} Deed */

export class Deeds {
  constructor() {
    /** @type {Act[]} */
    this.waiting = [];
    /** @type {Deed | null} */
    this.leaving = null;
    this.recorded = 0;
  }

  /** @param {Act} act */
  add(act) {
    this.waiting.push(act);
  }

  /**
   * The deed that leaves now: the same, under the same number, until it is confirmed or all are dropped.
   * @returns {Deed | null}
   */
  next() {
    if (this.leaving === null && this.waiting.length > 0) {
      this.leaving = { number: this.recorded + 1, ...this.waiting[0] };
    }
    return this.leaving;
  }

  /**
   * The centre has it. Hearing so twice confirms nothing else.
   * @param {Deed} deed
   */
  confirm(deed) {
    if (deed !== this.leaving) return;
    this.leaving = null;
    this.waiting.shift();
    this.recorded = Math.max(this.recorded, deed.number);
  }

  /**
   * How many the server has recorded; an older answer that comes late changes nothing.
   * @param {number} number
   */
  heard(number) {
    this.recorded = Math.max(this.recorded, number);
  }

  /** A refused deed takes those that were pressed after it with it: they were meant for what it would have done. */
  drop() {
    this.leaving = null;
    this.waiting = [];
  }
}
