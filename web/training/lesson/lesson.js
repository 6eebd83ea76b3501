// The lesson's heartbeat. The server alone credits time; this page only says that it is there, and shows the answer.

import { one } from "../../components/browser/elements.js";
import { about } from "../../components/browser/htmx.js";
import { closeModal, isModalOpen, openModal } from "../../components/browser/modal.js";
import { Refused, Sender, ask as askOnce } from "../../components/browser/sending.js";
import { Stretch } from "./stretch.js";

/**
 * @typedef {object} Told what the server credits, and what it wants to know
 * @property {number} credited_ms
 * @property {number} [video_played_ms]
 * @property {boolean} full
 * @property {number | null} answer_within seconds left to say "I am here"; null when nobody was asked
 * @property {string | null} ended
 */
/** @typedef {{session: string, sequence: number, played: [number, number], place: number}} Beat */
/** @typedef {"starting" | "counting" | "hidden" | "offline" | "asked" | "full" | "elsewhere" | "absent" | "withdrawn" | "lost" | "refused"} State */

const RETRY_MS = 5_000;
const ANSWERED_WITHIN_MS = 15_000; // a phone that loses its network between two masts leaves requests hanging
const TICK_MS = 1_000;
const COVERED = 95; // percent of the film

const study = one("#study", HTMLElement);
const facts = study.dataset;
const needed = Number(facts.needed);
/** @type {HTMLVideoElement | null} */
const film = document.querySelector("video#film");
const dialog = one("#presence", HTMLElement);

/** @type {string | null} */
let session = null;
let sequence = 0;
let beatMs = 10_000;
let credited = Number(facts.credited);
let played = Number(facts.videoPlayed);
/** @type {number | null} when the server last credited time: between its answers the figure moves by itself */
let settledAt = null;
/** @type {Beat | null} */
let waiting = null;
/** @type {number | null} */
let answerBy = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer = undefined;
const stretch = new Stretch();

/** @type {Sender<Beat, Told>} */
const sender = new Sender({
  next: () => (mayBeat() ? waiting : null),
  deliver: (sent) => post("/lesson/beats", sent),
  confirm: (sent, told) => {
    if (sent !== waiting) return; // the session that it was about has ended on this page
    waiting = null;
    settle(told);
  },
  onRefused: (problem) => stop([401, 404].includes(problem.status) ? "lost" : "refused"),
  onChange: () => {
    if (sender.isAway && isHere()) isOffline();
  },
  waits: [RETRY_MS],
});

