// The candidate's hands. Every deed goes to the server with the next number; the server stamps, replays and answers with
// what can be seen now. Nothing is decided or timed here, so a reload, a lost network or another tab loses nothing.

const sim = document.getElementById("sim");
const scene = document.getElementById("scene");
const address = sim.dataset.address;
const windFrom = sim.dataset.wind;
const words = Object.fromEntries([...document.querySelectorAll("#words [data-word]")].map((item) => [item.dataset.word, item.textContent]));

const FIRE = { x: 430, y: 340 };
const METRE = 22;
const POLL_MS = 700; // while agent flows or somebody watches the ashes
const CALM_MS = 2000; // while only the fire lives; every deed is answered at once anyway
const RETRY_MS = 1500;
const ANSWERED_WITHIN_MS = 8000;
const DANGER = new Set(["flared_up", "burned", "reignited", "out_of_control", "gas_flows_unlit", "ran_empty"]);
const SIDES = { left: windFrom === "left" ? "upwind" : "downwind", right: windFrom === "right" ? "upwind" : "downwind", front: "crosswind" };

let number = 0;
let view = null;
let receivedAt = 0;
let told = "";
const waiting = [];
let isSending = false;

const byId = (id) => document.getElementById(id);
const keep = (state) => { byId("kept").dataset.state = state; };

async function ask(path, body) {
  // A request that hangs is given up and sent again: the same number is recorded once.
  const options = { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(ANSWERED_WITHIN_MS) };
  if (body !== undefined) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(address + path, options);
  return { ok: answer.ok, status: answer.status, content: await answer.json() };
}

function act(name, given = {}) {
  if (!view || view.ending) return;
  waiting.push({ name, given });
  send();
}

async function send() {
  if (isSending || !waiting.length) return;
  isSending = true;
  while (waiting.length) {
    keep("sending");
    const deed = waiting[0];
    let answer;
    try {
      answer = await ask("/operations", { number: number + 1, ...deed });
      if (answer.status >= 500) throw new Error("busy");
    } catch {
      // The same number again: should the first have arrived, the server only answers it once more.
      keep("lost");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      continue;
    }
    if (answer.ok) {
      waiting.shift();
      take(answer.content);
    } else {
      waiting.length = 0;
      await refresh();
      say(answer.content.problem, "danger");
    }
  }
  isSending = false;
  keep("saved");
}

async function refresh() {
  try {
    const answer = await ask("/state");
    if (answer.ok) take(answer.content);
    if (!waiting.length) keep("saved");
  } catch {
    keep("lost");
  }
}

function take(standing) {
  const wasOver = view && view.ending;
  ({ number, view } = standing);
  receivedAt = performance.now();
  tell(standing.story);
  draw();
  if (view.ending && !wasOver) finish();
}

function tell(story) {
  const said = story.map((fact) => ({ fact, mark: `${fact.at_ms}.${fact.name}.${Object.values(fact.about).join(".")}` }));
  const last = said.findIndex((one) => one.mark === told);
  const fresh = said.slice(last + 1);
  if (!fresh.length) return;
  told = fresh.at(-1).mark;
  if (number === 0 && !view.ending) return;
  const sentences = fresh.map(({ fact }) => sentence(fact)).filter(Boolean);
  say(sentences.slice(-2).join(" "), fresh.some(({ fact }) => DANGER.has(fact.name)) ? "danger" : "");
}

function sentence({ name, about }) {
  const keys = [`${name}.${about.part}.${about.sound}`, `${name}.${about.what}`, `${name}.${about.why}`, name];
  return words[keys.find((key) => key in words)] ?? "";
}

function say(text, tone) {
  if (!text) return;
  byId("said").textContent = text;
  byId("said").dataset.tone = tone;
}

// Drawing

function placeOf() {
  if (view.bearing === "rack") return { x: 190, y: 384, facing: 1 };
  const metres = view.distance_m;
  const side = Object.keys(SIDES).find((name) => SIDES[name] === view.bearing);
  if (side === "front") return { x: FIRE.x - 60 - metres * 6, y: 392 + metres * 3.4, facing: 1 };
  const reach = 46 + metres * METRE;
  return side === "left" ? { x: FIRE.x - reach, y: 372, facing: 1 } : { x: FIRE.x + reach, y: 372, facing: -1 };
}

