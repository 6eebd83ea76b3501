// A rule for eslint: no member that the oldest promised browsers do not have.
//
// eslint-plugin-compat knows globals and their static members (`structuredClone`, `AbortSignal.timeout`), and tsc knows the
// members of the language (`list.at(-1)`, by `lib` in tsconfig.json). Neither sees `dialog.showModal()`. This reads
// Mozilla's compatibility data the other way round: a name is refused when an interface of a page's tree, its events or
// its requests has such a member, and none anywhere had it in our oldest browsers.

import { createRequire } from "node:module";

const OF_A_PAGE =
  /^(Document|DocumentFragment|Element|Event|EventTarget|Node|NodeList|Storage|Request|Response|Headers|DOMPoint|FormData|HTML\w*Element|SVG\w*Element|(UI|Mouse|Keyboard|Custom|Submit)Event)$/;
// Names that mean something of ours wherever they stand: a class's own `show`, a word in `dataset` or in a fact.
const OURS = new Set(["part", "show"]);
const data = createRequire(import.meta.url)("@mdn/browser-compat-data");

/** The oldest browsers that are promised, as in package.json's `browserslist`. */
export const OLDEST = { chrome: "80", safari: "13", safari_ios: "13" };

/**
 * Whether one browser has had the feature since `oldest`. Behind a flag, under another name or in part is not having it.
 * @param {any} support
 * @param {string} oldest
 */
function hasBy(support, oldest) {
  const stated = Array.isArray(support) ? support : [support];
  return stated.some((each) => {
    if (!each || each.flags || each.prefix || each.alternative_name || each.version_removed) return false;
    if (typeof each.version_added !== "string" || each.version_added === "preview") return false;
    return Number.parseFloat(each.version_added.replace("≤", "")) <= Number.parseFloat(oldest);
  });
}

/** @param {any} feature */
function isOldEnough(feature) {
  const { support } = feature.__compat;
  return Object.entries(OLDEST).every(([browser, oldest]) => hasBy(support[browser], oldest));
}

/**
 * Names of members of a page that the oldest browsers do not have.
 * @returns {Set<string>}
 */
export function tooNew() {
  /** @type {Set<string>} */
  const old = new Set(OURS);
  /** @type {Set<string>} */
  const found = new Set();
  for (const [kind, members] of Object.entries({ ...data.javascript.builtins, ...data.api })) {
    for (const [path, feature] of Object.entries(members)) {
      const name = path.replace(/_static$/, "");
      if (feature.__compat && isOldEnough(feature)) old.add(name);
      else if (feature.__compat && OF_A_PAGE.test(kind)) found.add(name);
    }
  }
  return new Set([...found].filter((name) => !old.has(name)));
}

const refused = tooNew();

/** @type {import("eslint").Rule.RuleModule} */
export const oldBrowsers = {
  meta: { type: "problem", schema: [], messages: { tooNew: "{{name}} is missing in the oldest browsers that we promise" } },
  create: (context) => ({
    MemberExpression(node) {
      if (node.computed || node.property.type !== "Identifier" || !refused.has(node.property.name)) return;
      context.report({ node: node.property, messageId: "tooNew", data: { name: node.property.name } });
    },
  }),
};
