// One question, large, with options that can be hit anywhere along the row.

const LETTERS = /^[a-f]$/i;

export class Question {
  constructor({ root, words, onAnswer, onFlag, onMove }) {
    Object.assign(this, { root, words, onAnswer, onFlag, onMove });
    this.heading = root.querySelector("[data-part=heading]");
    this.stem = root.querySelector("[data-part=stem]");
    this.options = root.querySelector("[data-part=options]");
    this.flag = root.querySelector("[data-part=flag]");
    this.previous = root.querySelector("[data-part=previous]");
    this.next = root.querySelector("[data-part=next]");
    this.options.addEventListener("change", () => onAnswer(this.chosen()));
    this.flag.addEventListener("click", () => onFlag());
    this.previous.addEventListener("click", () => onMove(-1));
    this.next.addEventListener("click", () => onMove(1));
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  show(question, { answer, flagged, first, last }) {
    const kind = this.words.kinds[question.kind];
    const marks = this.words.marks.replace("{n}", question.marks);
    this.heading.textContent = `${question.number}. ${kind}${this.words.open}${marks}${this.words.close}`;
    this.stem.textContent = question.stem;
    this.several = question.kind === "multiple_choice";
    this.letters = choices(question, this.words).map(([letter]) => letter);
    this.options.replaceChildren(...choices(question, this.words).map((choice) => this.#row(choice, answer)));
    this.flag.setAttribute("aria-pressed", flagged ? "true" : "false");
    this.previous.disabled = first;
    this.next.disabled = last;
  }

  chosen() {
    return [...this.options.querySelectorAll("input:checked")].map((input) => input.value).join("");
  }

  #row([letter, text], answer) {
    const row = document.createElement("label");
    row.className = "option-row";
    const input = document.createElement("input");
    input.type = this.several ? "checkbox" : "radio";
    input.name = "answer";
    input.value = letter;
    input.checked = answer.includes(letter);
    const sign = document.createElement("span");
    sign.className = "option-letter";
    sign.textContent = this.words.letters[letter] ?? letter;
    const words = document.createElement("span");
    words.textContent = text;
    row.append(input, sign, words);
    return row;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const act = this.#actOf(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  #actOf(key) {
    if (key === "ArrowLeft" && !this.previous.disabled) return () => this.onMove(-1);
    if (key === "ArrowRight" && !this.next.disabled) return () => this.onMove(1);
    if (key.toLowerCase() === "g") return () => this.onFlag();
    const input = this.#inputOf(key);
    return input ? () => input.click() : null;
  }

  // A to F choose by place, so that A and B answer a true/false question too, whose letters are T and F.
  #inputOf(key) {
    if (!LETTERS.test(key)) return null;
    return this.options.querySelectorAll("input")[key.toLowerCase().charCodeAt(0) - 97];
  }
}

function choices(question, words) {
  if (question.kind === "true_false") return [["T", words.right], ["F", words.wrong]];
  return question.options.map((option) => [option.letter, option.text]);
}
