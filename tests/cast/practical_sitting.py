"""What comes before a practical, done by the demonstration's people without screens; for tests of its screens."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from exams.centres.queries import centres, pool, rooms
from exams.centres.rules import RoomKind
from exams.registrations.actions import accept_eligibility, apply, note_attendance
from exams.results.actions import record_result
from exams.sittings import actions as sittings
from exams.standards.rules import Part
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from people.accounts import queries as accounts
from tests.cast.site import Site
from tests.cast.two_people import released


class Preparation:
    """What comes before the practical, done by its people without screens."""

    def __init__(self, site: Site, candidate: str = "zhang") -> None:
        self.place = site.workplace
        self.he, self.zeng, self.xu, self.cao = (self.actor(who) for who in ("he", "zeng", "xu", "cao"))
        self.zhang = self.actor(candidate)

    def actor(self, username: str) -> Actor:
        with self.place.reading(platform("test"), Face.REGISTRY) as reading:
            found = accounts.actor_of_account(reading, username)
        assert found is not None
        return found

    def do(self, actor: Actor, deed: Callable[..., Any], *args: Any, face: Face = Face.EXAMINATION, **kw: Any) -> Any:
        with self.place.transaction(actor, face) as work:
            return deed(work, *args, **kw)

    def trained(self) -> None:
        self.do(
            platform("test"),
            accept_eligibility,
            face=Face.REGISTRY,
            person_id=self.zhang.person_id,
            qualification="low_voltage",
            granted_on=shanghai_date(self.place.clock.now()),
            valid_until=None,
            provider_id=UUID(int=1),
            provider_name="培训机构",
            teacher_ids=(),
            proof_number=f"PX{uuid4().hex}",
            demonstration=True,
        )

    def opened(self, part: Part, *staff: str, absent: tuple[str, ...] = ()) -> tuple[UUID, UUID]:
        """An open sitting in which the candidate has checked in and `staff` is there too, and the registration."""
        registration = self.do(self.zhang, apply, qualification="low_voltage", part=part)
        with self.place.reading(self.he, Face.EXAMINATION) as reading:
            centre = next(one for one in centres(reading) if one.code == "JC01")
            room = next(one for one in rooms(reading, centre.id) if one.kind is RoomKind(part.value))
            staff_ids: dict[UUID | None, UUID] = {one.person_id: one.id for one in pool(reading, centre.id)}
        starts_at = self.place.clock.now() + timedelta(minutes=10)
        sitting = self.do(
            self.he, sittings.plan_sitting, room_id=room.id, qualification="low_voltage", part=part, starts_at=starts_at
        )
        self.do(self.he, sittings.seat_candidates, sitting, registration_ids=[registration])
        for who in ("xu", "cao", *staff, *absent):
            self.do(self.he, sittings.assign_staff, sitting, staff_id=staff_ids[self.actor(who).person_id])
        self.do(self.he, sittings.confirm_sitting, sitting)
        self.do(self.he, sittings.draw_sitting, sitting)
        for one in (self.xu, self.cao, *map(self.actor, staff)):
            self.do(one, sittings.take_up_duty, sitting)
        self.do(self.xu, note_attendance, registration_id=registration)
        self.place.clock.skip(timedelta(minutes=10))
        self.do(self.xu, sittings.open_sitting, sitting)
        return sitting, registration

    def theory_passed(self) -> UUID:
        """The sitting, whose result two have released."""
        sitting = self.theory_taken()
        released(self.place, self.he, self.zeng, sitting)
        return sitting

    def theory_taken(self) -> UUID:
        """A closed sitting whose result waits for the release."""
        sitting, registration = self.opened(Part.THEORY)
        self.do(
            platform("marking"),
            record_result,
            registration_id=registration,
            score=Decimal(90),
            pass_mark=Decimal(80),
            passed=True,
            taken_on=shanghai_date(self.place.clock.now()),
        )
        self.place.clock.skip(timedelta(hours=3))
        self.do(self.xu, sittings.close_sitting, sitting)
        return sitting
