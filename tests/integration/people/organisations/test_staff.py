"""The staff list of an enterprise: finding people, changing their line, and that nobody else's is in reach."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.actor import platform
from kernel.errors import Invalid
from kernel.faces import Face
from people.accounts.rules.id_numbers import IdNumber
from people.organisations import errors, queries
from people.organisations.actions import (
    add_employment,
    add_post,
    change_post,
    end_employment,
    import_staff,
    record_insurance,
    record_migrant_status,
)
from people.organisations.formats.workbooks import uploaded
from people.organisations.queries import StaffFilter
from people.organisations.rules.employments import Standing
from people.organisations.rules.staff_lists import StaffLine
from people.positions.errors import PostKindUnknown

from .conftest import a_list, a_row, an_id, as_manager_of


@pytest.fixture
def staffed(plant):
    rows = [a_row(serial, f"王{chr(0x4E00 + serial)}", post="普工", insured="是") for serial in range(2, 62)]
    import_staff(plant, file=uploaded(a_list(a_row(1, phone="10000000001"), *rows)), file_name="a.xlsx")
    return plant


def zhang(work):
    (row,) = queries.all_staff(work, StaffFilter(search="张伟强", standing=Standing.ALL))
    return row


def test_pages_and_filters_agree_with_the_whole(staffed):
    first, second = queries.staff(staffed, StaffFilter()), queries.staff(staffed, StaffFilter(), page=2)
    assert (first.total, first.pages, len(first.rows), len(second.rows)) == (61, 2, 50, 11)
    assert first.rows + second.rows == queries.all_staff(staffed, StaffFilter())
    assert queries.staff(staffed, StaffFilter(), page=99).page == 2
    assert [row.name for row in queries.staff(staffed, StaffFilter(injury_insurance=False)).rows] == ["张伟强"]
    assert queries.staff(staffed, StaffFilter(post_id=zhang(staffed).post_id)).total == 1
    assert queries.staff(staffed, StaffFilter(migrant_worker=False)).total == 0


@pytest.mark.parametrize("search", ["张伟", "10000000001", "0000001", an_id(1)[-4:].lower()])
def test_people_are_found_by_name_phone_and_the_end_of_the_id_number(staffed, search):
    assert "张伟强" in [row.name for row in queries.staff(staffed, StaffFilter(search=search)).rows]


def test_a_search_with_signs_of_the_database_finds_nothing_and_breaks_nothing(staffed):
    assert queries.staff(staffed, StaffFilter(search="%")).total == 0
    assert queries.staff(staffed, StaffFilter(search="'; --")).total == 0


def test_a_change_of_post_is_announced_with_its_date(staffed):
    welder = next(post for post in queries.posts(staffed, staffed.actor.organisation_id) if post.name == "焊工")
    change_post(staffed, employment_id=zhang(staffed).employment_id, post_id=welder.id, changed_on=date(2026, 7, 1))
    assert (zhang(staffed).post_name, zhang(staffed).post_since) == ("焊工", date(2026, 7, 1))
    assert staffed.announced[-1].NAME == "people.post_changed"
    announced = len(staffed.announced)
    change_post(staffed, employment_id=zhang(staffed).employment_id, post_id=welder.id, changed_on=date(2026, 8, 1))
    assert len(staffed.announced) == announced, "the same post again is no change"


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        (date(2026, 5, 5), errors.PostDayBeforeHired),
        (date(2999, 1, 1), errors.PostDayTooFarAhead),
        (date.max, errors.PostDayTooFarAhead),
    ],
)
def test_a_day_that_cannot_be_that_of_a_new_post_is_refused_at_its_field(staffed, days, refusal):
    welder = next(post for post in queries.posts(staffed, staffed.actor.organisation_id) if post.name == "焊工")
    with pytest.raises(Invalid) as refused:
        change_post(staffed, employment_id=zhang(staffed).employment_id, post_id=welder.id, changed_on=days)
    assert isinstance(refused.value.fields["changed_on"], refusal)


def test_a_post_does_not_begin_before_the_one_that_it_follows(staffed):
    of = {post.name: post.id for post in queries.posts(staffed, staffed.actor.organisation_id)}
    line = zhang(staffed).employment_id
    change_post(staffed, employment_id=line, post_id=of["焊工"], changed_on=date(2026, 7, 1))
    with pytest.raises(Invalid) as refused:
        change_post(staffed, employment_id=line, post_id=of["普工"], changed_on=date(2026, 6, 30))
    assert isinstance(refused.value.fields["changed_on"], errors.PostDayBeforeThisPost)


def test_nobody_is_hired_for_a_day_far_ahead_whoever_asks(plant):
    line = StaffLine(
        0, "李卫国", IdNumber(an_id(7)), "焊工", None, date(2999, 1, 1), migrant_worker=False, injury_insurance=True
    )
    with pytest.raises(errors.HireDateTooFarAhead):
        add_employment(plant, line=line)


def test_insurance_and_migrant_status_are_recorded_once(staffed):
    announced = len(staffed.announced)
    for _ in range(2):
        record_insurance(staffed, employment_id=zhang(staffed).employment_id, injury_insurance=True)
        record_migrant_status(staffed, employment_id=zhang(staffed).employment_id, migrant_worker=False)
    assert (zhang(staffed).injury_insurance, zhang(staffed).migrant_worker) == (True, False)
    assert len(staffed.announced) == announced + 2


def test_who_left_is_closed_and_found_among_those_who_left(staffed):
    end_employment(staffed, employment_id=zhang(staffed).employment_id, left_on=date(2026, 6, 30))
    assert queries.staff(staffed, StaffFilter()).total == 60
    assert queries.staff(staffed, StaffFilter(standing=Standing.LEFT)).total == 1
    with pytest.raises(errors.HasLeft):
        record_insurance(staffed, employment_id=zhang(staffed).employment_id, injury_insurance=True)


@pytest.mark.parametrize(
    ("left_on", "refusal"), [(date(2026, 5, 5), errors.LeftBeforeHired), (date(2099, 1, 1), errors.LeftInFuture)]
)
def test_a_last_day_that_cannot_be_is_refused(staffed, left_on, refusal):
    with pytest.raises(refusal):
        end_employment(staffed, employment_id=zhang(staffed).employment_id, left_on=left_on)


def test_another_enterprises_line_does_not_exist_for_this_manager(staffed):
    employment_id = zhang(staffed).employment_id
    as_manager_of(staffed, uuid4())
    with pytest.raises(errors.EmploymentUnknown):
        queries.own_staff_member(staffed, employment_id)
    with pytest.raises(errors.EmploymentUnknown):
        end_employment(staffed, employment_id=employment_id, left_on=date(2026, 6, 30))


def test_one_person_can_be_added_by_hand_but_not_twice(plant):
    line = StaffLine(
        0, "李卫国", IdNumber(an_id(7)), "焊工", None, date(2026, 6, 1), migrant_worker=False, injury_insurance=True
    )
    add_employment(plant, line=line)
    assert [row.name for row in queries.all_staff(plant, StaffFilter())] == ["李卫国"]
    with pytest.raises(errors.AlreadyOnStaff):
        add_employment(plant, line=line)


def test_posts_need_a_name_of_their_own_and_a_known_kind(plant):
    with pytest.raises(errors.PostAlreadyThere):
        add_post(plant, name=" 焊工 ", kind="welder")


def test_a_post_of_an_unknown_kind_is_refused(plant):
    with pytest.raises(PostKindUnknown):
        add_post(plant, name="飞行员", kind="pilot")


@pytest.mark.parametrize(
    ("face", "table", "may"),
    [
        (Face.LEARNING, "employments", True),
        (Face.EXAMINATION, "employments", True),
        (Face.AUTHORING, "employments", False),
        (Face.AUTHORING, "organisations", True),
        (Face.LEARNING, "staff_imports", False),
        (Face.EXAMINATION, "staff_imports", False),
        (Face.PUBLIC, "organisations", False),
        (Face.REGISTRY, "staff_imports", True),
    ],
)
def test_each_face_reads_what_it_needs_and_no_more(work_as, face, table, may):
    work = work_as(platform("test"), face)
    statement = text(f"SELECT count(*) FROM people.{table}")
    if may:
        work.session.execute(statement)
    else:
        with pytest.raises(ProgrammingError, match="permission denied"):
            work.session.execute(statement)
