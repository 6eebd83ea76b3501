// The tokens of this tab's place. Every load of the page makes a new one and shows those the tab had before; the centre
// keeps the new one only. So a reload goes on, and a copied tab cannot save beside the first.

const BYTES = 32;
const KEPT = 20;

export class Desk {
  /**
   * @param {string} attempt
   * @param {Pick<Storage, "getItem" | "setItem">} storage
   */
  constructor(attempt, storage = window.sessionStorage) {
    this.key = `anpei.desk.${attempt}`;
    this.storage = storage;
    /** @type {string[]} */
    this.before = JSON.parse(storage.getItem(this.key) ?? "[]").slice(-KEPT);
    this.token = Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    // Before it is sent: if the answer is lost and the page is loaded again, the centre may know either of them.
    storage.setItem(this.key, JSON.stringify([...this.before, this.token].slice(-KEPT)));
  }

  taken() {
    this.storage.setItem(this.key, JSON.stringify([this.token]));
  }
}
