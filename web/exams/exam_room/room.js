// The exam room page. It works from memory: once the paper is here, only answers travel, and they may travel late.

import { Centre, Refused, ask } from "./centre.js";
import { Countdown } from "./countdown.js";
import { Desk } from "./desk.js";
import { Journal } from "./journal.js";
import { Languages } from "./languages.js";
import { Question } from "./question.js";
import { Sheet } from "./sheet.js";

const CONTACT_EVERY = 15000;
const TRY_AGAIN_AFTER = 2000;
const A_LOOK = 700; // ms: what is only paged over was not looked at
const OVER = ["AttemptIsOver", "TimeIsUp"];
const SIGNED_OUT = ["SignInFirst", "SessionIsOver"];

const room = document.getElementById("room");
const words = JSON.parse(room.dataset.words);
const attempt = room.dataset.attempt;
const part = (name) => document.querySelector(`[data-part=${name}]`);
const desk = new Desk(attempt);

class Room {
  constructor(given) {
    this.questions = given.paper.questions;
    this.standing = new Map(this.questions.map((question) => [question.number, { answer: null, flagged: false }]));
    for (const [number, at] of Object.entries(given.standing)) this.standing.set(Number(number), at);
    this.confirmed = given.sequence;
    this.journal = new Journal(attempt);
    for (const step of this.journal.answers) this.standing.set(step.question, { answer: step.answer, flagged: step.flagged });
    this.number = this.#resumeAt();
    this.isOver = false;
    this.#build(given);
  }

  #build(given) {
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
    this.sheet = new Sheet({ root: part("sheet"), words: words.sheet, onChoose: (number) => this.go(number) });
    this.question = new Question({
      root: part("question"),
      words: words.question,
      onAnswer: (answer) => this.#write({ answer }),
      onFlag: () => this.#write({ flagged: !this.standing.get(this.number).flagged }),
      onMove: (by) => this.go(this.number + by),
    });
    this.languages = new Languages({ root: part("language"), offered: given.paper.languages, onChange: () => this.#draw() });
    this.sheet.draw(this.questions.length);
    for (const { number } of this.questions) this.#mark(number);
    this.countdown.set(given);
    part("hand-in").addEventListener("click", () => this.#askToHandIn());
    part("hand-in-yes").addEventListener("click", () => this.#handIn());
    setInterval(() => this.centre.contact(), CONTACT_EVERY);
    room.dataset.state = "ready";
    this.go(this.number);
    this.#showSaved();
    this.centre.send();
  }

  // Where the candidate was: the first question that is still empty, else the first.
  #resumeAt() {
    const empty = this.questions.find((question) => this.standing.get(question.number).answer === null);
    return empty?.number ?? 1;
  }

  go(number) {
    const before = this.number;
    this.number = Math.min(Math.max(number, 1), this.questions.length);
    this.#mark(before);
    this.#mark(this.number);
    this.#draw();
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.#look(), A_LOOK);
  }

  #look() {
    if (!this.isOver) this.journal.look(this.number, this.confirmed);
  }

  #draw() {
    const at = this.standing.get(this.number);
    const place = { first: this.number === 1, last: this.number === this.questions.length };
    const question = this.questions[this.number - 1];
    this.question.show(question, this.languages.said(question), { language: this.languages.now, ...at, ...place });
    this.#count();
  }

