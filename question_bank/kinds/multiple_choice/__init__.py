"""Multiple choice (多选题): four to six options, two or more right. An answer is the letters shown, ["A", "C"]."""

from question_bank.kinds.multiple_choice.rules import MultipleChoice

KIND = MultipleChoice()