/** @param {number} ms */
function clock(ms) {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {State} state */
function say(state) {
  study.dataset.state = state;
  const sentence = state === "counting" && credited >= needed ? "reached" : state;
  one("#study-says", HTMLElement).textContent = facts[`says${sentence.replace(/^./, (c) => c.toUpperCase())}`] ?? "";
}

function show() {
  const moving = settledAt === null ? 0 : Math.min(performance.now() - settledAt, beatMs);
  const now = credited < needed ? Math.min(credited + moving, needed) : credited;
  one("#study-credited", HTMLElement).textContent = clock(now);
  one("#study-bar", HTMLProgressElement).value = Math.min(now, needed);
}

function isOffline() {
  settledAt = null;
  say("offline");
  show();
}

/**
 * @param {string} address
 * @param {unknown} body
 */
function post(address, body = {}) {
  return askOnce("POST", address, body, { giveUpAfter: ANSWERED_WITHIN_MS });
}

function changed() {
  document.body.dispatchEvent(new CustomEvent("study-changed"));
}

/** @param {State} state */
function stop(state) {
  clearTimeout(timer);
  sender.stop();
  session = null;
  waiting = null;
  settledAt = null;
  closeDialog();
  say(state);
  one("#study-again", HTMLElement).hidden = !["elsewhere", "absent"].includes(state);
  show();
}

/**
 * What the server answered, after a beat or after the presence check.
 * @param {Told} told
 */
function settle(told) {
  const before = { isReached: credited >= needed, isCovered: isCovered(played) };
  credited = told.credited_ms;
  played = told.video_played_ms ?? played;
  settledAt = told.ended || told.full || told.answer_within !== null ? null : performance.now();
  if (told.ended === "new_day") return void open();
  if (told.ended) return stop(told.ended === "done" ? "hidden" : /** @type {State} */ (told.ended));
  if (told.answer_within !== null) askWhetherHere(told.answer_within);
  else {
    closeDialog();
    say(told.full && credited < needed ? "full" : "counting");
  }
  show();
  if (before.isReached !== credited >= needed || before.isCovered !== isCovered(played)) changed();
  next(beatMs);
}

/** @param {number} ms */
function isCovered(ms) {
  const video = Number(facts.video);
  return video > 0 && ms * 100 >= video * COVERED;
}

/** @param {number} ms */
function next(ms) {
  clearTimeout(timer);
  // Towards the end a shorter step, so that nobody waits for a beat after the time is reached.
  const left = needed - credited;
  timer = setTimeout(beat, left > 0 ? Math.max(1_000, Math.min(ms, left + 300)) : ms);
}

async function open() {
  clearTimeout(timer);
  one("#study-again", HTMLElement).hidden = true;
  say("starting");
  try {
    /** @type {Told & {session: string, beat_seconds: number}} */
    const told = await post(facts.sessions ?? "");
    session = told.session;
    sequence = 0;
    waiting = null;
    beatMs = told.beat_seconds * 1_000;
    // The page before this one was asked and closed without an answer.
    one("#study-lost", HTMLElement).hidden = told.credited_ms >= credited;
    sender.start();
    settle(told);
  } catch (problem) {
    if (problem instanceof Refused) return stop(problem.status === 401 ? "lost" : "refused");
    say("offline");
    timer = setTimeout(open, RETRY_MS);
  }
}

function isHere() {
  return document.visibilityState === "visible" || Boolean(film && !film.paused && !film.ended);
}

// Whoever is not here sends no sign of life, and what was not answered waits until they come back.
function mayBeat() {
  if (waiting === null || isHere() || answerBy !== null) return true;
  settledAt = null;
  say("hidden");
  return false;
}

function place() {
  const whole = document.documentElement.scrollHeight - window.innerHeight;
  return whole > 0 ? Math.max(0, Math.min(1_000, Math.round((window.scrollY / whole) * 1_000))) : 0;
}

function beat() {
  if (session === null) return;
  if (waiting === null) {
    if (!isHere() && answerBy === null) {
      settledAt = null;
      say("hidden");
      return;
    }
    sequence += 1;
    waiting = { session, sequence, played: stretch.take(Boolean(film?.paused)), place: place() };
  }
  sender.send();
}

/** @param {number} seconds */
function askWhetherHere(seconds) {
  answerBy = performance.now() + seconds * 1_000;
  say("asked");
  if (isModalOpen(dialog)) return;
  film?.pause();
  openModal(dialog);
}

function closeDialog() {
  answerBy = null;
  closeModal(dialog);
}

async function answer() {
  const here = one("#presence-here", HTMLButtonElement);
  here.disabled = true; // a second tap would answer a question that stands no longer
  try {
    settle(await post("/lesson/presence", { session }));
  } catch (problem) {
    if (!(problem instanceof Refused)) say("offline");
    else if (problem.status === 401) stop("lost");
    else {
      // An earlier answer may have arrived and only its echo was lost, or the time was up: the next beat says which.
      answerBy = null;
      beat();
    }
  } finally {
    here.disabled = false;
  }
}

function tick() {
  show();
  if (answerBy !== null) {
    one("#presence-left", HTMLElement).textContent = clock(Math.max(0, answerBy - performance.now()));
  }
}

/** @param {HTMLVideoElement} video */
function watch(video) {
  if (!video.paused && !video.seeking) stretch.reach(video.currentTime);
}

/** @param {HTMLVideoElement} video */
function prepareFilm(video) {
  const at = Number(facts.videoAt) / 1_000;
  const length = Number(facts.video) / 1_000;
  if (at > 1 && at < length - 1) {
    video.addEventListener("loadedmetadata", () => (video.currentTime = at), { once: true });
  }
  video.addEventListener("timeupdate", () => watch(video));
  video.addEventListener("seeking", () => stretch.end());
  video.addEventListener("ratechange", () => (video.playbackRate = 1));
  for (const moment of ["pause", "ended"]) {
    video.addEventListener(moment, () => {
      watch(video);
      if (session !== null && waiting === null) next(300);
    });
  }
}

function comeBack() {
  if (document.visibilityState === "visible" && session !== null) beat();
}

function goWhereILeft() {
  const at = Number(facts.place);
  if (at < 20 || at > 950 || location.hash) return;
  const whole = document.documentElement.scrollHeight - window.innerHeight;
  window.scrollTo({ top: (whole * at) / 1_000 });
}

/** @param {Event} event of htmx: the answer to a question did not leave */
function tellUnsent(event) {
  const form = event.target instanceof Element ? event.target.closest("form.check") : null;
  const unsent = form?.querySelector("[data-unsent]");
  if (unsent instanceof HTMLElement) unsent.hidden = false;
}

function start() {
  if (film) prepareFilm(film);
  one("#study-again button", HTMLElement).addEventListener("click", open);
  one("#presence-here", HTMLElement).addEventListener("click", answer);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("online", comeBack);
  document.addEventListener("htmx:after:swap", (event) => {
    if (about(event).target?.id.startsWith("check-")) changed();
  });
  document.addEventListener("htmx:error", tellUnsent);
  window.addEventListener("load", goWhereILeft);
  setInterval(tick, TICK_MS);
  open();
}

if (facts.live === "yes") start();
