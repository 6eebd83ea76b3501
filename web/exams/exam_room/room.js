// The exam room page. It works from memory: once the paper is here, only answers travel, and they may travel late.

import { Centre, Refused, ask } from "./centre.js";
import { Countdown } from "./countdown.js";
import { Journal } from "./journal.js";
import { Question } from "./question.js";
import { Sheet } from "./sheet.js";

const CONTACT_EVERY = 15000;
const TRY_AGAIN_AFTER = 2000;

const room = document.getElementById("room");
const words = JSON.parse(room.dataset.words);
const attempt = room.dataset.attempt;
const part = (name) => document.querySelector(`[data-part=${name}]`);

// One token a tab: it survives a reload, and another tab or machine does not have it.
function deskToken() {
  const key = `anpei.desk.${attempt}`;
  const known = sessionStorage.getItem(key);
  if (known) return known;
  const token = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(key, token);
  return token;
}

class Room {
  constructor(given) {
    this.questions = given.paper.questions;
    this.standing = new Map(this.questions.map((question) => [question.number, { answer: "", flagged: false }]));
    for (const [number, at] of Object.entries(given.standing)) this.standing.set(Number(number), at);
    this.confirmed = given.sequence;
    this.journal = new Journal(attempt);
    for (const step of this.journal.steps) this.standing.set(step.question, { answer: step.answer, flagged: step.flagged });
    this.number = this.#resumeAt();
    this.isOver = false;
    this.#build(given);
  }

  #build(given) {
    this.centre = new Centre({
      attempt,
      desk: deskToken(),
      journal: this.journal,
      onChange: () => this.#showSaved(),
      onRefused: (problem) => stop(problem),
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
    const empty = this.questions.find((question) => this.standing.get(question.number).answer === "");
    return empty?.number ?? 1;
  }

  go(number) {
    const before = this.number;
    this.number = Math.min(Math.max(number, 1), this.questions.length);
    this.#mark(before);
    this.#mark(this.number);
    this.#draw();
  }

  #draw() {
    const at = this.standing.get(this.number);
    const place = { first: this.number === 1, last: this.number === this.questions.length };
    this.question.show(this.questions[this.number - 1], { ...at, ...place });
    this.#count();
  }

  #write(change) {
    if (this.isOver) return;
    const at = { ...this.standing.get(this.number), ...change };
    this.standing.set(this.number, at);
    this.journal.add({ sequence: this.journal.next(this.confirmed), question: this.number, ...at });
    this.question.flag.setAttribute("aria-pressed", at.flagged ? "true" : "false");
    this.#mark(this.number);
    this.#count();
    this.#showSaved();
    this.centre.send();
  }

  #mark(number) {
    const { answer, flagged } = this.standing.get(number);
    this.sheet.show(number, { answered: answer !== "", flagged, current: number === this.number });
  }

  #counts() {
    const all = [...this.standing.values()];
    const answered = all.filter((at) => at.answer !== "").length;
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

  #showSaved() {
    const waiting = this.journal.steps.length;
    const here = part("saved-here");
    here.dataset.state = this.journal.kept ? "ok" : "danger";
    here.querySelector("span").textContent = this.journal.kept ? words.saved.here : words.saved.notHere;
    const there = part("saved-there");
    there.dataset.state = waiting === 0 && !this.centre.isAway ? "ok" : "soon";
    const away = this.centre.isAway ? words.saved.away : words.saved.waiting;
    there.querySelector("span").textContent = waiting === 0 && !this.centre.isAway ? words.saved.there : away.replace("{n}", waiting);
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
      this.#leave();
    } catch (problem) {
      if (problem instanceof Refused) stop(problem);
      part("hand-in-trouble").hidden = false;
      button.disabled = false;
    }
  }

  async #timeIsUp() {
    if (this.isOver) return;
    this.isOver = true;
    part("question").inert = true;
    part("hand-in").disabled = true;
    part("announced").textContent = words.time.over;
    part("time-over").hidden = false;
    await this.centre.send();
    this.#untilClosed();
  }

  async #untilClosed() {
    try {
      const { state } = await ask("GET", `/exam-room/attempts/${attempt}/state`);
      if (state !== "open") return this.#leave();
    } catch {
      // The network is away; the centre has handed in all the same.
    }
    setTimeout(() => this.#untilClosed(), TRY_AGAIN_AFTER);
  }

  #leave() {
    this.journal.clear();
    location.assign(`/exam-room/attempts/${attempt}/handed-in`);
  }
}

function stop(problem) {
  if (problem.kind === "AttemptIsOver" || problem.kind === "TimeIsUp") {
    location.assign(`/exam-room/attempts/${attempt}/handed-in`);
    return;
  }
  room.inert = true;
  part("stopped-sentence").textContent = problem.message;
  part("stopped").showModal();
}

async function begin() {
  try {
    new Room(await ask("POST", `/exam-room/attempts/${attempt}/desk`, { desk: deskToken() }));
  } catch (problem) {
    if (problem instanceof Refused) return stop(problem);
    part("waiting").hidden = false;
    setTimeout(begin, TRY_AGAIN_AFTER);
  }
}

begin();
