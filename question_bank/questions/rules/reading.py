"""From what a person or a bank file says to a checked `Question`. Both write the same fields, so both are read here."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from kernel.errors import Problem
from question_bank.kinds import KINDS
from question_bank.kinds.errors import TextMissing
from question_bank.kinds.protocol import Faults, Kind
from question_bank.kinds.texts import text_of
from question_bank.questions.errors import DifficultyOutOfRange, NotOneOf, QuestionNotUsable
from question_bank.questions.rules.checks import EASIEST, HARDEST, check
from question_bank.questions.rules.content import Depth, Question
from question_bank.questions.rules.translations import LANGUAGES, Translation


def read_question(written: Mapping[str, Any]) -> Question:
    """Build and check a question.

    Args:
        written: kind, point, depth, difficulty, stem, reason, source; what its kind takes (see the kind's `take`); and
            translations: language tag -> stem and the kind's texts, written as those of the original.

    Raises:
        QuestionNotUsable: with every field at fault.
    """
    faults: Faults = {}
    kind = KINDS.get(_choice(KINDS, "kind", written, faults) or "")
    depth = _choice(list(Depth), "depth", written, faults)
    difficulty = _difficulty(written.get("difficulty"), faults)
    frame = {name: text_of(name, written.get(name), faults) for name in ("point", "stem", "reason", "source")}
    if kind is None:
        raise QuestionNotUsable(faults)  # what else is wrong depends on the kind
    question = Question(
        kind=kind.code,
        depth=Depth(depth or Depth.KNOW),
        difficulty=HARDEST if difficulty is None else difficulty,
        content=kind.take(written, faults),
        translations=_translations(kind, written, faults),
        **frame,
    )
    _check_too(question, faults)
    return question


def _check_too(question: Question, faults: Faults) -> None:
    """Add what the rules find to what could not even be read, so that everything is named at once."""
    try:
        check(question)
    except QuestionNotUsable as found:
        told = {*faults, "key"} if "options" in faults else set(faults)  # a key cannot be judged without its options
        faults |= {field: fault for field, fault in found.fields.items() if field not in told}
    if faults:
        raise QuestionNotUsable(faults)


def _translations(kind: Kind[Any], written: Mapping[str, Any], faults: Faults) -> dict[str, Translation]:
    """Each is read as its kind reads the original, with the original's key in its place."""
    said = written.get("translations") or {}
    if not isinstance(said, Mapping) or not all(isinstance(it, Mapping) for it in said.values()):
        faults["translations"] = NotOneOf(value=said)
        return {}
    found = {}
    for tag, translation in said.items():
        if tag not in LANGUAGES:
            faults["translations"] = NotOneOf(value=tag)
            continue
        own: dict[str, Problem | str] = {}
        stem = text_of("stem", translation.get("stem"), own)
        texts = kind.texts(kind.take({**written, **translation}, own))
        found[str(tag)] = Translation(stem, texts)
        faults |= {f"{tag}.{name}": fault for name, fault in own.items()}
    return found


def _choice(choices: Any, name: str, written: Mapping[str, Any], faults: Faults) -> str | None:
    value = written.get(name)
    if not value:
        faults[name] = TextMissing()
        return None
    if str(value) not in choices:
        faults[name] = NotOneOf(value=value)
        return None
    return str(value)


def _difficulty(value: object, faults: Faults) -> Decimal | None:
    try:
        number = Decimal(str(value))
        if number.is_finite() and HARDEST <= number <= EASIEST:
            return number.quantize(Decimal("0.01"))
    except InvalidOperation:
        pass
    faults["difficulty"] = DifficultyOutOfRange(least=HARDEST, most=EASIEST)
    return None
