"""Keys change in the middle of an examination, twice each, and nobody notices but the audit."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from certification.applications.actions import approve_application
from certification.certificates.queries import certificate_record
from certification.certificates.queries.genuine import false_certificates
from certification.verification.queries import public_certificate
from exams.invigilation.actions.supervising import close_room
from exams.sittings.actions import reveal_sitting
from host.commands import keys as command
from host.commands import papers
from host.commands.keys import resealed, rotated
from host.machine import Machine
from host.wiring import wiring
from kernel import sealed
from kernel.actor import ANYONE, platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.jobs import deliver_due
from kernel.keys import (
    PAPERS,
    PURPOSES,
    QUESTIONS,
    SIGNING,
    KeyUnknown,
    PublicKeys,
    Purpose,
    SealingRing,
    SigningKey,
    Succession,
    Way,
)
from kernel.keys.files import make_current, make_key, state_of
from kernel.ledger import public_keys, successions
from kernel.rotation import ROTATED, NoSuchPurpose, announce_rotation, finish_rotation
from kernel.settings import libpq
from kernel.tables import AuditRecord, CheckpointRecord, SealedPaperRecord
from kernel.walk import BAD_SIGNATURE, KEY_NOT_SAID, Walk
from kernel.work import Workplace
from tests.cast.exam_day import exam_day
from tests.cast.exam_room import begun, right_answers
from tests.integration.certification.conftest import Office
from web.certification.printing import printing


@pytest.fixture
def host(copies, tmp_path) -> Iterator[Machine]:
    """An installation with keys of its own."""
    with copies.unfounded() as made:
        update = {
            "var": tmp_path / "var",
            "witness_file": None,
            "database_url": libpq(made.owner_url()),
            "face_database_urls": {face: libpq(made.face_url(face)) for face in Face},
            "site": "jiangcheng",
        }
        own = Machine(made.settings.model_copy(update=update))
        own.migrate()
        yield own


@pytest.fixture
def place(host: Machine) -> Iterator[Workplace]:
    """A process that serves all the while; nobody starts it anew."""
    serving = host.workplace(wiring(host.settings))
    yield serving
    serving.engines.dispose()


def sealed_now(place: Workplace) -> None:
    with place.transaction(platform("sealer"), Face.REGISTRY) as work:
        while seal(work.session, work.keys, work.now, site=work.site):
            work.session.flush()


def rotate_everything(host: Machine) -> None:
    """As `anpei keys rotate` does it, purpose by purpose, in a process of its own."""
    other = host.workplace(wiring(host.settings))
    for purpose in PURPOSES.values():
        rotated(other, purpose)
        sealed_now(other)
        if purpose.way is Way.SEALING:
            assert resealed(host, purpose).broken == []
    other.engines.dispose()


def said_of_the_audit(place: Workplace) -> list[str]:
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        keys = public_keys(reading.session, reading.keys)
        return [each.sentence for each in Walk(reading.session, place.settings.keys_folder, keys).findings()]


def kept_with(place: Workplace, purpose: Purpose) -> set[str]:
    with place.reading(ANYONE, purpose.steward) as reading:
        return set(sealed.count_by_key(reading.session, purpose))


def a_certificate(place: Workplace):
    """Somebody's card, issued with whatever key signs now."""
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        office = Office(work)
        application = office.passed(office.person("李建国"))
        return certificate_record(
            work, approve_application(office.as_officer(), application, printing=printing(place.settings))
        )


def is_genuine(place: Workplace, code: str) -> bool:
    with place.reading(ANYONE, Face.PUBLIC) as reading:
        found = public_certificate(reading, code)
    assert found is not None
    return found.is_genuine


