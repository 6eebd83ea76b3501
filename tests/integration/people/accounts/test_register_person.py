"""A document makes one person, however often and however it is written."""

import pytest
from sqlalchemy.exc import IntegrityError

from kernel.actor import platform
from kernel.faces import Face
from kernel.ids import new_id
from people.accounts.actions import register_person
from people.accounts.errors import AlreadyKnown
from people.accounts.rules import DocumentKind
from people.accounts.tables import IdentityDocumentRecord, PersonRecord

NUMBER = "99010119790903015X"


@pytest.fixture
def work(work_as):
    return work_as(platform("test"), Face.REGISTRY)


def register(work, number, name="李建国", kind=DocumentKind.RESIDENT_ID):
    return register_person(
        work, name=name, document_kind=kind, document_number=number, sex=None, birth_date=None, phone=None
    )


@pytest.mark.parametrize(
    "again",
    [NUMBER, NUMBER.lower(), "990101 19790903 015X", "９９０１０１１９７９０９０３０１５Ｘ", "990101-19790903-015x"],
)
def test_the_same_number_is_the_same_person(work, again):
    assert register(work, again) == register(work, NUMBER)


def test_under_another_name_it_is_refused(work):
    register(work, NUMBER)
    with pytest.raises(AlreadyKnown):
        register(work, NUMBER.lower(), name="李建")


def test_the_database_refuses_a_second_holder_too(work):
    register(work, NUMBER)
    work.session.flush()
    other = new_id()
    work.session.add(PersonRecord(id=other, name="李建国", created_at=work.now))
    work.session.flush()
    work.session.add(IdentityDocumentRecord(person_id=other, kind=DocumentKind.RESIDENT_ID, number=NUMBER))
    with pytest.raises(IntegrityError, match="identity_documents"):
        work.session.flush()
