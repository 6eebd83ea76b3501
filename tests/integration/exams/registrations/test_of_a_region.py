"""Who has a candidate in their region, and who examines them there, both see the registration; nobody else does."""

from datetime import timedelta

import pytest

from exams.bars.actions import bar_person
from exams.bars.queries import bars, bars_against
from exams.centres.errors import NoSuchRoom
from exams.registrations import queries
from exams.registrations.errors import NoSuchRegistration
from exams.registrations.tables import RegistrationRecord
from exams.sittings.actions import plan_sitting, unseat_candidate
from exams.sittings.errors import NoSuchSitting
from exams.sittings.queries import Filters, all_sittings, sitting
from exams.standards.rules import Part
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from people.access.rules import Role
from people.accounts.errors import NoSuchPerson
from people.organisations.actions import register_organisation
from people.organisations.queries import place_of_work
from people.organisations.rules.employments import OrganisationKind
from tests.cast.exam_day import QUALIFICATION, ExamDay, Someone, exam_day
from tests.cast.regions import COUNTY, COUNTY_THERE, HERE, PROVINCE, THERE, officer, with_regions
from tests.integration.people.organisations.conftest import a_code


@pytest.fixture(scope="module")
def day(own_workplace) -> ExamDay:
    """A sitting in the one city; its first candidate has applied from a county of the other."""
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        with_regions(work)
    made = exam_day(own_workplace, candidates=2)
    with own_workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        record = work.session.get(RegistrationRecord, made.candidates[0].registration_id)
        assert record is not None
        record.region_code = COUNTY_THERE
    return made


def of(region: str | None) -> Someone:
    actor: Actor = officer(Role.EXAM_OFFICER, region)
    assert actor.person_id is not None
    return Someone(actor.person_id, actor, "")


def sees(day: ExamDay, region: str | None) -> set[int]:
    """Which of the two candidates the office of a region finds, alone and in its list."""
    with day.look(of(region)) as reading:
        listed = {row.id for row in queries.all_registrations(reading, queries.Filters())}
    found = set()
    for number, candidate in enumerate(day.candidates):
        with day.look(of(region)) as reading:
            try:
                queries.registration(reading, candidate.registration_id)
            except NoSuchRegistration:
                assert candidate.registration_id not in listed
            else:
                assert candidate.registration_id in listed
                found.add(number)
    return found


@pytest.mark.parametrize(
    ("region", "seen"),
    [(None, {0, 1}), (PROVINCE, {0, 1}), (HERE, {0, 1}), (THERE, {0}), (COUNTY_THERE, {0}), (COUNTY, set())],
)
def test_both_regions_see_who_is_examined_away_from_home(day, region, seen):
    assert sees(day, region) == seen


def test_the_sitting_itself_is_only_the_centres_region_s(day):
    for region, is_seen in ((HERE, True), (PROVINCE, True), (THERE, False), (COUNTY, False)):
        with day.look(of(region)) as reading:
            assert bool(all_sittings(reading, Filters())) is is_seen
            if is_seen:
                assert sitting(reading, day.sitting_id).id == day.sitting_id
            else:
                with pytest.raises(NoSuchSitting):
                    sitting(reading, day.sitting_id)


def test_nobody_plans_in_a_room_of_another_region(day):
    tomorrow = day.workplace.clock.now() + timedelta(days=1)
    with pytest.raises(NoSuchRoom):
        day.do(
            of(THERE),
            plan_sitting,
            room_id=day.room_id,
            qualification=QUALIFICATION,
            part=Part.THEORY,
            starts_at=tomorrow,
        )


def test_a_bar_is_the_business_of_the_office_that_set_it_and_holds_everywhere(day):
    barred = day.candidates[1].person_id
    until = shanghai_date(day.workplace.clock.now()) + timedelta(days=30)
    with pytest.raises(NoSuchPerson):  # nobody of theirs
        day.do(of(THERE), bar_person, person_id=barred, until=until, reason="替考")
    day.do(of(None), bar_person, person_id=barred, until=until, reason="替考")
    for region, listed in ((None, 1), (HERE, 0)):
        with day.look(of(region)) as reading:
            assert len(bars(reading).rows) == listed
            assert len(bars_against(reading, barred)) == 1


def test_who_lost_the_seat_is_their_own_region_s_again(day):
    for number, candidate in enumerate(day.candidates):
        with day.work(of(HERE)) as work:
            unseat_candidate(work, day.sitting_id, registration_id=candidate.registration_id, reason=f"{number}")
    assert sees(day, HERE) == set()
    assert sees(day, COUNTY_THERE) == {0}


def test_somebody_belongs_where_they_work_else_where_their_account_is_else_where_they_learned(work_as):
    work = with_regions(work_as(platform("test"), Face.REGISTRY))
    places = {}
    for serial, region in ((901, COUNTY), (902, THERE)):
        places[region] = register_organisation(
            work,
            kind=OrganisationKind.ENTERPRISE,
            name=f"第{serial}厂",
            credit_code=a_code(serial),
            region=region,
            is_demonstration=True,
        )
    who = officer(Role.WORKER, None).person_id
    assert who is not None
    assert place_of_work(work, who) is None
    assert place_of_work(work, who, otherwise=[places[THERE]]) == THERE
