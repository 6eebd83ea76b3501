// Which part of the film was really played since the last beat: a jump begins a new stretch, and nothing counts twice.

const JUMP = 1.5; // seconds between two reports of the player; more is a jump and not playing

export class Stretch {
  constructor() {
    /** @type {[number, number] | null} seconds of the film, from and to */
    this.at = null;
  }

  /**
   * The player says that it plays at `second`.
   * @param {number} second
   */
  reach(second) {
    if (this.at && second >= this.at[1] && second - this.at[1] <= JUMP) this.at[1] = second;
    else this.at = [second, second];
  }

  end() {
    this.at = null;
  }

  /**
   * What was played since this was last asked, in milliseconds from and to; [0, 0] when nothing was.
   * @param {boolean} isPaused whether the next stretch begins anew
   * @returns {[number, number]}
   */
  take(isPaused) {
    if (!this.at || this.at[1] <= this.at[0]) return [0, 0];
    const [from, to] = this.at;
    this.at = isPaused ? null : [to, to];
    return [Math.round(from * 1_000), Math.round(to * 1_000)];
  }
}
