"""What takes two people is done by two people, in time, once, and only as it was prepared."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import ColumnElement, SQLColumnExpression, text, true
from sqlalchemy.exc import DBAPIError

from kernel import two_people
from kernel.actor import Actor, platform
from kernel.because import ReasonMissing
from kernel.errors import Forbidden, Refused
from kernel.faces import Face
from kernel.two_people.deeds import Listed, listed
from kernel.two_people.errors import (
    CancelledAlready,
    ChangedMeanwhile,
    ConfirmedAlready,
    Lapsed,
    NoSuchPreparedDeed,
    NotAPerson,
    PreparedAlready,
    PreparedByYou,
)
from kernel.two_people.events import DeedConfirmed
from kernel.work import ACTIONS, BY_TWO, Reading, TakesTwoPeople, Work, Workplace, action
from tests.cast.waiting import LIMIT_SECONDS

BELL = "tests.ring_the_bell"
MAY_RING = "tests:bell:ring"
DAY = timedelta(days=1)


class BellIsAway(Refused):
    pass


class Tower:
    """A bell that a deed rings: what it would do follows from `times`, and a rule says no while it is away."""

    def __init__(self) -> None:
        self.times, self.is_away, self.signatures = 3, False, 2
        self.rung: list[tuple[UUID, int]] = []
        self.here: list[UUID] = []  # for whoever does not act everywhere

    def foresee(self, _: Reading, arguments: two_people.Arguments) -> two_people.Foreseen:
        if self.is_away:
            raise BellIsAway
        return two_people.Foreseen(
            about=UUID(arguments["bell"]),
            says=(two_people.Sentence("The bell rings %(times)s times.", {"times": self.times}),),
            rests_on={"times": self.times},
            signatures=self.signatures,
        )

    def in_scope(self, reading: Reading, bell: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        return true() if reading.actor.scope.is_everywhere else bell.in_(self.here)

    def do(self, work: Work, arguments: two_people.Arguments, _: two_people.Prepared) -> None:
        ring(work, self, UUID(arguments["bell"]))


@action(needs=MAY_RING, by_two=BELL)
def ring(work: Work, tower: Tower, bell: UUID) -> None:
    tower.rung.append((bell, tower.times))
    work.note("tests.bell_rang", subject=bell)


for register in (ACTIONS, BY_TWO):
    del register[f"{__name__}.ring"]  # no deed of the platform


@pytest.fixture
def tower(monkeypatch: pytest.MonkeyPatch) -> Tower:
    made = Tower()
    names = {"zh": "敲钟", "en": "Ring the bell"}
    monkeypatch.setitem(listed(), BELL, Listed(BELL, names, 3 * DAY, "so that a test can ring it"))
    deed = two_people.Deed(
        name=BELL, needs=MAY_RING, face=Face.EXAMINATION, foresee=made.foresee, in_scope=made.in_scope, do=made.do
    )
    monkeypatch.setitem(two_people.DEEDS, BELL, deed)
    return made


@pytest.fixture
def people(own_workplace: Workplace) -> "People":
    return People(own_workplace)


class People:
    """Two ringers and somebody who may not ring; a clock that they share."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.now = place.clock.now()
        self.he, self.zeng, self.lin = (ringer(name) for name in ("何建平", "曾敏", "林悦"))
        self.stranger = replace(ringer("许海峰"), permissions=frozenset())

    def do(self, actor: Actor, deed: Any, *args: Any, face: Face = Face.EXAMINATION, **kw: Any) -> Any:
        with self.place.transaction(actor, face) as work:
            work.now = self.now
            return deed(work, *args, **kw)

    def look(self, actor: Actor, query: Any, *args: Any, face: Face = Face.EXAMINATION) -> Any:
        with self.place.reading(actor, face) as reading:
            reading.now = self.now
            return query(reading, *args)

    def prepared(self, bell: UUID | None = None) -> UUID:
        found: UUID = self.do(self.he, two_people.prepare, BELL, {"bell": str(bell or uuid4())})
        return found

    def audited(self, name: str) -> list[dict[str, Any]]:
        with self.place.reading(platform("test"), Face.REGISTRY) as reading:
            told = text("SELECT facts FROM kernel.audit WHERE name = :name ORDER BY id")
            return list(reading.session.scalars(told, {"name": name}))


def ringer(name: str) -> Actor:
    return Actor(name=name, account_id=uuid4(), person_id=uuid4(), permissions=frozenset({MAY_RING}))


