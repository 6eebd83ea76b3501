"""Numeric (计算题): a number with its unit, right within a tolerance. An answer is {"value": "12.5", "unit": "mA"}.

Beside the unit of the key others may be offered: the same quantity in another unit ("mA", which is 0.001 of "A"), where
the number is converted, or another quantity, which is never right.
"""

from question_bank.kinds.numeric.rules import Numeric

KIND = Numeric()
