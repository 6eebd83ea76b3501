"""The facts of a certificate as they are stored and signed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from certification.certificates.rules.face import CertificateFacts
from kernel.lasting import canonical_json, lasting
from people.accounts.rules import Sex
from people.positions.rules import Position

FACTS = lasting("certification.certificate")


def facts_as_json(facts: CertificateFacts, code: str) -> dict[str, Any]:
    """The facts as they are stored and signed; days as ISO dates."""
    return FACTS.written(
        {
            "code": code,
            "position": facts.position.value,
            "name": facts.name,
            "sex": facts.sex.value,
            "number": facts.number,
            "category": facts.category,
            "item": facts.item,
            "first_issued_on": facts.first_issued_on.isoformat(),
            "valid_from": facts.valid_from.isoformat(),
            "valid_until": facts.valid_until.isoformat(),
            "review_on": facts.review_on.isoformat() if facts.review_on else None,
            "authority": facts.authority,
            "demonstration": facts.demonstration,
        }
    )


def facts_from_json(raw: Mapping[str, Any]) -> CertificateFacts:
    """The facts that `facts_as_json` wrote. Raises FormatUnknown."""
    raw = FACTS.read(raw)
    return CertificateFacts(
        **{key: raw[key] for key in ("name", "number", "category", "item", "authority", "demonstration")},
        position=Position(raw["position"]),
        sex=Sex(raw["sex"]),
        first_issued_on=date.fromisoformat(raw["first_issued_on"]),
        valid_from=date.fromisoformat(raw["valid_from"]),
        valid_until=date.fromisoformat(raw["valid_until"]),
        review_on=date.fromisoformat(raw["review_on"]) if raw["review_on"] else None,
    )


def signed_message(facts: dict[str, Any]) -> bytes:
    """What the registry signs: the stored facts as canonical JSON, for checks without a network later."""
    return canonical_json(facts)
