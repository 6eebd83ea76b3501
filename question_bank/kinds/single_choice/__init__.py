"""Single choice (单选题): three or four options, exactly one of them right. An answer is the letter shown, "B"."""

from question_bank.kinds.single_choice.rules import SingleChoice

KIND = SingleChoice()
