"""What an exam may draw from, and what once approved versions say. For the examination face."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from kernel.db import among
from kernel.keys import SealBroken
from kernel.lasting import FormatUnknown
from kernel.work import Reading
from question_bank.pools.rules import Pool, PoolMember
from question_bank.pools.tables import ApprovedVersionRecord, PersonBehindRecord
from question_bank.questions.queries import VERSION
from question_bank.questions.rules import Question, VersionId
from question_bank.review.rules import State


def pool(reading: Reading, bank: str) -> Pool:
    """The versions of `bank` that are approved now."""
    rows = reading.session.execute(
        select(
            ApprovedVersionRecord.id,
            ApprovedVersionRecord.kind,
            ApprovedVersionRecord.point,
            ApprovedVersionRecord.content_digest,
        ).where(ApprovedVersionRecord.bank == bank, ApprovedVersionRecord.state == State.APPROVED)
    )
    return Pool.of(bank, [PoolMember(VersionId(row[0]), *row[1:]) for row in rows])


def contents(reading: Reading, pool: Pool) -> dict[VersionId, Question]:
    """What the versions of a pool say, also those suspended since.

    Raises:
        KeyNotHeld; SealBroken, also where a question is not the one that the pool names: the pool is read from plain
        columns, which somebody may change without the key.
    """
    found = {VersionId(id_): _open(reading, id_, sealed) for id_, sealed in _sealed(reading, _ids(pool))}
    if not all(member.version_id in found and member.names(found[member.version_id]) for member in pool.members):
        raise SealBroken
    return found


def questions_of(reading: Reading, digests: Mapping[VersionId, str]) -> dict[VersionId, Question]:
    """What versions say that were drawn once, for marking; `digests`: version -> its content's digest at the draw.

    Raises:
        KeyNotHeld; SealBroken, also where a version is gone or says something else than it did.
    """
    found = {VersionId(id_): _open(reading, id_, sealed) for id_, sealed in _sealed(reading, digests)}
    if any(id_ not in found or found[id_].digest() != digest for id_, digest in digests.items()):
        raise SealBroken
    return found


def readable_contents(reading: Reading, pool: Pool) -> dict[VersionId, Question]:
    """The same for verification: versions that are gone or no longer open are left out instead of raising."""
    found = {}
    for id_, sealed in _sealed(reading, _ids(pool)):
        try:
            found[VersionId(id_)] = _open(reading, id_, sealed)
        except (SealBroken, FormatUnknown, ValueError, KeyError):
            continue
    return found


def people_behind(reading: Reading, versions: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Version -> persons who wrote or judged it or an earlier version of the same question.

    They may neither answer it nor examine those who do. Versions that never came into use are left out.
    """
    rows = reading.session.execute(
        select(PersonBehindRecord.version_id, PersonBehindRecord.person_id).where(
            among(PersonBehindRecord.version_id, versions)
        )
    )
    people: dict[UUID, set[UUID]] = {}
    for version_id, person_id in rows:
        people.setdefault(version_id, set()).add(person_id)
    return {version_id: frozenset(found) for version_id, found in people.items()}


def everybody_behind(reading: Reading) -> frozenset[UUID]:
    """Whoever wrote or judged any version that is or was in use."""
    return frozenset(reading.session.scalars(select(PersonBehindRecord.person_id).distinct()))


def stands_behind(reading: Reading, bank: str, person_id: UUID) -> bool:
    """Whether a person wrote or judged any version of `bank` that is in use, or an earlier one of its question."""
    asked = (
        select(PersonBehindRecord.version_id)
        .join(ApprovedVersionRecord, ApprovedVersionRecord.id == PersonBehindRecord.version_id)
        .where(
            ApprovedVersionRecord.bank == bank,
            ApprovedVersionRecord.state == State.APPROVED,
            PersonBehindRecord.person_id == person_id,
        )
    )
    return bool(reading.session.scalar(select(asked.exists())))


def _ids(pool: Pool) -> list[UUID]:
    return [member.version_id for member in pool.members]


def _sealed(reading: Reading, ids: Collection[UUID]) -> list[tuple[UUID, bytes]]:
    rows = reading.session.execute(
        select(ApprovedVersionRecord.id, ApprovedVersionRecord.sealed).where(among(ApprovedVersionRecord.id, ids))
    )
    return [(row[0], row[1]) for row in rows]


def _open(reading: Reading, version_id: UUID, sealed: bytes) -> Question:
    return Question.from_bytes(reading.keys.questions.unseal(sealed, VERSION, version_id))
