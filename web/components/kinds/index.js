// The candidate's view of each kind of question, one folder each; what a view is stands in view.js.

import { View as MultipleChoice } from "./multiple_choice/view.js";
import { View as Numeric } from "./numeric/view.js";
import { View as Ordering } from "./ordering/view.js";
import { View as SingleChoice } from "./single_choice/view.js";
import { View as TrueFalse } from "./true_false/view.js";

/** @type {Record<string, new (given: import("./view.js").Given) => import("./view.js").View>} */
export const VIEWS = {
  true_false: TrueFalse,
  single_choice: SingleChoice,
  multiple_choice: MultipleChoice,
  numeric: Numeric,
  ordering: Ordering,
};
