"""The two facts that cross: hours are complete, a result is released."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from certification.applications import reactions as applications
from certification.applications.tables import ApplicationRecord
from certification.eligibility import reactions as eligibility
from certification.eligibility.queries import newest_eligibility, proof
from certification.programmes.rules import plus_years
from exams.registrations.tables import EligibilityRecord
from exams.results.events import ResultReleased
from kernel.clock import shanghai_date
from kernel.events import as_json, from_json
from kernel.ids import new_id
from training.records.events import HoursCompleted


@pytest.fixture
def completed(office):
    return HoursCompleted(
        enrolment_id=new_id(),
        person_id=office.person(),
        qualification="low_voltage",
        outline="low_voltage.initial",
        outline_version=1,
        training_kind="initial",
        hours_required=Decimal(2),
        hours_credited=Decimal("2.4"),
        started_on=date(2026, 11, 20),
        completed_on=date(2026, 11, 22),
        provider_id=new_id(),
        provider_name="演示培训中心",
        teacher_ids=(new_id(), new_id()),
        demonstration=True,
    )


def released(person_id, part, **changes):
    facts = {
        "result_id": new_id(),
        "person_id": person_id,
        "qualification": "low_voltage",
        "part": part,
        "sitting_id": new_id(),
        "attempt_number": 1,
        "revision": 1,
        "supersedes": None,
        "method": 1,
        "score": Decimal("86.5"),
        "pass_mark": Decimal(80),
        "passed": True,
        "taken_on": date(2026, 11, 22),
        "released_at": datetime(2026, 11, 22, 9, tzinfo=UTC),
        "valid_until": None,
    }
    return ResultReleased(**(facts | changes))


def test_complete_hours_become_one_eligibility_that_exams_knows(office, completed):
    work = office.as_platform()
    for _ in range(2):  # a delivery that is repeated changes nothing
        eligibility.hours_completed(work, from_json(HoursCompleted, as_json(completed), HoursCompleted.FORMAT))
    granted = newest_eligibility(work, completed.person_id, "low_voltage")
    assert granted
    [known] = work.session.scalars(select(EligibilityRecord).where(EligibilityRecord.person_id == completed.person_id))
    assert known.proof_number == granted.proof_number
    assert sorted(known.teacher_ids) == sorted(map(str, completed.teacher_ids))


def test_hours_announced_before_outlines_had_names_are_still_taken(office, completed):
    facts = as_json(completed)
    del facts["outline_name"]
    eligibility.hours_completed(office.as_platform(), from_json(HoursCompleted, facts, 1))
    granted = newest_eligibility(office.work, completed.person_id, "low_voltage")
    assert granted
    assert proof(office.work, granted.id).outline == "低压电工作业培训大纲（第1版）"


def test_two_released_passes_open_an_application(office):
    person_id, work = office.person(), office.as_platform()
    in_a_year = plus_years(shanghai_date(work.now), 1)
    applications.result_released(work, released(person_id, "theory", valid_until=in_a_year))
    applications.result_released(work, released(person_id, "practical", score=Decimal("79.9"), passed=False))
    opened = select(ApplicationRecord).where(ApplicationRecord.person_id == person_id)
    assert work.session.scalars(opened).all() == []
    applications.result_released(work, released(person_id, "practical"))
    assert len(work.session.scalars(opened).all()) == 1