def test_who_holds_no_permission_prepares_confirms_and_sees_nothing(people, tower):
    with pytest.raises(Forbidden):
        people.do(people.stranger, two_people.prepare, BELL, {"bell": str(uuid4())})
    prepared_id = people.prepared()
    for deed, more in ((two_people.confirm, {}), (two_people.cancel, {"reason": "不应发布"})):
        with pytest.raises(NoSuchPreparedDeed):
            people.do(people.stranger, deed, prepared_id, **more)
    assert people.look(people.stranger, two_people.waiting) == ()
    assert tower.rung == []


def test_who_acts_elsewhere_sees_confirms_and_cancels_nothing(people, tower):
    here, there = uuid4(), uuid4()
    tower.here.append(here)
    of_here, of_there = people.prepared(here), people.prepared(there)
    ringer_here = replace(people.zeng, region="9901")
    for deed, more in ((two_people.confirm, {}), (two_people.cancel, {"reason": "不应发布"})):
        with pytest.raises(NoSuchPreparedDeed):
            people.do(ringer_here, deed, of_there, **more)
    assert [each.id for each in people.look(ringer_here, two_people.waiting)] == [of_here]
    people.do(people.lin, two_people.confirm, of_there)
    assert people.look(ringer_here, two_people.lately) == ()
    people.do(ringer_here, two_people.confirm, of_here)
    assert [bell for bell, _ in tower.rung] == [there, here]


def test_preparing_does_nothing_yet_and_says_what_will_happen(people, tower):
    prepared_id = people.prepared()
    assert tower.rung == []
    known = people.look(people.zeng, two_people.prepared, prepared_id)
    assert [(said.text, said.data) for said in known.says] == [("The bell rings %(times)s times.", {"times": 3})]
    assert (known.preparer.name, known.until) == ("何建平", people.now + 3 * DAY)
    assert prepared_id in {each.id for each in people.look(people.zeng, two_people.waiting)}


def test_nobody_goes_around_it_not_even_the_platform(people, tower):
    for actor in (people.he, platform("test")):
        with pytest.raises(TakesTwoPeople):
            people.do(actor, ring, tower, uuid4())
    assert tower.rung == []


def test_whoever_prepared_it_does_not_confirm_it_with_another_account_either(people, tower):
    prepared_id = people.prepared()
    for actor in (people.he, replace(people.he, account_id=uuid4(), name="何建平（第二账号）")):
        with pytest.raises(PreparedByYou):
            people.do(actor, two_people.confirm, prepared_id)
    with pytest.raises(NotAPerson):
        people.do(platform("test"), two_people.confirm, prepared_id)
    assert tower.rung == []


def test_another_confirms_and_one_row_of_the_audit_names_both(people, tower):
    bell = uuid4()
    prepared_id = people.prepared(bell)
    people.now += DAY
    people.do(people.zeng, two_people.confirm, prepared_id)
    assert tower.rung == [(bell, 3)]
    facts = people.audited(DeedConfirmed.NAME)[-1]
    assert facts["names"] == ["何建平", "曾敏"]
    assert facts["people"] == [str(people.he.person_id), str(people.zeng.person_id)]
    known = people.look(people.he, two_people.prepared, prepared_id)
    assert known.standing(people.now) is two_people.Standing.CONFIRMED
    assert known in people.look(people.he, two_people.lately)


def test_what_was_confirmed_is_neither_confirmed_again_nor_cancelled(people, tower):
    prepared_id = people.prepared()
    people.do(people.zeng, two_people.confirm, prepared_id)
    with pytest.raises(ConfirmedAlready):
        people.do(people.lin, two_people.confirm, prepared_id)
    with pytest.raises(ConfirmedAlready):
        people.do(people.lin, two_people.cancel, prepared_id, reason="不应发布")
    assert len(tower.rung) == 1


def test_of_two_who_confirm_at_the_same_moment_one_does(people, tower):
    prepared_id = people.prepared()
    together = Barrier(2)

    def confirmed(actor: Actor) -> bool:
        try:
            with people.place.transaction(actor, Face.EXAMINATION) as work:
                work.now = people.now
                work.session.execute(text("SELECT 1"))
                together.wait(LIMIT_SECONDS)
                two_people.confirm(work, prepared_id)
        except ConfirmedAlready:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        outcomes = [both.submit(confirmed, actor) for actor in (people.zeng, people.lin)]
    assert sorted(each.result(LIMIT_SECONDS) for each in outcomes) == [False, True]
    assert len(tower.rung) == 1


