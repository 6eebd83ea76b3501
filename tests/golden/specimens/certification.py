"""Certificates and the statements about them."""

from datetime import date
from typing import Any

from certification.certificates.rules.face import CertificateFacts
from certification.certificates.rules.facts import FACTS, facts_as_json, facts_from_json, signed_message
from certification.certificates.rules.genuine import SIGNED_AS as SIGNED_OVER
from certification.certificates.rules.genuine import STATED, STATEMENT, Over, masked_number, statement_message
from kernel.faces import Face
from people.accounts.rules import Sex
from people.positions.rules import Position
from tests.golden import keys
from tests.golden.specimens.what import Content, Specimen, hold, signed


def facts() -> CertificateFacts:
    return CertificateFacts(
        position=Position.SPECIAL_OPERATION,
        name="张伟",
        sex=Sex.MALE,
        number="T990105199003071232",
        category="电工作业",
        item="低压电工作业",
        first_issued_on=date(2026, 6, 1),
        valid_from=date(2026, 6, 1),
        valid_until=date(2032, 5, 31),
        review_on=None,
        authority="演示市应急管理局",
        demonstration=True,
    )


def write_certificate() -> dict[str, Any]:
    content = facts_as_json(facts(), "CODE")
    return {"facts": content, **_sign(Over.FACTS, signed_message(content))}


def verify_certificate(kept: Content) -> None:
    signed(kept, SIGNED_OVER[Over.FACTS], signed_message(dict(kept["facts"])))
    hold(facts_from_json(kept["facts"]) == facts(), "the facts of a certificate read otherwise")


def stated() -> dict[str, Any]:
    own = facts()
    names = {"category_en": "Electrical work", "item_en": "Low-voltage electrical work", "regime": "national-2026"}
    shown = {"public_code": "CODE", "masked_number": masked_number(own.number), "position": own.position.value}
    plain = {name: getattr(own, name) for name in STATED if hasattr(own, name)}
    return {**plain, **names, **shown}


def write_statement() -> dict[str, Any]:
    message = statement_message(stated(), "ab" * 32)
    return {"format": STATEMENT.format, "message": message.decode(), **_sign(Over.STATEMENT, message)}


def verify_statement(kept: Content) -> None:
    message = statement_message(stated(), "ab" * 32, kept["format"])
    hold(message.decode() == kept["message"], "a statement says something else")
    signed(kept, SIGNED_OVER[Over.STATEMENT], message)


def _sign(over: Over, message: bytes) -> dict[str, Any]:
    made = keys.ring(Face.REGISTRY).signing.sign(SIGNED_OVER[over], message)
    return {"algorithm": made.algorithm, "key_id": made.key_id, "signature": made.value.hex()}


SPECIMENS = (
    Specimen(FACTS.name, FACTS.format, write_certificate, verify_certificate),
    Specimen(STATEMENT.name, STATEMENT.format, write_statement, verify_statement),
)