def test_every_key_follows_another_twice_in_the_middle_of_a_sitting(host, place):
    before = {name: state_of(host.settings.keys_folder, each).current for name, each in PURPOSES.items()}
    day = exam_day(place, candidates=2)
    oldest = a_certificate(place)
    day.open()
    sheet = begun(day, day.candidates[0])
    answers = right_answers(day, sheet.attempt_id, 90)
    sheet.save(*answers[:30])
    rotate_everything(host)
    sheet.take((sheet.token,))  # the paper is opened once more, as after a reload
    sheet.save(*answers[30:])
    middle = a_certificate(place)
    rotate_everything(host)
    sheet.hand_in()
    newest = a_certificate(place)
    day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    deliver_due(place, Face.EXAMINATION)
    day.release()
    day.do(day.officer, reveal_sitting, sitting_id=day.sitting_id)
    sealed_now(place)
    assert day.result_of(day.candidates[0]).score == 90
    for name, purpose in PURPOSES.items():
        state = state_of(host.settings.keys_folder, purpose)
        assert (len(state.periods), state.current != before[name]) == (3, True)
    for purpose in (QUESTIONS, PAPERS):
        assert kept_with(place, purpose) == {state_of(host.settings.keys_folder, purpose).current}
    assert said_of_the_audit(place) == []
    assert papers.verified(place, day.sitting_id, with_audit=True).differences == ()
    assert list(papers.compared(place, day.sitting_id, with_audit=True).differences) == []
    assert [is_genuine(place, each.public_code) for each in (oldest, middle, newest)] == [True] * 3
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        assert [each for some in false_certificates(reading) for each in some] == []
        assert len(set(reading.session.scalars(select(CheckpointRecord.key_id)))) == 3
        assert set(reading.session.scalars(select(CheckpointRecord.site))) == {"jiangcheng"}


def test_who_trusts_one_signing_key_trusts_all_and_who_trusts_another_none(host, place):
    rotated(place, SIGNING)
    rotated(place, SIGNING)
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        told, given = successions(reading.session), reading.keys.public_halves
    assert len(given) == 3
    for id_, key in given.items():
        assert set(PublicKeys({id_: key}, told).known) == set(given)
    assert set(PublicKeys({}, told).known) == set()


def test_a_row_that_names_another_key_is_believed_by_nobody(host, place):
    """Somebody with every right in the database, who cannot sign with a key that is trusted."""
    stranger = SigningKey(bytes(range(32)))
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        (first,) = successions(reading.session)
        given = reading.keys.public_halves
    forged = Succession.of(stranger, place.clock.now(), stranger)
    claimed = Succession(stranger.public, place.clock.now(), first.key.id, forged.by_itself, forged.by_predecessor)
    keys = PublicKeys(given, [first, claimed])
    assert set(keys.known) == {first.key.id}
    assert keys.known[first.key.id].ends_at is None


def test_a_former_key_signs_no_checkpoint_after_its_successor(host, place):
    """Whoever stole the old key, and dates the checkpoint back, stands in the wrong place of the chain."""
    folder = host.settings.keys_folder
    former, _ = rotated(place, SIGNING)
    sealed_now(place)
    make_current(folder, SIGNING, former, place.clock.now())
    with place.transaction(ANYONE, Face.REGISTRY) as work:
        work.note("tests.happened")
    sealed_now(place)
    assert said_of_the_audit(place) == [BAD_SIGNATURE]


def test_a_key_of_which_the_audit_says_nothing_is_named(host, place):
    key_id = make_key(host.settings.keys_folder, SIGNING, place.clock.now())
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        announce_rotation(work, SIGNING, key_id)
        work._notes.clear()
    sealed_now(place)
    assert KEY_NOT_SAID in said_of_the_audit(place)


def test_a_rotation_that_was_cut_off_is_finished_by_the_sealer_and_nothing_is_signed_meanwhile(host, place):
    folder = host.settings.keys_folder
    key_id = make_key(folder, SIGNING, place.clock.now())
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        announce_rotation(work, SIGNING, key_id)
    assert state_of(folder, SIGNING).current != key_id  # killed before it was made current
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        finish_rotation(work)
    assert state_of(folder, SIGNING).current == key_id
    sealed_now(place)
    assert said_of_the_audit(place) == []


def test_a_prepared_key_is_what_the_next_rotation_takes(host, place):
    prepared = make_key(host.settings.keys_folder, PAPERS, place.clock.now())
    assert state_of(host.settings.keys_folder, PAPERS).prepared == prepared
    assert rotated(place, PAPERS)[1] == prepared
    assert state_of(host.settings.keys_folder, PAPERS).prepared is None


# Sealing anew


@pytest.fixture
def drawn(place):
    return exam_day(place, candidates=2)


@contextmanager
def as_owner(host: Machine) -> Iterator[Session]:
    """Somebody with every right in the database, and no key."""
    engine = create_engine(host.owner_url())
    with Session(engine) as session:
        yield session
        session.rollback()
    engine.dispose()


