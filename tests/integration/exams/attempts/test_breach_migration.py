"""Breaches that an installation has from before are about candidates afterwards, and none is lost or left to nobody."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from host.machine import MIGRATIONS

BEFORE = "0009_sittings"
FIRST, SECOND = UUID(int=1), UUID(int=2)

CENTRE = """
    INSERT INTO exams.centres (id, code, names, address, added_at) VALUES (:id, 'OLD', '{}', '-', now())
"""
ROOM = """
    INSERT INTO exams.rooms (id, centre_id, code, names, kind, rows, columns)
    VALUES (:id, :id, 'A', '{}', 'theory', 1, 1)
"""
SITTING = """
    INSERT INTO exams.sittings (id, code, centre_id, room_id, qualification, part, starts_at, ends_at, capacity, state,
        standard, numbers_given, planned_at, closed_at)
    VALUES (:id, :id, :centre, :centre, 'low_voltage', 'theory', now(), now() + interval '2 hours', 1,
        CASE WHEN :closed THEN 'closed' ELSE 'open' END, '{}', 1, now(), CASE WHEN :closed THEN now() END)
"""
ATTEMPT = """
    INSERT INTO exams.attempts (id, sitting_id, registration_id, person_id, paper_id, admission_number, state,
        started_at, minutes, extra_minutes, deadline, shape)
    VALUES (:id, :sitting, :about, :id, :id, '1', 'open', now(), 120, 0, now(), '[]')
"""
BREACH = """
    INSERT INTO exams.breaches (attempt_id, reason, proposed_by, proposed_at, confirmed_by, confirmed_at)
    VALUES (:id, 'phone', :first, now(), CAST(:second AS uuid), CAST(:at AS timestamptz))
"""
AFTER = "SELECT registration_id, sitting_id, decision, decided_by FROM exams.breaches ORDER BY registration_id"


def upgrade(machine, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = machine.owner_url()
    command.upgrade(config, version)


@pytest.fixture
def old(copies):
    """A database as the version before left it."""
    with copies.copy_of("template_before_0008", lambda machine: upgrade(machine, BEFORE)) as machine:
        yield machine


def test_breaches_from_before_are_kept_and_one_of_a_closed_room_is_no_longer_waited_for(old):
    engine = create_engine(old.owner_url())
    centre, is_open, closed = uuid4(), uuid4(), uuid4()
    with engine.begin() as owner:
        owner.execute(text(CENTRE), {"id": centre})
        owner.execute(text(ROOM), {"id": centre})
        for sitting, is_closed in ((is_open, False), (closed, True)):
            owner.execute(text(SITTING), {"id": sitting, "centre": centre, "closed": is_closed})
        for number, (sitting, second) in enumerate([(closed, SECOND), (closed, None), (is_open, None)], 1):
            about = {"id": uuid4(), "sitting": sitting, "about": UUID(int=number)}
            owner.execute(text(ATTEMPT), about)
            at = datetime(2026, 7, 1, tzinfo=UTC) if second else None
            owner.execute(text(BREACH), {"id": about["id"], "first": FIRST, "second": second, "at": at})
    upgrade(old, "heads")
    with engine.connect() as owner:
        kept = [tuple(row) for row in owner.execute(text(AFTER))]
    engine.dispose()
    assert kept == [
        (UUID(int=1), closed, "confirmed", SECOND),
        (UUID(int=2), closed, "dismissed", FIRST),
        (UUID(int=3), is_open, None, None),
    ]
