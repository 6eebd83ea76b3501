// The candidate's view of each kind of question, one folder each. What a view is:
//
//   new View({ root, template, onAnswer })  root: the empty place of the question; template: the kind's view.html
//   show(shown, answer, draft)  draw what the kind shows, and the answer so far (null: none); `draft` is an object of
//                               this question's own, for what is not yet an answer
//   actOf(key)                  what a key does in this question, or null
//
// It calls onAnswer(answer) after each change; null takes the answer back.

import { View as MultipleChoice } from "./multiple_choice/view.js";
import { View as Numeric } from "./numeric/view.js";
import { View as Ordering } from "./ordering/view.js";
import { View as SingleChoice } from "./single_choice/view.js";
import { View as TrueFalse } from "./true_false/view.js";

export const VIEWS = {
  true_false: TrueFalse,
  single_choice: SingleChoice,
  multiple_choice: MultipleChoice,
  numeric: Numeric,
  ordering: Ordering,
};