def test_rules_are_asked_again_at_the_confirmation_and_it_goes_on_waiting(people, tower):
    prepared_id = people.prepared()
    tower.is_away = True
    with pytest.raises(BellIsAway):
        people.do(people.zeng, two_people.confirm, prepared_id)
    tower.is_away = False
    people.do(people.zeng, two_people.confirm, prepared_id)
    assert len(tower.rung) == 1


def test_what_would_happen_now_must_be_what_was_prepared(people, tower):
    prepared_id = people.prepared()
    tower.times = 4
    with pytest.raises(ChangedMeanwhile):
        people.do(people.zeng, two_people.confirm, prepared_id)
    assert tower.rung == []


def test_for_one_thing_one_deed_waits_until_it_was_cancelled(people, tower):
    bell = uuid4()
    prepared_id = people.prepared(bell)
    with pytest.raises(PreparedAlready, match="何建平"):
        people.do(people.zeng, two_people.prepare, BELL, {"bell": str(bell)})
    with pytest.raises(ReasonMissing):
        people.do(people.zeng, two_people.cancel, prepared_id, reason=" ")
    people.do(people.zeng, two_people.cancel, prepared_id, reason="次数不对，重新准备")
    with pytest.raises(CancelledAlready, match="曾敏"):
        people.do(people.lin, two_people.confirm, prepared_id)
    people.do(people.zeng, two_people.confirm, people.prepared(bell))
    assert tower.rung == [(bell, 3)]


def test_what_nobody_confirms_in_time_lapses_and_can_be_prepared_anew(people, tower):
    bell = uuid4()
    prepared_id = people.prepared(bell)
    people.now += 3 * DAY + timedelta(seconds=1)
    with pytest.raises(Lapsed):
        people.do(people.zeng, two_people.confirm, prepared_id)
    people.do(platform("test"), two_people.lapse)
    people.do(platform("test"), two_people.lapse)
    known = people.look(people.he, two_people.prepared, prepared_id)
    assert known.end.how is two_people.How.LAPSED
    assert [each["prepared_id"] for each in people.audited("kernel.deed_lapsed")].count(str(prepared_id)) == 1
    people.do(people.zeng, two_people.confirm, people.prepared(bell))
    assert len(tower.rung) == 1


def test_a_deed_of_three_signatures_waits_for_the_third(people, tower):
    tower.signatures = 3
    prepared_id = people.prepared()
    people.do(people.zeng, two_people.confirm, prepared_id)
    assert tower.rung == []
    assert people.look(people.lin, two_people.prepared, prepared_id).missing == 1
    people.do(people.lin, two_people.confirm, prepared_id)
    assert len(tower.rung) == 1
    assert people.audited(DeedConfirmed.NAME)[-1]["names"] == ["何建平", "曾敏", "林悦"]


def test_another_part_of_the_platform_neither_sees_nor_does_it(people, tower):
    prepared_id = people.prepared()
    with pytest.raises(NoSuchPreparedDeed):
        people.do(people.zeng, two_people.confirm, prepared_id, face=Face.REGISTRY)
    seen = "SELECT count(*) FROM kernel.prepared_deeds"
    assert people.look(people.zeng, lambda reading: reading.session.scalar(text(seen)), face=Face.REGISTRY) == 0


BY_HAND = {
    "the preparer signs": (
        "INSERT INTO kernel.deed_signatures SELECT id, prepared_by, account_id, name, prepared_at "
        "FROM kernel.prepared_deeds WHERE id = :id"
    ),
    "nobody signs": (
        "INSERT INTO kernel.deed_ends SELECT id, 'confirmed', prepared_by, name, '', prepared_at "
        "FROM kernel.prepared_deeds WHERE id = :id"
    ),
    "its time is made longer": "UPDATE kernel.prepared_deeds SET until = until + interval '1 day' WHERE id = :id",
    "it is removed": "DELETE FROM kernel.prepared_deeds WHERE id = :id",
}


@pytest.mark.parametrize("statement", BY_HAND.values(), ids=BY_HAND)
def test_the_database_refuses_it_too(people, tower, statement):
    prepared_id = people.prepared()
    with people.place.engines.of(Face.EXAMINATION).connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(statement), {"id": prepared_id})


def test_whoever_was_stopped_in_a_confirmation_is_not_let_through_afterwards(people, tower):
    prepared_id = people.prepared()
    with people.place.transaction(people.zeng, Face.EXAMINATION) as work:
        work.now = people.now
        two_people.confirm(work, prepared_id)
        with pytest.raises(TakesTwoPeople):
            ring(work, tower, uuid4())
