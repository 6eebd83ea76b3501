// The exam room page. It works from memory: once the paper is here, only answers travel, and they may travel late.

import { one } from "../../components/browser/elements.js";
import { openModal } from "../../components/browser/modal.js";
import { Refused } from "../../components/browser/sending.js";
import { Centre, ask } from "./centre.js";
import { Countdown } from "./countdown.js";
import { Desk } from "./desk.js";
import { leave, tellTimeIsOver, untilClosed } from "./ending.js";
import { Journal } from "./journal.js";
import { Languages } from "./languages.js";
import { attempt, isOver, part, room, say, stop, words } from "./place.js";
import { Question } from "./question.js";
import { Sheet } from "./sheet.js";

const CONTACT_EVERY = 15000;
const TRY_AGAIN_AFTER = 2000;
const A_LOOK = 700; // ms: what is only paged over was not looked at

/** @typedef {import("./journal.js").Standing} Standing */
/** @typedef {import("./centre.js").News} News */
/** @typedef {{languages: import("./languages.js").Language[], questions: import("./question.js").Asked[]}} Paper */
/** @typedef {News & {sequence: number, paper: Paper, standing: Record<string, Standing>}} Given */

/** @type {Standing} */
const EMPTY = { answer: null, flagged: false };
const desk = new Desk(attempt);

class Room {
  /** @param {Given} given */
  constructor(given) {
    this.questions = given.paper.questions;
    this.confirmed = given.sequence;
    this.journal = new Journal(attempt);
    this.standing = standing(given, this.journal);
    this.number = this.#resumeAt();
    this.isOver = false;
    this.looking = 0;
    this.languages = new Languages({
      root: one("[data-part=language]", HTMLSelectElement),
      label: part("languages"),
      offered: given.paper.languages,
      onChange: () => this.#draw(),
    });
    this.centre = new Centre({
      attempt,
      desk: desk.token,
      journal: this.journal,
      onChange: () => this.#showSaved(),
      onRefused: (problem) => this.#refused(problem),
      onNews: (news) => this.#news(news),
    });
    this.countdown = new Countdown({
      shown: part("time"),
      announced: part("announced"),
      words: words.time,
      onOver: () => this.#timeIsUp(),
    });
    this.sheet = new Sheet({ root: part("sheet"), words: words.sheet, onChoose: (number) => this.#choose(number) });
    this.question = new Question({
      root: part("question"),
      words: words.question,
      onAnswer: (answer) => this.#write({ answer }),
      onFlag: () => this.#write({ flagged: !this.#at(this.number).flagged }),
      onMove: (by) => this.go(this.number + by),
    });
  }

  /** @param {Given} given */
  open(given) {
    this.sheet.draw(this.questions.length);
    for (const { number } of this.questions) this.#mark(number);
    this.countdown.set(given);
    part("hand-in").addEventListener("click", () => this.#askToHandIn());
    part("hand-in-yes").addEventListener("click", () => this.#handIn());
    setInterval(() => this.centre.contact(), CONTACT_EVERY);
    room.dataset.state = "ready";
    this.go(this.number);
    this.question.focus();
    this.#showSaved();
    this.centre.send();
  }

  // Where the candidate was: the first question that is still empty, else the first.
  #resumeAt() {
    const empty = this.questions.find((question) => this.#at(question.number).answer === null);
    return empty?.number ?? 1;
  }

  /** @param {number} number */
  #at(number) {
    return this.standing.get(number) ?? EMPTY;
  }

  /** @param {number} number */
  go(number) {
    const before = this.number;
    this.number = Math.min(Math.max(number, 1), this.questions.length);
    this.#mark(before);
    this.#mark(this.number);
    this.#draw();
    clearTimeout(this.looking);
    this.looking = window.setTimeout(() => this.#look(), A_LOOK);
  }

  #look() {
    if (!this.isOver) this.journal.look(this.number, this.confirmed);
  }

  // Who chooses a question on the sheet goes to it: the keys answer where the focus is.
  /** @param {number} number */
  #choose(number) {
    this.go(number);
    this.question.focus();
  }

  #draw() {
    const place = { first: this.number === 1, last: this.number === this.questions.length };
    const question = this.questions[this.number - 1];
    const said = this.languages.said(question);
    this.question.show(question, said, { language: this.languages.now, ...this.#at(this.number), ...place });
    this.#count();
  }

  /** @param {Partial<Standing>} change */
  #write(change) {
    if (this.isOver) return;
    const at = { ...this.#at(this.number), ...change };
    this.standing.set(this.number, at);
    this.journal.write(this.number, at, this.confirmed);
    this.question.flagged(at.flagged);
    this.#mark(this.number);
    this.#count();
    this.#showSaved();
    this.centre.written();
  }

  /** @param {number} number */
  #mark(number) {
    const { answer, flagged } = this.#at(number);
    this.sheet.show(number, { answered: answer !== null, flagged, current: number === this.number });
  }

  #counts() {
    const all = [...this.standing.values()];
    const answered = all.filter((at) => at.answer !== null).length;
    return { answered, unanswered: all.length - answered, flagged: all.filter((at) => at.flagged).length };
  }

  #count() {
    const { answered } = this.#counts();
    const count = words.sheet.count.replace("{n}", String(answered));
    part("count").textContent = count.replace("{all}", String(this.questions.length));
  }