def damage_one(host: Machine) -> tuple[str, UUID]:
    with as_owner(host) as session:
        of = session.scalars(select(SealedPaperRecord.of).where(SealedPaperRecord.what == "paper").limit(1)).one()
        session.execute(text("ALTER TABLE exams.sealed DISABLE TRIGGER history"))
        session.execute(
            text(
                "UPDATE exams.sealed SET sealed = sealed || '\\x00', digest = sha256(sealed || '\\x00') "
                "WHERE what = 'paper' AND of = :of"
            ),
            {"of": of},
        )
        session.execute(text("ALTER TABLE exams.sealed ENABLE TRIGGER history"))
        session.commit()
    return "paper", of


@pytest.mark.usefixtures("drawn")
def test_what_does_not_open_is_named_and_left_as_it_is_and_the_rest_is_sealed_anew(host, place):
    broken = damage_one(host)
    rotated(place, PAPERS)
    first = resealed(host, PAPERS)
    assert (first.done, first.broken) == (4, [broken])  # a secret, two papers, two documents
    again = resealed(host, PAPERS)
    assert (again.done, again.broken) == (0, [broken])
    assert len(kept_with(place, PAPERS)) == 2


@pytest.mark.usefixtures("drawn")
def test_sealing_anew_that_was_cut_off_keeps_every_thing_once_and_goes_on(host, place, monkeypatch):
    rotated(place, PAPERS)
    monkeypatch.setattr(sealed, "AT_ONCE", 2)
    ring, clock = SealingRing(host.settings.keys_folder, PAPERS), place.clock
    with as_owner(host) as session:
        assert sealed.reseal_some(session, ring, sealed.Resealing(), clock.now())
        session.commit()
        assert sealed.reseal_some(session, ring, sealed.Resealing(), clock.now())  # and killed here
    with as_owner(host) as session:
        assert sorted(sealed.count_by_key(session, PAPERS).values()) == [2, 3]
    assert resealed(host, PAPERS).done == 3
    assert kept_with(place, PAPERS) == {ring.state.current}


@pytest.mark.usefixtures("drawn")
def test_no_face_takes_out_or_changes_what_is_sealed_and_nobody_the_last_copy(host, place):
    for deed in ("DELETE FROM exams.sealed", "UPDATE exams.sealed SET key_id = ''", "TRUNCATE exams.sealed"):
        with (
            place.transaction(ANYONE, Face.EXAMINATION) as work,
            pytest.raises(ProgrammingError, match="permission denied"),
        ):
            work.session.execute(text(deed))
        with as_owner(host) as session, pytest.raises(DBAPIError, match=r"never (removed|changed)"):
            session.execute(text(deed))


def test_what_is_sealed_with_a_key_that_this_host_was_not_given_names_the_key(host, place):
    day = exam_day(place, candidates=1)
    lost, _ = rotated(place, PAPERS)
    ring = host.settings.keys_folder / "papers" / "ring.json"
    ring.write_text(re.sub(rf'"{lost}": {{[^}}]*}},', "", ring.read_text()))
    with pytest.raises(KeyUnknown, match=lost), place.reading(ANYONE, Face.EXAMINATION) as reading:
        sealed.opened(reading, PAPERS, "secret", day.sitting_id)


# At a terminal


def test_the_command_line_lists_rotates_and_seals_anew(host, place, monkeypatch, drawn):
    del drawn
    monkeypatch.setenv("COLUMNS", "80")  # nobody looks at it through a screen of 80 columns
    monkeypatch.setattr(command, "Settings", lambda: host.settings)
    run = CliRunner()
    former = state_of(host.settings.keys_folder, PAPERS).current
    made = run.invoke(command.app, ["rotate", "papers", "--prepare"])
    assert "lies prepared" in made.output
    assert "prepared" in run.invoke(command.app, ["list"]).output
    said = run.invoke(command.app, ["rotate", "papers"])
    assert said.exit_code == 0, said.output
    assert f"{former} came before it" in said.output
    assert "5 things sealed anew; 0 do not open" in said.output
    assert run.invoke(command.app, ["rotate", "lookups"]).exit_code == 0
    listed = run.invoke(command.app, ["list"]).output
    assert re.search(rf"papers\W+{former}.*former\W+0\W", listed)
    assert re.search(r"papers\W+\w{12}.*current\W+5\W", listed)
    assert isinstance(run.invoke(command.app, ["rotate", "love letters"]).exception, NoSuchPurpose)
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        rows = reading.session.scalars(select(AuditRecord).where(AuditRecord.name == ROTATED)).all()
    assert [(row.facts["purpose"], row.site) for row in rows] == [("papers", "jiangcheng"), ("lookups", "jiangcheng")]
