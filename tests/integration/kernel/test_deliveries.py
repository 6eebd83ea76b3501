"""What did not arrive is seen and tried again; a name that nothing reacts to raises the alarm; facts stay unseen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from structlog.testing import capture_logs

from host.wiring import wiring
from kernel import deliveries
from kernel.actor import ANYONE, platform
from kernel.deliveries import NoSuchDelivery, State
from kernel.errors import N_, Forbidden, Refused
from kernel.events import Event, Wiring
from kernel.faces import Face
from kernel.ids import new_id
from kernel.jobs import deliver_due, run_periodic
from kernel.logs import Reminder
from kernel.work import Work, Workplace

SECRET = "110101199003074477"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursCounted(Event):
    NAME: ClassVar[str] = "training.hours_counted_in_a_test"

    id: UUID
    number: str


class NobodyThere(Refused):
    sentence = N_("Nobody has the number %(number)s.")


def react(work: Work, event: HoursCounted) -> None:
    raise NobodyThere(number=event.number)


def break_down(work: Work, event: HoursCounted) -> None:
    raise ValueError(event.number)


def renamed(work: Work, event: HoursCounted) -> None:
    """What `react` is called in the next version."""


def place_with(workplace: Workplace, *reactions: Callable[[Work, HoursCounted], None]) -> Workplace:
    wires = Wiring()
    for each in reactions:
        wires.wire(HoursCounted, each, face=Face.REGISTRY, name=f"tests/{each.__name__}")
    return Workplace(settings=workplace.settings, engines=workplace.engines, wiring=wires)


def announce(place: Workplace) -> None:
    with place.transaction(ANYONE, Face.LEARNING) as work:
        work.announce(HoursCounted(id=new_id(), number=SECRET))


def seen(place: Workplace, face: Face = Face.REGISTRY) -> tuple[deliveries.Delivery, ...]:
    with place.reading(platform("test"), face) as reading:
        return deliveries.waiting(reading, place.wiring)


@pytest.fixture(autouse=True)
def empty(own_workplace: Workplace) -> Iterator[None]:
    """Nothing waits before a test."""
    yield
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        work.session.execute(text("UPDATE kernel.deliveries SET done_at = now() WHERE done_at IS NULL"))


def test_what_failed_says_why_without_what_was_typed(own_workplace):
    place = place_with(own_workplace, react, break_down)
    announce(place)
    assert deliver_due(place, Face.REGISTRY) == 2
    refused, broken = sorted(seen(place), key=lambda each: each.cause or "", reverse=True)
    assert (refused.cause, refused.tries, refused.state) == ("ValueError", 1, State.FAILING)
    assert broken.cause == NobodyThere.sentence
    assert SECRET not in str((refused, broken))
    with place.reading(platform("test"), Face.REGISTRY) as reading:
        own = reading.session.scalars(text("SELECT last_error FROM kernel.deliveries WHERE tries = 1")).all()
    assert all(SECRET in each for each in own)


def test_a_renamed_reaction_leaves_no_orphan_in_silence(own_workplace):
    announce(place_with(own_workplace, react))
    later = place_with(own_workplace, renamed)
    assert deliver_due(later, Face.REGISTRY) == 0
    (lost,) = seen(later)
    assert lost.state is State.UNKNOWN
    real = wiring(own_workplace.settings)
    (report,) = [each for each in real.periodic if each.name.endswith("report_unknown") and each.face is Face.REGISTRY]
    with capture_logs() as said:
        run_periodic(own_workplace, report)
        run_periodic(own_workplace, report)
    (alarm,) = said
    assert alarm["log_level"] == "error"
    assert lost.reaction in alarm["why"]


def test_where_every_name_is_known_there_is_no_alarm(own_workplace):
    announce(place_with(own_workplace, react))
    place = place_with(own_workplace, react)
    assert [each.state for each in seen(place)] == [State.WAITING]
    with capture_logs() as said, place.transaction(platform("test"), Face.REGISTRY) as work:
        deliveries.report_unknown(work, wiring=place.wiring, reminder=Reminder())
    assert said == []


def test_the_unknown_stand_first_then_what_failed_then_what_waits(own_workplace):
    announce(place_with(own_workplace, renamed))
    place = place_with(own_workplace, react, break_down)
    announce(place)
    deliver_due(place, Face.REGISTRY)
    announce(place)
    states = [each.state for each in seen(place)]
    assert states == [State.UNKNOWN, *[State.FAILING] * 2, *[State.WAITING] * 2]


def test_what_failed_is_tried_again_at_once_and_the_deed_is_audited(own_workplace):
    place = place_with(own_workplace, react)
    announce(place)
    deliver_due(place, Face.REGISTRY)
    assert deliver_due(place, Face.REGISTRY) == 0
    (failed,) = seen(place)
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        assert deliveries.try_again(work, (failed.id,)) == 1
    assert deliver_due(place, Face.REGISTRY) == 1
    assert seen(place)[0].tries == 2
    with place.reading(platform("test"), Face.REGISTRY) as reading:
        named = text("SELECT count(*) FROM kernel.audit WHERE name = 'kernel.delivery_tried_again' AND subject = :id")
        assert reading.session.scalar(named, {"id": failed.id}) == 1


def test_nobody_without_the_permission_tries_again(own_workplace):
    with pytest.raises(Forbidden), own_workplace.transaction(ANYONE, Face.REGISTRY) as work:
        deliveries.try_again(work, (new_id(),))


def test_what_has_arrived_cannot_be_tried_again(own_workplace):
    with pytest.raises(NoSuchDelivery), own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        deliveries.try_again(work, (new_id(),))


def test_another_face_sees_and_moves_its_own_only(own_workplace):
    place = place_with(own_workplace, react)
    announce(place)
    deliver_due(place, Face.REGISTRY)
    assert seen(place, Face.LEARNING) == ()
    (failed,) = seen(place)
    with pytest.raises(NoSuchDelivery), place.transaction(platform("test"), Face.LEARNING) as work:
        deliveries.try_again(work, (failed.id,))


def test_the_registry_reads_no_fact_of_another_face(own_workplace):
    with pytest.raises(ProgrammingError), own_workplace.reading(platform("test"), Face.REGISTRY) as reading:
        reading.session.execute(text("SELECT facts FROM kernel.waiting_deliveries"))
    wires = Wiring()
    wires.wire(HoursCounted, react, face=Face.LEARNING, name="tests/react")
    place = Workplace(settings=own_workplace.settings, engines=own_workplace.engines, wiring=wires)
    announce(place)
    (waits,) = seen(place)
    assert waits.face is Face.LEARNING
    with place.reading(platform("test"), Face.REGISTRY) as reading:
        by_id = text("SELECT count(*) FROM kernel.deliveries WHERE id = :id")
        assert reading.session.scalar(by_id, {"id": waits.id}) == 0
    with place.transaction(platform("test"), Face.LEARNING) as work:
        work.session.execute(text("UPDATE kernel.deliveries SET done_at = now() WHERE done_at IS NULL"))
