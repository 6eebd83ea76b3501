"""What keys are for. Each purpose has keys of its own, and its name stands in everything that they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kernel.faces import Face

PUBLIC_HALVES = "signing.public"
VERIFIERS = frozenset({Face.REGISTRY, Face.PUBLIC})


class Way(StrEnum):
    """What a key does."""

    SEALING = "sealing"
    MAC = "authenticating"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of keys. `holders` have its ring; `steward` says in the audit when a key follows another."""

    name: str
    way: Way
    holders: frozenset[Face]
    steward: Face


def audit_of(face: Face) -> Purpose:
    """With what a face authenticates its audit rows."""
    return PURPOSES[f"audit-{face}"]


def rings_of(face: Face) -> list[Purpose]:
    """The rings that a host of this face needs, and no others."""
    return [purpose for purpose in PURPOSES.values() if face in purpose.holders]


def folders_of(face: Face) -> list[str]:
    """The folders that a host of this face needs, and no others."""
    return [*(purpose.name for purpose in rings_of(face)), *([PUBLIC_HALVES] if face in VERIFIERS else [])]


QUESTIONS = Purpose("questions", Way.SEALING, frozenset({Face.AUTHORING, Face.EXAMINATION}), Face.AUTHORING)
PAPERS = Purpose("papers", Way.SEALING, frozenset({Face.EXAMINATION}), Face.EXAMINATION)
ROWS = Purpose("rows", Way.SEALING, frozenset({Face.REGISTRY}), Face.REGISTRY)
PHOTOS = Purpose("photos", Way.SEALING, frozenset({Face.REGISTRY, Face.EXAMINATION}), Face.REGISTRY)
CARDS = Purpose("certificate-photos", Way.SEALING, frozenset({Face.REGISTRY, Face.PUBLIC}), Face.REGISTRY)
PRINTINGS = Purpose("printings", Way.SEALING, frozenset({Face.EXAMINATION}), Face.EXAMINATION)
LICENCES = Purpose("licences", Way.SEALING, frozenset({Face.REGISTRY}), Face.REGISTRY)
SIGNING = Purpose("signing", Way.SIGNING, frozenset({Face.REGISTRY}), Face.REGISTRY)
# The public face writes nothing by itself, so the registry says what happens to its keys.
LOOKUPS = Purpose("lookups", Way.MAC, frozenset({Face.PUBLIC}), Face.REGISTRY)
_AUDIT = [
    Purpose(f"audit-{face}", Way.MAC, frozenset({face}), Face.REGISTRY if face is Face.PUBLIC else face)
    for face in Face
]
PURPOSES: Mapping[str, Purpose] = {
    each.name: each for each in (QUESTIONS, PAPERS, ROWS, PHOTOS, CARDS, LICENCES, PRINTINGS, SIGNING, LOOKUPS, *_AUDIT)
}
