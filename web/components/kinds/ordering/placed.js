// Letters in the order in which they were chosen.

// Chosen once, a letter comes to the end; chosen again, it is taken out and those behind it move up.
export function chosen(placed, letter) {
  return placed.includes(letter) ? placed.filter((other) => other !== letter) : [...placed, letter];
}

// What is kept of a question: the answer, or the draft where it still belongs to these letters.
export function begun(answer, draft, letters) {
  const placed = draft ?? answer ?? [];
  return placed.every((letter) => letters.includes(letter)) ? placed : [];
}
