// The answer sheet: a grid of numbers, whose four states differ by shape and sign as well as by colour.

const MARGIN = 8;

export class Sheet {
  constructor({ root, words, onChoose }) {
    this.words = words;
    this.root = root;
    this.buttons = [];
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-number]");
      if (button) onChoose(Number(button.dataset.number));
    });
  }

  draw(count) {
    this.buttons = Array.from({ length: count }, (_, index) => this.#button(index + 1));
    this.root.replaceChildren(...this.buttons);
  }

  show(number, { answered, flagged, current }) {
    const button = this.buttons[number - 1];
    button.dataset.answered = answered ? "yes" : "no";
    button.dataset.flagged = flagged ? "yes" : "no";
    button.setAttribute("aria-current", current ? "step" : "false");
    const states = [answered ? this.words.answered : this.words.unanswered, flagged ? this.words.flagged : null];
    button.setAttribute("aria-label", `${number} ${states.filter(Boolean).join(this.words.comma)}`);
    if (current) this.#bringIntoView(button);
  }

  // Scrolls the sheet and nothing else: on a narrow screen scrollIntoView would carry the page away from the question.
  #bringIntoView(button) {
    const [sheet, place] = [this.root.getBoundingClientRect(), button.getBoundingClientRect()];
    if (place.top < sheet.top) this.root.scrollTop -= sheet.top - place.top + MARGIN;
    if (place.bottom > sheet.bottom) this.root.scrollTop += place.bottom - sheet.bottom + MARGIN;
  }

  #button(number) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sheet-number";
    button.dataset.number = number;
    button.textContent = number;
    return button;
  }
}