  /** @param {News} news */
  #news({ now, deadline, sequence }) {
    if (sequence !== undefined) this.confirmed = Math.max(this.confirmed, sequence);
    this.countdown.set({ now, deadline });
  }

  /** @param {Refused} problem */
  #refused(problem) {
    // This machine remembers acts that were overtaken elsewhere: what the centre has counts.
    if (problem.kind === "OutOfStep") {
      this.journal.clear();
      location.reload();
      return;
    }
    if (isOver(problem)) {
      this.#end();
      return;
    }
    stop(problem);
  }

  #showSaved() {
    const waiting = this.journal.answers.length;
    const isThere = waiting === 0 && !this.centre.isAway;
    const away = this.centre.isAway ? words.saved.away : words.saved.waiting;
    say("saved-here", this.journal.kept ? "ok" : "danger", this.journal.kept ? words.saved.here : words.saved.notHere);
    say("saved-there", isThere ? "ok" : "soon", isThere ? words.saved.there : away.replace("{n}", String(waiting)));
    if (!part("time-over").hidden) tellTimeIsOver(this.journal);
  }

  #askToHandIn() {
    const { unanswered, flagged } = this.#counts();
    part("unanswered").textContent = String(unanswered);
    part("flagged").textContent = String(flagged);
    part("hand-in-trouble").hidden = true;
    openModal(part("hand-in-dialog"));
  }

  async #handIn() {
    const button = one("[data-part=hand-in-yes]", HTMLButtonElement);
    button.disabled = true;
    try {
      await this.centre.handIn();
      this.isOver = true;
      leave(this.journal);
    } catch (problem) {
      button.disabled = false;
      if (problem instanceof Refused) this.#refused(problem);
      else part("hand-in-trouble").hidden = false;
    }
  }

  async #timeIsUp() {
    if (this.isOver) return;
    part("time-over").hidden = false;
    tellTimeIsOver(this.journal);
    this.#close();
    await this.centre.send();
    untilClosed(this.journal);
  }

  // The centre takes nothing more, by its own clock or by a deed of the invigilators.
  #end() {
    const isAsking = this.isOver;
    this.#close();
    if (!isAsking) untilClosed(this.journal);
  }

  #close() {
    this.isOver = true;
    this.question.close();
    one("[data-part=hand-in]", HTMLButtonElement).disabled = true;
  }
}

/**
 * What each question stands at: empty, as the centre has it, or as this machine has written since.
 * @param {Given} given
 * @param {Journal} journal
 * @returns {Map<number, Standing>}
 */
function standing(given, journal) {
  const found = new Map(given.paper.questions.map((question) => [question.number, EMPTY]));
  for (const [number, at] of Object.entries(given.standing)) found.set(Number(number), at);
  for (const { question, answer, flagged } of journal.answers) found.set(question, { answer, flagged });
  return found;
}

/** @returns {Promise<void>} */
async function begin() {
  /** @type {Given} */
  let given;
  try {
    given = await ask("POST", `/exam-room/attempts/${attempt}/desk`, { desk: desk.token, before: desk.before });
  } catch (problem) {
    return notYet(problem);
  }
  desk.taken();
  part("waiting").hidden = true;
  new Room(given).open(given);
}

/** @param {unknown} problem */
function notYet(problem) {
  const journal = new Journal(attempt);
  if (problem instanceof Refused && isOver(problem) && journal.answers.length > 0) return untilClosed(journal);
  if (problem instanceof Refused) return stop(problem);
  part("waiting").hidden = false;
  setTimeout(begin, TRY_AGAIN_AFTER);
}

part("stopped").addEventListener("cancel", (event) => event.preventDefault());
begin();
