"""Facts on their way."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from kernel.events import as_json, from_json
from tests.golden.specimens.what import PERSON, Content, Specimen, hold
from training.records.events import HoursCompleted


def proof() -> HoursCompleted:
    """What a training proof rests on: the one fact that crosses from teaching."""
    return HoursCompleted(
        enrolment_id=UUID(int=11),
        person_id=PERSON,
        qualification="low_voltage",
        outline="low_voltage",
        outline_version=1,
        training_kind="initial",
        hours_required=Decimal(116),
        hours_credited=Decimal("116.50"),
        started_on=date(2026, 5, 1),
        completed_on=date(2026, 5, 31),
        provider_id=UUID(int=12),
        provider_name="江城培训学校",
        teacher_ids=(UUID(int=13),),
        demonstration=True,
        outline_name="低压电工作业（初训）",
    )


def write_delivery() -> dict[str, Any]:
    event = proof()
    reaction = "certification.eligibility/hours_completed"
    return {"event": event.NAME, "reaction": reaction, "format": event.FORMAT, "facts": as_json(event)}


def verify_delivery(kept: Content) -> None:
    hold(kept["event"] == HoursCompleted.NAME, "a fact has another name")
    read = from_json(HoursCompleted, kept["facts"], kept["format"])
    hold(replace(read, outline_name=proof().outline_name) == proof(), "a fact reads otherwise")


SPECIMENS = (Specimen(HoursCompleted.NAME, HoursCompleted.FORMAT, write_delivery, verify_delivery),)
