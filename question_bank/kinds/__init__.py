"""Kinds of question, one folder each. This list is all that the rest of the house knows of them.

A kind is added by a folder here, a folder in web/components/kinds/, and a line in the list of each. The room is pure
and knows no other room: it is the one part of the bank that teaching may use, for questions of its own.
"""

from collections.abc import Mapping
from typing import Any

from question_bank.kinds.multiple_choice import KIND as MULTIPLE_CHOICE
from question_bank.kinds.numeric import KIND as NUMERIC
from question_bank.kinds.ordering import KIND as ORDERING
from question_bank.kinds.protocol import Kind
from question_bank.kinds.single_choice import KIND as SINGLE_CHOICE
from question_bank.kinds.true_false import KIND as TRUE_FALSE

# In the order in which a paper shows them.
KINDS: Mapping[str, Kind[Any]] = {
    kind.code: kind for kind in (TRUE_FALSE, SINGLE_CHOICE, MULTIPLE_CHOICE, NUMERIC, ORDERING)
}

KIND_NAMES: Mapping[str, Mapping[str, str]] = {code: kind.names for code, kind in KINDS.items()}
