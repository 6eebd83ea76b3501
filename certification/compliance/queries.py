"""The board: everyone at an enterprise, whether they may work at their post today, why not, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, column, select, table

from certification.applications.queries import stages_passed
from certification.certificates.queries import CertificateRow, certificates_of
from certification.compliance.rules import (
    Employed,
    Held,
    Light,
    Obligations,
    Progress,
    Requirement,
    Stage,
    Verdict,
    read_grace,
    read_insurance,
    verdict,
)
from certification.eligibility.queries import newest_eligibilities
from certification.programmes.queries import dated_rules
from kernel.authored import read_once
from kernel.clock import shanghai_date
from kernel.db import among
from kernel.errors import NotFound
from kernel.law import Region
from kernel.names import Names
from kernel.work import Reading
from people.organisations.queries import StaffRow, own_organisation, staff_of
from people.positions.queries import vocabulary

# Training's own summary for the registry; the tables behind it are not granted to this face.
PROGRESS_SUMMARY = table(
    "progress_summary",
    column("person_id", Uuid()),
    *[column(name) for name in ("qualification", "enrolled_at", "completed_on", "hours_required", "hours_credited")],
    schema="training",
)

Wanted = tuple[UUID, str]


@read_once
def obligations() -> Obligations:
    """What a post asks of whoever holds it, by date and region."""
    file = dated_rules("obligations.yaml")
    return Obligations(
        graces=file.book("graces", read=read_grace, about=lambda grace: grace.positions),
        insurances=file.book("insurances", read=read_insurance, about=lambda _: ["insurance"]),
    )


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One person at one post, with the verdict of today."""

    staff: StaffRow
    requires: tuple[Names, ...]
    verdict: Verdict


def own_board(reading: Reading) -> list[BoardLine]:
    """The board of the actor's own enterprise: who may not work first, then whose time runs out soonest."""
    if reading.actor.organisation_id is None:
        raise NotFound
    own = own_organisation(reading)
    lines = board(reading, staff_of(reading, own.id), own.region)
    order = (Light.RED, Light.AMBER, Light.GREEN)
    return sorted(
        lines,
        key=lambda line: (order.index(line.verdict.light), line.verdict.good_until or date.max, line.staff.name),
    )


def board(reading: Reading, staff: Sequence[StaffRow], region: Region | None = None) -> list[BoardLine]:
    """The verdict of today for each of these staff rows, who work in `region`."""
    people = list({row.person_id for row in staff})
    held = certificates_of(reading, people)
    # What the database says and the registry never signed lets nobody work.
    certificates = {person: [row for row in rows if row.is_genuine] for person, rows in held.items()}
    progress = _progress(reading, people, certificates)
    return [_line(reading, row, certificates.get(row.person_id, []), progress, region) for row in staff]


def _line(
    reading: Reading,
    row: StaffRow,
    certificates: list[CertificateRow],
    progress: dict[Wanted, Progress],
    region: Region | None,
) -> BoardLine:
    today = shanghai_date(reading.now)
    demanded = vocabulary().post_kind(row.post_kind).requirement(today, region)
    requirements = tuple(
        _requirement(code, [each for each in certificates if each.qualification == code], progress, row.person_id)
        for code in (demanded.qualifications if demanded else ())
    )
    employed = Employed(
        posted_on=row.post_since, insured=row.injury_insurance, requirements=requirements, region=region
    )
    return BoardLine(row, tuple(each.names for each in requirements), verdict(employed, obligations(), today))


def _requirement(
    code: str, certificates: list[CertificateRow], progress: dict[Wanted, Progress], person_id: UUID
) -> Requirement:
    qualification = vocabulary().qualification(code)
    return Requirement(
        qualification=code,
        position=qualification.position,
        names=qualification.names,
        held=tuple(Held(each.period, each.log) for each in certificates),
        progress=progress.get((person_id, code), Progress(Stage.NOT_BEGUN)),
    )


def _progress(
    reading: Reading, people: list[UUID], certificates: dict[UUID, list[CertificateRow]]
) -> dict[Wanted, Progress]:
    """How far each person has come towards each certificate; what led to a certificate already issued is past."""
    issued: dict[Wanted, datetime] = {}
    for row in (row for rows in certificates.values() for row in rows):
        issued[row.person_id, row.qualification] = row.issued_at
    found: dict[Wanted, Progress] = {}
    for wanted, (begun_at, step) in _learning(reading, people).items():
        if wanted not in issued or begun_at > issued[wanted]:
            found[wanted] = step
    for wanted, eligibility in newest_eligibilities(reading, people).items():
        if wanted not in issued or eligibility.granted_at > issued[wanted]:
            found[wanted] = Progress(Stage.MAY_SIT)
    for wanted, stage in stages_passed(reading, people, shanghai_date(reading.now)).items():
        found[wanted] = Progress(Stage(stage))
    return found


def _learning(reading: Reading, people: list[UUID]) -> dict[Wanted, tuple[datetime, Progress]]:
    summary = PROGRESS_SUMMARY.c
    rows = reading.session.execute(
        select(*summary)
        .where(among(summary.person_id, people), summary.completed_on.is_(None))
        .order_by(summary.enrolled_at)
    )
    found: dict[Wanted, tuple[datetime, Progress]] = {}
    for row in rows:
        step = Progress(Stage.LEARNING, row.hours_credited, row.hours_required)
        found[row.person_id, row.qualification] = (row.enrolled_at, step)
    return found
