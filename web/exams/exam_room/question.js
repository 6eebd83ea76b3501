// One question, large: its frame, and in it the view of its kind.

import { VIEWS } from "../../components/kinds/index.js";

const FLAG_KEY = "g"; // F is an option's letter
const PAGING = ["ArrowLeft", "ArrowRight"];
const WRITES = "input[type=text], select, textarea"; // keys belong to what is written in

export class Question {
  constructor({ root, words, onAnswer, onFlag, onMove }) {
    Object.assign(this, { root, words, onAnswer, onFlag, onMove });
    this.heading = root.querySelector("[data-part=heading]");
    this.stem = root.querySelector("[data-part=stem]");
    this.options = root.querySelector("[data-part=options]");
    this.flag = root.querySelector("[data-part=flag]");
    this.previous = root.querySelector("[data-part=previous]");
    this.next = root.querySelector("[data-part=next]");
    this.drafts = new Map(); // what is not yet an answer, by number: it stays when the page is turned
    this.flag.addEventListener("click", () => onFlag());
    this.previous.addEventListener("click", () => onMove(-1));
    this.next.addEventListener("click", () => onMove(1));
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  // said: { stem, shown } in the candidate's language; language: { tag, direction }.
  show(question, said, { language, answer, flagged, first, last }) {
    const losesFocus = this.options.contains(document.activeElement);
    const { kinds, mark, marks, heading } = this.words;
    this.heading.textContent = heading
      .replace("{number}", question.number)
      .replace("{kind}", kinds[question.kind])
      .replace("{marks}", question.marks === "1" ? mark : marks.replace("{n}", question.marks));
    for (const place of [this.stem, this.options]) Object.assign(place, { lang: language.tag, dir: language.direction });
    this.stem.textContent = said.stem;
    if (!this.drafts.has(question.number)) this.drafts.set(question.number, {});
    this.#view(question.kind).show(said.shown, answer, this.drafts.get(question.number));
    this.flagged(flagged);
    this.previous.disabled = first;
    this.next.disabled = last;
    if (losesFocus) this.heading.focus();
  }

  flagged(isFlagged) {
    this.flag.setAttribute("aria-pressed", isFlagged ? "true" : "false");
  }

  // A view is made anew for each question: nothing of the last one stays in it.
  #view(kind) {
    const root = document.createElement("div");
    root.className = "room-options";
    root.dataset.kind = kind;
    this.options.replaceChildren(root);
    const template = document.querySelector(`template[data-kind=${kind}]`);
    this.view = new VIEWS[kind]({ root, template, onAnswer: (answer) => this.onAnswer(answer) });
    return this.view;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (this.root.inert || event.target.closest(WRITES)) return;
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
    return this.view?.actOf(key) ?? null;
  }
}
