"""The cast can be nobody, its portraits are distinct, and the sample list has the mistakes it promises."""

import io
from datetime import date

import yaml
from PIL import Image

from kernel.sheets import workbook
from people.accounts.rules import Sex
from people.demonstration.formats import SIZE, portrait
from people.demonstration.queries import CAST
from people.demonstration.rules.cast import cast_from
from people.demonstration.rules.sample_list import listed, sample_rows
from people.organisations.formats.workbooks import read_rows
from people.organisations.rules.cells import parse_name, parse_phone
from people.organisations.rules.credit_codes import parse_credit_code
from people.organisations.rules.sheets import Cell
from people.organisations.rules.staff_lists import Column, Expectations, read_staff_list

TODAY = date(2026, 11, 22)
PLAYERS = cast_from(yaml.safe_load(CAST.read_text(encoding="utf-8")), today=TODAY)


def test_nobody_in_the_cast_can_exist():
    assert all(member.id_number.is_demonstration for member in PLAYERS.people)
    assert len({member.id_number.text for member in PLAYERS.people}) == len(PLAYERS.people)
    for organisation in PLAYERS.organisations:
        assert parse_credit_code(organisation.credit_code, demonstration=True).district == "990101"
    for member in PLAYERS.people:
        assert parse_phone(Cell(member.phone), demonstration=True) == member.phone
        assert parse_name(Cell(member.name)) == member.name


def test_every_part_of_the_story_is_cast():
    roles = [role for member in PLAYERS.people for role in member.roles]
    for role, least in {"worker": 3, "invigilator": 3, "examiner": 3, "question_author": 1, "teacher": 1}.items():
        assert roles.count(role) >= least, role
    conflicts = [member for member in PLAYERS.people if member.also is not None]
    assert {role for member in conflicts for role in member.roles} == {"invigilator", "examiner"}


def test_everybody_works_at_a_post_that_exists():
    posts = {(each.key, name) for each in PLAYERS.organisations for name, _ in each.posts}
    for member in PLAYERS.people:
        assert (member.organisation, member.post) in posts
        assert member.also is None or member.also in posts


def test_portraits_are_identity_photos_that_differ_and_stay_the_same():
    faces = {member.username: portrait(member.username, member.id_number.sex, 40) for member in PLAYERS.people}
    assert len(set(faces.values())) == len(faces)
    assert portrait("zhang", Sex.MALE, 40) == faces["zhang"]
    assert Image.open(io.BytesIO(faces["zhang"])).size == SIZE


def test_the_sample_list_has_forty_rows_and_six_different_mistakes():
    rows = sample_rows(listed(PLAYERS.people), PLAYERS.hired_on)
    assert len(rows) == 40
    content = workbook("名单", [column.label for column in Column], rows, [12] * len(Column))
    plant = next(each for each in PLAYERS.organisations if each.key == "anhe")
    posts = tuple(name for name, _ in plant.posts)
    expected = Expectations(today=TODAY, posts=posts, aliases={"电焊工": "焊工"}, demonstration=True)
    read = read_staff_list(read_rows(content), expected)
    assert (len(read.lines), len(read.bad_rows)) == (34, 6)
    assert len({type(problem.problem) for bad in read.bad_rows for problem in bad.problems}) == 6
    assert {member.name for member in listed(PLAYERS.people)} <= {line.name for line in read.lines}