  #write(change) {
    if (this.isOver) return;
    const at = { ...this.standing.get(this.number), ...change };
    this.standing.set(this.number, at);
    this.journal.write(this.number, at, this.confirmed);
    this.question.flagged(at.flagged);
    this.#mark(this.number);
    this.#count();
    this.#showSaved();
    this.centre.written();
  }

  #mark(number) {
    const { answer, flagged } = this.standing.get(number);
    this.sheet.show(number, { answered: answer !== null, flagged, current: number === this.number });
  }

  #counts() {
    const all = [...this.standing.values()];
    const answered = all.filter((at) => at.answer !== null).length;
    return { answered, unanswered: all.length - answered, flagged: all.filter((at) => at.flagged).length };
  }

  #count() {
    const { answered } = this.#counts();
    part("count").textContent = words.sheet.count.replace("{n}", answered).replace("{all}", this.questions.length);
  }

  #news({ now, deadline, sequence }) {
    if (sequence !== undefined) this.confirmed = Math.max(this.confirmed, sequence);
    this.countdown.set({ now, deadline });
  }

  #refused(problem) {
    // This machine remembers acts that were overtaken elsewhere: what the centre has counts.
    if (problem.kind === "OutOfStep") {
      this.journal.clear();
      location.reload();
      return;
    }
    if (OVER.includes(problem.kind)) {
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
    say("saved-there", isThere ? "ok" : "soon", isThere ? words.saved.there : away.replace("{n}", waiting));
    if (!part("time-over").hidden) tellTimeIsOver(this.journal);
  }

  #askToHandIn() {
    const { unanswered, flagged } = this.#counts();
    part("unanswered").textContent = unanswered;
    part("flagged").textContent = flagged;
    part("hand-in-trouble").hidden = true;
    part("hand-in-dialog").showModal();
  }

  async #handIn() {
    const button = part("hand-in-yes");
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
    part("question").inert = true;
    part("hand-in").disabled = true;
  }
}

// Only what is true: whether the last answers have arrived is known when the centre has said so.
function tellTimeIsOver(journal) {
  const text = journal.answers.length === 0 ? words.time.arrived : words.time.over;
  if (part("time-over").textContent === text) return;
  part("time-over").textContent = text;
  part("announced").textContent = text;
}

// Ask until the attempt is closed at the centre, then go to the receipt.
async function untilClosed(journal) {
  try {
    const { state, now, deadline, sequence } = await ask("GET", `/exam-room/attempts/${attempt}/state`);
    journal.confirm(journal.steps.map((step) => step.sequence).filter((number) => number <= sequence));
    if (state !== "open") return leave(journal);
    if (Date.parse(deadline) > Date.parse(now)) return location.reload(); // time was given at the last moment
  } catch (problem) {
    if (problem instanceof Refused) return stop(problem);
    // The network is away; the centre hands in all the same.
  }
  setTimeout(() => untilClosed(journal), TRY_AGAIN_AFTER);
}

// To the receipt, unless something that was written here never reached the centre: then it is kept, and said.
function leave(journal) {
  const lost = new Set(journal.answers.map((step) => step.question)).size;
  if (lost === 0) {
    journal.clear();
    location.assign(`/exam-room/attempts/${attempt}/handed-in`);
    return;
  }
  part("stopped-leave").hidden = true;
  show(words.stopped.raiseHand, words.stopped.lost.replace("{n}", lost));
}

function say(name, state, text) {
  part(name).dataset.state = state;
  part(name).querySelector("span").textContent = text;
}

function stop(problem) {
  if (OVER.includes(problem.kind)) {
    location.assign(`/exam-room/attempts/${attempt}/handed-in`);
    return;
  }
  const isSignedOut = SIGNED_OUT.includes(problem.kind);
  part("stopped-sign-in").hidden = !isSignedOut;
  show(isSignedOut ? words.stopped.signIn : words.stopped.raiseHand, problem.message);
}

function show(title, sentence) {
  room.inert = true;
  part("hand-in-dialog").close();
  part("stopped-title").textContent = title;
  part("stopped-sentence").textContent = sentence;
  if (!part("stopped").open) part("stopped").showModal();
}

async function begin() {
  try {
    const given = await ask("POST", `/exam-room/attempts/${attempt}/desk`, { desk: desk.token, before: desk.before });
    desk.taken();
    part("waiting").hidden = true;
    new Room(given);
  } catch (problem) {
    const journal = new Journal(attempt);
    if (problem instanceof Refused && OVER.includes(problem.kind) && journal.answers.length > 0) return untilClosed(journal);
    if (problem instanceof Refused) return stop(problem);
    part("waiting").hidden = false;
    setTimeout(begin, TRY_AGAIN_AFTER);
  }
}

part("stopped").addEventListener("cancel", (event) => event.preventDefault());
begin();
