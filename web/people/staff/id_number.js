// Judges an ID number when its field is left: GB 11643, the same rule as the server's, which stays the judge.

import { all, one } from "../../components/browser/elements.js";

const LENGTH = 18;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = "10X98765432";
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const DEMONSTRATION_REGION = "99";
const OLDEST = 120;
// eslint-disable-next-line no-control-regex -- the separators of ASCII, which a spreadsheet may leave in a cell
const DASHES_AND_BLANKS = /[\s\u001c-\u001f\u0085\-\u2010-\u2015\u200b-\u200d\u2060\ufeff]+/g;

/** @typedef {{kind: string, data: Record<string, string | number>}} Fault */

/**
 * What is wrong with `typed`; null where nothing is, or nothing is typed.
 * @param {string} typed
 * @param {{today: string, demonstration: boolean}} rule `today` is like 2026-05-31
 * @returns {Fault | null}
 */
export function judge(typed, { today, demonstration }) {
  const text = typed.normalize("NFKC").replace(DASHES_AND_BLANKS, "").toUpperCase();
  if (!text) return null;
  return characters(text) ?? region(text.slice(0, 6), demonstration) ?? birthDate(text.slice(6, 14), today) ?? checkDigit(text);
}

/**
 * @param {string} text
 * @returns {Fault | null}
 */
function characters(text) {
  if (/^[0-9]{15}$/.test(text)) return { kind: "IdNumberOfFirstGeneration", data: {} };
  const signs = Array.from(text);
  if (signs.length !== LENGTH) return { kind: "IdNumberLength", data: { length: signs.length } };
  const place = signs.findIndex((sign, at) => !/^[0-9]$/.test(sign) && !(at === LENGTH - 1 && sign === "X"));
  return place < 0 ? null : { kind: "IdNumberCharacter", data: { place: place + 1, character: signs[place] } };
}

/**
 * @param {string} digits
 * @param {boolean} demonstration
 * @returns {Fault | null}
 */
function region(digits, demonstration) {
  const province = digits.slice(0, 2);
  if (province === DEMONSTRATION_REGION) {
    return demonstration ? null : { kind: "RegionOfDemonstration", data: { region: digits } };
  }
  return PROVINCE.test(digits) ? null : { kind: "RegionUnknown", data: { region: digits, province } };
}

/**
 * @param {string} digits
 * @param {string} today
 * @returns {Fault | null}
 */
function birthDate(digits, today) {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  const born = new Date(0);
  born.setUTCFullYear(year, month - 1, day);
  if (!year || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) {
    return { kind: "BirthDateImpossible", data: { digits } };
  }
  if (born > new Date(`${today}T00:00:00Z`)) return { kind: "BirthDateInFuture", data: { digits } };
  const age = Number(today.slice(0, 4)) - year;
  return age > OLDEST ? { kind: "BirthDateTooLongAgo", data: { digits, age } } : null;
}

/**
 * @param {string} text
 * @returns {Fault | null}
 */
function checkDigit(text) {
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0);
  return CHECK_CHARACTERS[total % 11] === text[17] ? null : { kind: "CheckDigitWrong", data: { found: text[17] } };
}

/**
 * @param {string} sentence with places like %(place)d
 * @param {Fault["data"]} data
 */
function say(sentence, data) {
  return sentence.replace(/%\((\w+)\)[sd]/g, (_, name) => String(data[name]));
}

/**
 * The message stands where the server would put it, and goes when the number is mended.
 * @param {HTMLInputElement} field
 * @param {string} sentence empty for none
 */
function show(field, sentence) {
  const place = field.closest(".field");
  if (!place) return;
  const error = place.querySelector(".field-error") ?? (sentence ? newError(field) : null);
  if (sentence && error?.lastChild) error.lastChild.textContent = ` ${sentence}`;
  error?.toggleAttribute("hidden", !sentence);
  place.classList.toggle("field-wrong", Boolean(sentence));
  const described = [place.querySelector(".hint")?.id, sentence && error?.id].filter(Boolean);
  field.setAttribute("aria-describedby", described.join(" "));
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/** @param {HTMLInputElement} field */
function newError(field) {
  const error = one("#field-error", HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
  if (!(error instanceof HTMLElement)) throw new Error("the page has no message for fields");
  error.id = `error-${field.name}`;
  field.before(error);
  return error;
}

/** @param {HTMLInputElement} field */
function watch(field) {
  const rule = JSON.parse(field.dataset.idNumber ?? "{}");
  field.addEventListener("change", () => {
    const found = judge(field.value, rule);
    show(field, found ? say(rule.words[found.kind], found.data) : "");
  });
}

export function watchAll() {
  for (const field of all("[data-id-number]", HTMLInputElement)) watch(field);
}
