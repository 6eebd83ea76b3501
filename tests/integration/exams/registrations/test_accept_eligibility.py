"""Training reaches the exam body as one fact, through the registry, once."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from exams.registrations.actions import accept_eligibility
from exams.registrations.tables import EligibilityRecord
from kernel.actor import platform
from kernel.errors import Forbidden
from kernel.faces import Face
from people.access.rules import Role

TEACHER = uuid4()
FACTS = {
    "qualification": "low_voltage",
    "granted_on": date(2026, 7, 1),
    "valid_until": None,
    "provider_id": uuid4(),
    "provider_name": "示范学校",
    "teacher_ids": (TEACHER,),
    "demonstration": True,
}


@pytest.mark.parametrize("role", list(Role))
def test_no_person_may(office, role):
    with pytest.raises(Forbidden):
        office.do(
            accept_eligibility,
            actor=office.actor(role),
            face=Face.REGISTRY,
            person_id=uuid4(),
            proof_number="PX1",
            **FACTS,
        )


def test_the_same_proof_twice_is_one_eligibility(office):
    facts = FACTS | {"person_id": uuid4(), "proof_number": f"PX{uuid4().hex}"}
    for _ in range(2):
        office.do(accept_eligibility, actor=platform("test"), face=Face.REGISTRY, **facts)
    found = office.look(
        lambda reading: reading.session.scalars(
            select(EligibilityRecord).where(EligibilityRecord.proof_number == facts["proof_number"])
        ).all()
    )
    assert len(found) == 1
    assert found[0].teacher_ids == [str(TEACHER)]


def test_testing_cannot_make_itself_an_eligibility(office):
    with pytest.raises(ProgrammingError, match="permission denied"):
        office.do(
            accept_eligibility, actor=platform("test"), person_id=uuid4(), proof_number=f"PX{uuid4().hex}", **FACTS
        )


def test_the_registry_cannot_look_at_registrations(workplace):
    with workplace.engines.of(Face.REGISTRY).connect() as connection, pytest.raises(ProgrammingError, match="denied"):
        connection.execute(text("SELECT 1 FROM exams.registrations"))


@pytest.mark.parametrize("face", [Face.LEARNING, Face.AUTHORING, Face.PUBLIC])
def test_other_faces_cannot_even_look(workplace, face):
    with workplace.engines.of(face).connect() as connection, pytest.raises(ProgrammingError, match="denied"):
        connection.execute(text("SELECT 1 FROM exams.eligibilities"))


def test_an_eligibility_is_never_changed(office, machine):
    office.trained()
    with machine.embedded.superuser(machine.database) as connection, pytest.raises(Exception, match="never changed"):
        connection.execute("UPDATE exams.eligibilities SET valid_until = NULL")
