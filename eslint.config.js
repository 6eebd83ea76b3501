// What the scripts of the screens may be. Types are tsc's; here: mistakes, and what old browsers lack.

import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import globals from "globals";

import { oldBrowsers } from "./tests/house/old_browsers.js";

const rules = {
  ...js.configs.recommended.rules,
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "max-lines": ["error", { max: 300 }],
  "max-lines-per-function": ["error", { max: 40, skipComments: true }],
  "no-implicit-globals": "error",
  "no-param-reassign": "error",
  "no-shadow": "error",
  "no-var": "error",
  "prefer-const": "error",
};

export default [
  { ignores: ["web/static/", "node_modules/", "var/", ".venv/", "dist/"] },
  {
    files: ["web/**/*.js"],
    ignores: ["**/*.test.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    plugins: { compat, anpei: { rules: { "old-browsers": oldBrowsers } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { ...rules, "no-console": "error", "compat/compat": "error", "anpei/old-browsers": "error" },
  },
  {
    files: ["**/*.test.js", "tests/**/*.js", "eslint.config.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.node } },
    rules: { ...rules, "max-lines-per-function": "off" },
  },
];
