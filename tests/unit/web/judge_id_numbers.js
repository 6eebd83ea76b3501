// Judges ID numbers as the page does: {"numbers": [...], "today": "2026-11-23"} on standard input, and for each number what
// is wrong with it where the demonstration runs and where it does not.

import { readFileSync } from "node:fs";

import { judge } from "../../../web/people/staff/id_number.js";

/** @type {{numbers: string[], today: string}} */
const { numbers, today } = JSON.parse(readFileSync(0, "utf-8"));
const judged = numbers.map((typed) => [true, false].map((demonstration) => judge(typed, { today, demonstration })));
process.stdout.write(JSON.stringify(judged));
