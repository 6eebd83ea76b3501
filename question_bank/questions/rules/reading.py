"""From what a person or a bank file says to a checked `Question`. Both write the same fields, so both are read here."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from kernel.errors import Problem
from question_bank.questions.errors import (
    DifficultyOutOfRange,
    NotOneOf,
    NotText,
    OptionLettersBroken,
    QuestionNotUsable,
    TextMissing,
)
from question_bank.questions.rules.content import FALSE, LETTERS, TRUE, Depth, Kind, Question
from question_bank.questions.rules.kinds import EASIEST, HARDEST, check

Choice = TypeVar("Choice", bound=StrEnum)


def read_question(written: Mapping[str, Any]) -> Question:
    """Build and check a question.

    Args:
        written: kind, point, depth, difficulty, stem, options (mapping letter -> text, absent for true/false), key
            (true/false; a letter; letters as a list or a string), reason, source.

    Raises:
        QuestionNotUsable: with every field at fault.
    """
    faults: dict[str, Problem | str] = {}
    kind = _choice(Kind, "kind", written, faults)
    depth = _choice(Depth, "depth", written, faults)
    difficulty = _difficulty(written.get("difficulty"), faults)
    question = Question(
        kind=kind or Kind.TRUE_FALSE,
        point=_text("point", written.get("point"), faults),
        depth=depth or Depth.KNOW,
        difficulty=HARDEST if difficulty is None else difficulty,
        stem=_text("stem", written.get("stem"), faults),
        options=_options(written.get("options") or {}, faults),
        key=_key(written.get("key")),
        reason=_text("reason", written.get("reason"), faults),
        source=_text("source", written.get("source"), faults),
    )
    if kind is None:
        raise QuestionNotUsable(faults)  # what else is wrong depends on the kind
    _check_too(question, faults)
    return question


def _check_too(question: Question, faults: dict[str, Problem | str]) -> None:
    """Add what the rules find to what could not even be read, so that everything is named at once."""
    try:
        check(question)
    except QuestionNotUsable as found:
        told = {*faults, "key"} if "options" in faults else set(faults)  # a key cannot be judged without its options
        faults |= {field: fault for field, fault in found.fields.items() if field not in told}
    if faults:
        raise QuestionNotUsable(faults)


def _text(name: str, value: object, faults: dict[str, Problem | str]) -> str:
    """Only text is taken as text: a file's bare `no`, `1.10` or `010` is not what its author sees there any more."""
    if value is None:
        return ""
    if not isinstance(value, str):
        faults[name] = NotText()
        return ""
    return value.replace("\r\n", "\n").strip()


def _choice(
    choices: type[Choice], name: str, written: Mapping[str, Any], faults: dict[str, Problem | str]
) -> Choice | None:
    value = written.get(name)
    if not value:
        faults[name] = TextMissing()
        return None
    try:
        return choices(str(value))
    except ValueError:
        faults[name] = NotOneOf(value=value)
        return None


def _difficulty(value: object, faults: dict[str, Problem | str]) -> Decimal | None:
    try:
        number = Decimal(str(value))
        if number.is_finite() and HARDEST <= number <= EASIEST:
            return number.quantize(Decimal("0.01"))
    except InvalidOperation:
        pass
    faults["difficulty"] = DifficultyOutOfRange(least=HARDEST, most=EASIEST)
    return None


def _options(options: object, faults: dict[str, Problem | str]) -> tuple[str, ...]:
    lettered = isinstance(options, Mapping) and list(options) == list(LETTERS[: len(options)])
    if not lettered:
        faults["options"] = OptionLettersBroken()
        return ()
    assert isinstance(options, Mapping)
    return tuple(_text(f"option_{letter}", text, faults) for letter, text in options.items())


def _key(key: object) -> frozenset[str]:
    if isinstance(key, bool):
        return frozenset({TRUE if key else FALSE})
    letters = key if isinstance(key, list | tuple | set | frozenset) else str(key or "")
    return frozenset(str(letter).strip().upper() for letter in letters if str(letter).strip())