function draw() {
  const held = view.rack.find((bottle) => bottle.code === view.in_hand);
  const place = placeOf();
  byId("person").style.transform = `translate(${place.x}px, ${place.y}px)`;
  byId("facing").setAttribute("transform", `scale(${place.facing} 1)`);
  show("carried", Boolean(held));
  for (const drawing of scene.querySelectorAll("[data-carried]")) drawing.setAttribute("visibility", held?.agent === drawing.dataset.carried ? "inherit" : "hidden");
  show("hose-held", Boolean(held) && view.hose_held, "inherit");
  show("hose-hanging", Boolean(held) && !view.hose_held, "inherit");
  show("arm-out", view.hose_held);
  show("arm-down", !view.hose_held);
  for (const bottle of scene.querySelectorAll("[data-bottle]")) bottle.toggleAttribute("data-gone", bottle.dataset.bottle === view.in_hand);
  drawFire();
  drawMeasure(place);
  drawJet(place, held);
  const source = byId("source");
  if (source) source.dataset.open = view.source_open ? "yes" : "no";
  if (view.source === "power") scene.dataset.power = view.source_open ? "on" : "off";
  instruments(held);
}

const show = (id, yes, as = "visible") => byId(id).setAttribute("visibility", yes ? as : "hidden");

function drawFire() {
  const size = view.flames ? 0.28 + (view.flames / 100) * 0.95 : 0.01;
  const lean = windFrom === "left" ? -9 : 9;
  byId("flames").setAttribute("transform", `translate(${FIRE.x} ${FIRE.y}) skewX(${lean}) scale(${size})`);
  byId("flames").style.opacity = view.flames ? 1 : 0;
  byId("glow").style.opacity = view.flames / 100;
  byId("smoke").style.opacity = view.flames ? 0.45 + view.flames / 200 : 0.25;
  const drift = windFrom === "left" ? 1 : -1;
  byId("smoke").setAttribute("transform", `translate(${FIRE.x} ${FIRE.y - 60 - view.flames}) scale(${drift} 1)`);
  byId("cloth").setAttribute("transform", `scale(${drift} 1)`);
}

function drawMeasure(place) {
  const isAway = view.bearing !== "rack";
  byId("measure").setAttribute("d", isAway ? `M${place.x} ${place.y + 10} L${FIRE.x} ${FIRE.y + 24}` : "");
  const label = byId("measure-words");
  label.textContent = isAway ? words.metres.replace("{n}", view.distance_m) : "";
  label.setAttribute("x", (place.x + FIRE.x) / 2);
  label.setAttribute("y", (place.y + FIRE.y + 34) / 2 + 22);
}

function drawJet(place, held) {
  const jet = byId("jet");
  jet.setAttribute("visibility", view.squeezing ? "visible" : "hidden");
  if (!view.squeezing || !held) return;
  jet.dataset.agent = held.agent;
  jet.toggleAttribute("data-sweeping", view.sweeping);
  const height = { base: 0, flame: 95, smoke: 190, nowhere: 40 }[view.aim];
  const from = { x: place.x + place.facing * 34, y: place.y - 66 };
  const wanted = { x: FIRE.x - place.facing * 12, y: FIRE.y - height };
  const far = Math.min(1, (held.range_m[1] * METRE + 70) / Math.hypot(wanted.x - from.x, wanted.y - from.y));
  const to = { x: from.x + (wanted.x - from.x) * far, y: from.y + (wanted.y - from.y) * far };
  byId("jet-path").setAttribute("d", `M${from.x} ${from.y} Q${(from.x + to.x) / 2} ${Math.min(from.y, to.y) - 14} ${to.x} ${to.y}`);
  byId("jet-cloud").setAttribute("transform", `translate(${to.x} ${to.y})`);
}

function instruments(held) {
  byId("seen").hidden = !view.looked;
  mark("look", view.looked);
  mark("raise_alarm", view.alarm);
  mark("isolate", view.source !== null && !view.source_open);
  mark("pull_pin", held?.pin_pulled);
  mark("shake", held?.shaken);
  mark("hold_hose", view.hose_held);
  for (const bottle of view.rack) card(bottle);
  for (const button of sim.querySelectorAll('[data-deed="aim"]')) button.toggleAttribute("data-now", button.dataset.at === view.aim);
  for (const button of sim.querySelectorAll("[data-side]")) button.toggleAttribute("data-now", SIDES[button.dataset.side] === view.bearing);
  byId("squeeze").setAttribute("aria-pressed", String(view.squeezing));
  const slider = byId("distance");
  if (view.bearing !== "rack" && document.activeElement !== slider) slider.value = view.distance_m;
  byId("distance-words").textContent = view.bearing === "rack" ? words.at_rack : words.metres.replace("{n}", view.distance_m);
  byId("watching").hidden = !view.watched_ms && !view.watching;
  byId("watching-words").textContent = words.watched.replace("{n}", Math.floor(view.watched_ms / 1000));
}

