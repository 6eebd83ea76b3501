// A number as people type it, and as it is saved.

const SAVED = /^-?[0-9]{1,12}(\.[0-9]{1,6})?$/;
/** @type {Record<string, string>} */
const WIDE = { "．": ".", "。": ".", "，": ".", ",": ".", "－": "-", "−": "-" };

/**
 * "１２，5 " is 12.5; null where it is no number that can be saved.
 * @param {string} text
 * @returns {string | null}
 */
export function numberIn(text) {
  const plain = [...text.replace(/\s/g, "")].map(narrow).join("").replace(/\.$/, "").replace(/^(-?)\./, "$10.");
  return SAVED.test(plain) ? plain : null;
}

/** @param {string} sign */
function narrow(sign) {
  const digit = sign.charCodeAt(0) - "０".charCodeAt(0);
  return digit >= 0 && digit <= 9 ? String(digit) : (WIDE[sign] ?? sign);
}
