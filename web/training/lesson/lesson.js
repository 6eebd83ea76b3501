// The lesson's heartbeat. The server alone credits time; this page only says that it is there, and shows the answer.

const RETRY_MS = 5_000;
const ANSWERED_WITHIN_MS = 15_000; // a phone that loses its network between two masts leaves requests hanging
const TICK_MS = 1_000;
const STRETCH_JUMP = 1.5; // seconds between two reports of the player; more is a jump and not playing

const study = document.getElementById("study");
const film = document.getElementById("film");
const dialog = document.getElementById("presence");
const says = document.getElementById("study-says");
const shown = document.getElementById("study-credited");
const bar = document.getElementById("study-bar");
const again = document.getElementById("study-again");
const lost = document.getElementById("study-lost");
const here = document.getElementById("presence-here");
const facts = study.dataset;

const needed = Number(facts.needed);
let session = null;
let sequence = 0;
let beatMs = 10_000;
let credited = Number(facts.credited);
let played = Number(facts.videoPlayed);
let settledAt = null; // when the server last credited time: between its answers the figure moves by itself
let waiting = null; // a beat that was sent and not answered; it is sent again as it was
let answerBy = null;
let timer = 0;
let stretch = null; // seconds of the film, from and to

function clock(ms) {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function say(state) {
  study.dataset.state = state;
  const reached = state === "counting" && credited >= needed;
  says.textContent = facts[`says${(reached ? "reached" : state).replace(/^./, (c) => c.toUpperCase())}`];
}

function show() {
  const moving = settledAt === null ? 0 : Math.min(performance.now() - settledAt, beatMs);
  const now = Math.max(credited, credited < needed ? Math.min(credited + moving, needed) : credited);
  shown.textContent = clock(now);
  bar.value = Math.min(now, needed);
}

async function post(address, body) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body ?? {}),
    signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
  });
  if (response.status >= 500) throw new Error("The server cannot answer now.");
  return response.ok ? response.json() : { refused: response.status, ...(await response.json().catch(() => ({}))) };
}

function changed() {
  document.body.dispatchEvent(new CustomEvent("study-changed"));
}

function stop(state) {
  clearTimeout(timer);
  session = null;
  waiting = null;
  settledAt = null;
  closeDialog();
  say(state);
  again.hidden = !["elsewhere", "absent"].includes(state);
  show();
}

// What the server answered, after a beat or after the presence check.
function settle(told) {
  const before = { credited, played };
  credited = told.credited_ms;
  played = told.video_played_ms ?? played;
  settledAt = told.ended || told.full || told.answer_within !== null ? null : performance.now();
  if (told.ended === "new_day") return open();
  if (told.ended) return stop(told.ended === "done" ? "hidden" : told.ended);
  if (told.answer_within !== null) ask(told.answer_within);
  else {
    closeDialog();
    say(told.full && credited < needed ? "full" : "counting");
  }
  show();
  const video = Number(facts.video);
  const isCovered = (ms) => video > 0 && ms * 100 >= video * 95;
  if ((before.credited < needed) !== (credited < needed) || isCovered(before.played) !== isCovered(played)) changed();
  return next(beatMs);
}

function next(ms) {
  clearTimeout(timer);
  // Towards the end a shorter step, so that nobody waits for a beat after the time is reached.
  const left = needed - credited;
  timer = setTimeout(beat, left > 0 ? Math.max(1_000, Math.min(ms, left + 300)) : ms);
}

async function open() {
  again.hidden = true;
  say("starting");
  try {
    const told = await post(facts.sessions);
    if (told.refused) return stop(told.refused === 401 ? "lost" : "refused");
    session = told.session;
    sequence = 0;
    waiting = null;
    beatMs = told.beat_seconds * 1_000;
    lost.hidden = told.credited_ms >= credited; // the page before this one was asked and closed without an answer
    return settle(told);
  } catch {
    say("offline");
    timer = setTimeout(open, RETRY_MS);
  }
  return undefined;
}

function isHere() {
  return document.visibilityState === "visible" || Boolean(film && !film.paused && !film.ended);
}

function place() {
  const whole = document.documentElement.scrollHeight - window.innerHeight;
  return whole > 0 ? Math.max(0, Math.min(1_000, Math.round((window.scrollY / whole) * 1_000))) : 0;
}

function takeStretch() {
  if (!stretch || stretch[1] <= stretch[0]) return [0, 0];
  const taken = stretch.map((seconds) => Math.round(seconds * 1_000));
  stretch = film.paused ? null : [stretch[1], stretch[1]];
  return taken;
}

async function beat() {
  if (session === null) return;
  if (!isHere() && answerBy === null) {
    settledAt = null;
    say("hidden");
    return;
  }
  if (waiting === null) {
    sequence += 1;
    waiting = { session, sequence, played: takeStretch(), place: place() };
  }
  try {
    const told = await post("/lesson/beats", waiting);
    waiting = null;
    if (told.refused) stop(told.refused === 401 || told.refused === 404 ? "lost" : "refused");
    else settle(told);
  } catch {
    settledAt = null;
    say("offline");
    show();
    timer = setTimeout(beat, RETRY_MS);
  }
}

function ask(seconds) {
  answerBy = performance.now() + seconds * 1_000;
  say("asked");
  if (dialog.open) return;
  film?.pause();
  dialog.showModal();
}

function closeDialog() {
  answerBy = null;
  if (dialog.open) dialog.close();
}

async function answer() {
  here.disabled = true; // a second tap would answer a question that stands no longer
  try {
    const told = await post("/lesson/presence", { session });
    if (told.refused === 401) stop("lost");
    else if (told.refused) {
      // An earlier answer may have arrived and only its echo was lost, or the time was up: the next beat says which.
      answerBy = null;
      beat();
    } else settle(told);
  } catch {
    say("offline");
  } finally {
    here.disabled = false;
  }
}

function tick() {
  show();
  if (answerBy !== null) {
    document.getElementById("presence-left").textContent = clock(Math.max(0, answerBy - performance.now()));
  }
}

// Only what was really played counts: a jump begins a new stretch, and the speed stays normal.
function watch() {
  const at = film.currentTime;
  if (film.paused || film.seeking) return;
  if (stretch && at >= stretch[1] && at - stretch[1] <= STRETCH_JUMP) stretch[1] = at;
  else stretch = [at, at];
}

function prepareFilm() {
  const at = Number(facts.videoAt) / 1_000;
  const video = Number(facts.video) / 1_000;
  if (at > 1 && at < video - 1) film.addEventListener("loadedmetadata", () => (film.currentTime = at), { once: true });
  film.addEventListener("timeupdate", watch);
  film.addEventListener("seeking", () => (stretch = null));
  film.addEventListener("ratechange", () => (film.playbackRate = 1));
  for (const moment of ["pause", "ended"]) {
    film.addEventListener(moment, () => {
      watch();
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

function start() {
  if (film) prepareFilm();
  again.querySelector("button").addEventListener("click", open);
  here.addEventListener("click", answer);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("online", comeBack);
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail?.ctx?.target?.id?.startsWith("check-")) changed();
  });
  document.addEventListener("htmx:error", (event) => {
    const unsent = event.target.closest?.("form.check")?.querySelector("[data-unsent]");
    if (unsent) unsent.hidden = false;
  });
  window.addEventListener("load", goWhereILeft);
  setInterval(tick, TICK_MS);
  open();
}

if (facts.live === "yes") start();
