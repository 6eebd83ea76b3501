"""Ordering (排序题): three to six steps to be put in order.

An answer is all the letters shown, in that order: ["C", "A", "B"].
"""

from question_bank.kinds.ordering.rules import Ordering

KIND = Ordering()