const mark = (name, done) => sim.querySelector(`[data-deed="${name}"]`).toggleAttribute("data-done", Boolean(done));

function card(bottle) {
  const element = sim.querySelector(`[data-card="${bottle.code}"]`);
  element.toggleAttribute("data-held", bottle.code === view.in_hand);
  for (const check of element.querySelectorAll("[data-part]")) {
    const sound = bottle.inspected[check.dataset.part];
    if (sound !== undefined) check.dataset.sound = sound ? "1" : "0";
  }
  element.querySelector("[data-defect]").textContent = bottle.defect ? words[`defect.${bottle.defect}`] : "";
}

function finish() {
  sim.dataset.over = view.ending;
  byId("over").hidden = false;
  byId("over-words").textContent = words[view.ending];
  byId("over").focus();
  keep("saved");
}

// Time: shown from the server's last word, carried on locally only for the eye.

function showClock() {
  if (!view) return;
  const passed = view.ending ? view.at_ms : view.at_ms + (performance.now() - receivedAt);
  const left = Math.max(0, Math.ceil((view.allowed_ms - passed) / 1000));
  byId("clock").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  byId("clock").parentElement.toggleAttribute("data-soon", left <= 30);
  if (left === 0 && !view.ending && !isSending) ask("/end", {}).then((answer) => answer.ok && take(answer.content), () => keep("lost"));
}

// Hands

function walk(side, metres) {
  act("walk", { bearing: SIDES[side], distance_m: Math.max(0, Math.min(15, metres)) });
}

function open(tab) {
  sim.dataset.tab = tab;
  for (const button of sim.querySelectorAll(".sim-tabs [data-tab]")) button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
}

const sideNow = () => Object.keys(SIDES).find((name) => SIDES[name] === view.bearing) ?? "front";

sim.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !view) return;
  const { deed, side, extinguisher, part, at, tab } = button.dataset;
  if (tab) open(tab);
  else if (side) walk(side, view.bearing === "rack" ? Number(byId("distance").value) : view.distance_m);
  else if (deed === "inspect") act("inspect", { extinguisher, part });
  else if (deed === "pick") act("pick", { extinguisher });
  else if (deed === "aim") act("aim", { at });
  else if (deed) act(deed);
});

byId("squeeze").addEventListener("click", () => act(view.squeezing ? "release" : "squeeze"));
byId("distance").addEventListener("input", (event) => { byId("distance-words").textContent = words.metres.replace("{n}", event.target.value); });
byId("distance").addEventListener("change", (event) => walk(sideNow(), Number(event.target.value)));
byId("report").addEventListener("click", () => { byId("sure").hidden = false; byId("sure").querySelector("button").focus(); });
byId("not-yet").addEventListener("click", () => { byId("sure").hidden = true; byId("report").focus(); });

scene.addEventListener("click", (event) => {
  if (!view) return;
  const bottle = event.target.closest("[data-bottle]");
  if (bottle) {
    open("bottles");
    sim.querySelector(`[data-card="${bottle.dataset.bottle}"]`).scrollIntoView({ block: "center", behavior: "smooth" });
    return;
  }
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(scene.getScreenCTM().inverse());
  if (point.y < 322) return;
  const aside = point.x - FIRE.x;
  if (Math.abs(aside) < 46 && point.y > 366) walk("front", Math.round((point.y - 366) / 9));
  else walk(aside < 0 ? "left" : "right", Math.round((Math.abs(aside) - 46) / METRE));
});

document.addEventListener("keydown", (event) => {
  if (!view || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, a, summary")) return;
  const aims = { 1: "base", 2: "flame", 3: "smoke" };
  if (event.key === " " && !event.target.matches("button:not(#squeeze)")) {
    event.preventDefault();
    if (!event.repeat) act(view.squeezing ? "release" : "squeeze");
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    if (!event.repeat) act("sweep");
  } else if (event.key in aims) act("aim", { at: aims[event.key] });
});

async function keepLooking() {
  if (!isSending && !view?.ending && !document.hidden) await refresh();
  if (!view?.ending) setTimeout(keepLooking, !view || view.squeezing || view.watching ? POLL_MS : CALM_MS);
}

keepLooking();
document.addEventListener("visibilitychange", () => { if (!document.hidden && !isSending && !view?.ending) refresh(); });
setInterval(showClock, 250);
