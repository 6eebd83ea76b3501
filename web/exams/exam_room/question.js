// One question, large, with options that can be hit anywhere along the row.

const LETTERS = /^[a-f]$/i;
const FLAG_KEY = "g"; // F is an option's letter
const PAGING = ["ArrowLeft", "ArrowRight"];

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
    const losesFocus = this.options.contains(document.activeElement);
    const { kinds, mark, marks, heading } = this.words;
    this.heading.textContent = heading
      .replace("{number}", question.number)
      .replace("{kind}", kinds[question.kind])
      .replace("{marks}", question.marks === "1" ? mark : marks.replace("{n}", question.marks));
    this.stem.textContent = question.stem;
    this.several = question.kind === "multiple_choice";
    this.options.replaceChildren(...choices(question, this.words).map((choice) => this.#row(choice, answer)));
    this.flagged(flagged);
    this.previous.disabled = first;
    this.next.disabled = last;
    if (losesFocus) this.heading.focus();
  }

  flagged(isFlagged) {
    this.flag.setAttribute("aria-pressed", isFlagged ? "true" : "false");
  }

  chosen() {
    return [...this.options.querySelectorAll("input:checked")].map((input) => input.value).join("");
  }

  #row([letter, sign, text], answer) {
    const row = document.createElement("label");
    row.className = "option-row";
    const input = document.createElement("input");
    input.type = this.several ? "checkbox" : "radio";
    input.name = "answer";
    input.value = letter;
    input.checked = answer.includes(letter);
    row.append(input, span("option-letter", sign), span("option-text", text));
    return row;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (this.root.inert) return;
    const act = this.#actOf(event.key);
    // A key that is leaned on is one press; only paging goes on. Enter on a button would press it again and again.
    if (event.repeat && !PAGING.includes(event.key)) {
      if (act || event.target.closest("button, input")) event.preventDefault();
      return;
    }
    if (!act) return;
    event.preventDefault();
    act();
  }

  #actOf(key) {
    if (key === "ArrowLeft" && !this.previous.disabled) return () => this.onMove(-1);
    if (key === "ArrowRight" && !this.next.disabled) return () => this.onMove(1);
    if (key.toLowerCase() === FLAG_KEY) return () => this.onFlag();
    const input = this.#inputOf(key);
    return input ? () => input.click() : null;
  }

  // A to F choose by place, so that A and B answer a true/false question too, whose letters are T and F.
  #inputOf(key) {
    if (!LETTERS.test(key)) return null;
    return this.options.querySelectorAll("input")[key.toLowerCase().charCodeAt(0) - 97];
  }
}

// The letter that is saved, the sign that is shown, the words.
function choices(question, words) {
  if (question.kind === "true_false") return [["T", "A", words.right], ["F", "B", words.wrong]];
  return question.options.map((option) => [option.letter, option.letter, option.text]);
}

function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}
