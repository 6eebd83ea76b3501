"""Who alters a record, having every right in the database and no key, makes no genuine certificate of it."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from certification.certificates.actions.issuing import state_for_strangers
from certification.certificates.queries import certificate
from certification.certificates.queries.genuine import false_certificates
from certification.separation.queries import separation
from certification.separation.rules.findings import CERTIFICATE_FALSE
from certification.verification.queries import public_certificate
from kernel import files
from kernel.actor import ANYONE, platform
from kernel.faces import Face
from kernel.ids import new_id
from kernel.store import CERTIFICATE_PHOTOS
from kernel.work import Reading, Work
from people.accounts.rules import Sex
from people.demonstration.formats import portrait


@pytest.fixture
def another_face(workplace):
    """A photo that could be put in the place of somebody's."""
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        other = BytesIO(portrait("zhu", Sex.MALE, 40))
        files.keep(work, files.receive(work.stores, CERTIFICATE_PHOTOS, other, "image/jpeg"), new_id())


@pytest.fixture
def owner(machine, issued, another_face):
    """Somebody with every right in the database and no key; what they do is undone."""
    engine = create_engine(machine.owner_url())
    with engine.connect() as connection:
        for table in (
            "certification.certificates",
            "certification.signatures",
            "kernel.file_references",
            "kernel.file_keys",
        ):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER history"))
        yield connection
        connection.rollback()
    engine.dispose()


ONE_MORE = """
    INSERT INTO certification.signatures
    SELECT certificate_id, over, format, algorithm, 'one more', signature, signed_at
    FROM certification.signatures WHERE certificate_id = :id
"""
ANOTHER_FACE = """
    UPDATE kernel.file_references SET file_id =
        (SELECT r.file_id FROM kernel.file_references r WHERE r.purpose = 'certificate-photos'
          ORDER BY r.referred_at DESC LIMIT 1)
    WHERE of = :id AND purpose = 'certificate-photos'
"""
ANOTHER_KEY = """
    UPDATE kernel.file_keys SET sealed = 'x', digest = sha256('x')
    WHERE of = (SELECT file_id FROM kernel.file_references WHERE of = :id)
"""
ALTERED = (
    "UPDATE certification.certificates SET valid_until = valid_until + 400 WHERE id = :id",
    "UPDATE certification.certificates SET item = '高压电工作业' WHERE id = :id",
    "UPDATE certification.certificates SET item_en = 'High-voltage electrical work' WHERE id = :id",
    "UPDATE certification.certificates SET name = '某人' WHERE id = :id",
    ANOTHER_FACE,
    ANOTHER_KEY,
    "UPDATE kernel.files SET size = size - 1 WHERE id = (SELECT file_id FROM kernel.file_references WHERE of = :id)",
    "UPDATE certification.signatures SET signature = sha256('invented') WHERE certificate_id = :id",
    "UPDATE certification.signatures SET key_id = 'another' WHERE certificate_id = :id AND over = 'statement'",
    "UPDATE certification.signatures SET algorithm = 'another' WHERE certificate_id = :id AND over = 'statement'",
    ONE_MORE,
    "DELETE FROM certification.signatures WHERE certificate_id = :id AND over = 'statement'",
)


def as_seen(workplace, face, connection):
    """A reading through `face` of what the owner has made of the database."""
    return Reading(
        session=Session(bind=connection),
        actor=ANYONE,
        now=workplace.clock.now(),
        face=face,
        keys=workplace.keys(face),
        stores=workplace.stores(face),
    )


@pytest.mark.parametrize("alteration", ALTERED)
def test_who_alters_a_record_makes_no_genuine_certificate_of_it(workplace, issued, owner, alteration):
    record, _ = issued
    before = public_certificate(as_seen(workplace, Face.PUBLIC, owner), record.public_code)
    assert before
    assert before.is_genuine
    owner.execute(text(alteration), {"id": record.id})
    stranger = as_seen(workplace, Face.PUBLIC, owner)
    after = public_certificate(stranger, record.public_code)
    assert after
    assert not after.is_genuine
    auditor = as_seen(workplace, Face.REGISTRY, owner)
    assert [each.id for some in false_certificates(auditor) for each in some] == [record.id]
    assert CERTIFICATE_FALSE in {
        each.sentence
        for finding in separation(auditor, witness=Path("no-witness-here"))
        for each in finding.evidence
        if each.breaks
    }


@pytest.mark.parametrize("alteration", ALTERED[:2])
def test_an_altered_record_lets_nobody_work_and_renews_nothing(workplace, issued, owner, alteration):
    record, _ = issued
    owner.execute(text(alteration), {"id": record.id})
    assert not certificate(as_seen(workplace, Face.REGISTRY, owner), record.id).is_genuine


def stated_anew(workplace, owner):
    """What the registry's worker does after an upgrade from before there were statements."""
    owner.execute(text("DELETE FROM certification.signatures WHERE over = 'statement'"))
    reading = as_seen(workplace, Face.REGISTRY, owner)
    work = Work(
        session=reading.session,
        actor=platform("test"),
        now=reading.now,
        face=Face.REGISTRY,
        keys=reading.keys,
        stores=reading.stores,
    )
    state_for_strangers(work)
    work.session.flush()
    return as_seen(workplace, Face.PUBLIC, owner)


def test_a_certificate_from_before_the_statements_gets_one(workplace, issued, owner):
    record, _ = issued
    found = public_certificate(stated_anew(workplace, owner), record.public_code)
    assert found
    assert found.is_genuine


def test_a_record_that_was_altered_before_gets_none(workplace, issued, owner):
    record, _ = issued
    owner.execute(text(ALTERED[0]), {"id": record.id})
    found = public_certificate(stated_anew(workplace, owner), record.public_code)
    assert found
    assert not found.is_genuine
