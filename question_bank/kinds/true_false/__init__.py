"""True/false (判断题): one statement; the two answers are never shuffled. An answer is true or false."""

from question_bank.kinds.true_false.rules import TrueFalse

KIND = TrueFalse()
