// Letters in the order in which they were chosen.

/**
 * Chosen once, a letter comes to the end; chosen again, it is taken out and those behind it move up.
 * @param {string[]} placed
 * @param {string} letter
 * @returns {string[]}
 */
export function chosen(placed, letter) {
  return placed.includes(letter) ? placed.filter((other) => other !== letter) : [...placed, letter];
}

/**
 * Where an order goes on: the draft, else the answer, where it is of these letters.
 * @param {string[] | null} answer
 * @param {string[] | undefined} draft
 * @param {string[]} letters
 * @returns {string[]}
 */
export function begun(answer, draft, letters) {
  const placed = draft ?? answer ?? [];
  return placed.every((letter) => letters.includes(letter)) ? placed : [];
}
