// Judges an ID number when its field is left: GB 11643, the same rule as the server's, which stays the judge.

const LENGTH = 18;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = "10X98765432";
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const DEMONSTRATION_REGION = "99";
const OLDEST = 120;
const DASHES_AND_BLANKS = /[\s\u001c-\u001f\u0085\-\u2010-\u2015\u200b-\u200d\u2060\ufeff]+/g;

// What is wrong with `typed`, as {kind, data}; null where nothing is, or nothing is typed. `today` is like 2026-05-31.
export function judge(typed, { today, demonstration }) {
  const text = typed.normalize("NFKC").replace(DASHES_AND_BLANKS, "").toUpperCase();
  if (!text) return null;
  return characters(text) ?? region(text.slice(0, 6), demonstration) ?? birthDate(text.slice(6, 14), today) ?? checkDigit(text);
}

function characters(text) {
  if (/^[0-9]{15}$/.test(text)) return { kind: "IdNumberOfFirstGeneration", data: {} };
  const all = Array.from(text);
  if (all.length !== LENGTH) return { kind: "IdNumberLength", data: { length: all.length } };
  const place = all.findIndex((one, at) => !/^[0-9]$/.test(one) && !(at === LENGTH - 1 && one === "X"));
  return place < 0 ? null : { kind: "IdNumberCharacter", data: { place: place + 1, character: all[place] } };
}

function region(digits, demonstration) {
  const province = digits.slice(0, 2);
  if (province === DEMONSTRATION_REGION) {
    return demonstration ? null : { kind: "RegionOfDemonstration", data: { region: digits } };
  }
  return PROVINCE.test(digits) ? null : { kind: "RegionUnknown", data: { region: digits, province } };
}

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

function checkDigit(text) {
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0);
  return CHECK_CHARACTERS[total % 11] === text[17] ? null : { kind: "CheckDigitWrong", data: { found: text[17] } };
}

function say(sentence, data) {
  return sentence.replace(/%\((\w+)\)[sd]/g, (_, name) => data[name]);
}

// The message stands where the server would put it, and goes when the number is mended.
function show(field, sentence) {
  const place = field.closest(".field");
  let error = place.querySelector(".field-error");
  if (!error && sentence) {
    error = document.getElementById("field-error").content.firstElementChild.cloneNode(true);
    error.id = `error-${field.name}`;
    field.before(error);
  }
  error?.toggleAttribute("hidden", !sentence);
  if (sentence) error.lastChild.textContent = ` ${sentence}`;
  place.classList.toggle("field-wrong", Boolean(sentence));
  const described = [place.querySelector(".hint")?.id, sentence && error.id].filter(Boolean);
  field.setAttribute("aria-describedby", described.join(" "));
  field.toggleAttribute("aria-invalid", Boolean(sentence));
  if (sentence) field.setAttribute("aria-invalid", "true");
}

function watch(field) {
  const rule = JSON.parse(field.dataset.idNumber);
  field.addEventListener("change", () => {
    const found = judge(field.value, rule);
    show(field, found ? say(rule.words[found.kind], found.data) : "");
  });
}

if (globalThis.document) for (const field of document.querySelectorAll("[data-id-number]")) watch(field);
