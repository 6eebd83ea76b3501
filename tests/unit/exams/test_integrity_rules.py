"""Who may not invigilate, examine or mark whom."""

from uuid import UUID

import pytest

from exams.integrity.errors import CandidatesMadeQuestions, StaffInConflict, StaffInConflictAndMore
from exams.integrity.rules import (
    Conflict,
    Examinee,
    Ground,
    StaffPerson,
    conflicts,
    knowing_candidates,
    may_conflict,
    require_none,
    require_none_knows,
)

LI, WANG, ZHANG, CHEN = (UUID(int=number) for number in range(1, 5))
SCHOOL, CENTRE = UUID(int=10), UUID(int=11)


def examinee(person: UUID = ZHANG, name: str = "张三", **kwargs) -> Examinee:
    return Examinee(person, name, kwargs.get("providers", {SCHOOL: "示范学校"}), frozenset(kwargs.get("teachers", ())))


def test_who_has_nothing_to_do_with_anybody_is_free():
    assert conflicts([StaffPerson(LI, "李四", frozenset({CENTRE}))], [examinee()], frozenset()) == ()


def test_a_teacher_is_in_conflict_with_each_candidate_taught():
    found = conflicts([StaffPerson(LI, "李四")], [examinee(teachers=[LI]), examinee(CHEN, "陈五")], frozenset())
    assert [(conflict.ground, conflict.candidate) for conflict in found] == [(Ground.TAUGHT, "张三")]


def test_everybody_of_the_provider_is_in_conflict():
    found = conflicts([StaffPerson(LI, "李四", frozenset({CENTRE, SCHOOL}))], [examinee()], frozenset())
    assert found == (Conflict(LI, "李四", Ground.SAME_PROVIDER, ZHANG, "张三", "示范学校"),)


def test_nobody_invigilates_their_own_exam():
    found = conflicts([StaffPerson(ZHANG, "张三")], [examinee()], frozenset())
    assert [conflict.ground for conflict in found] == [Ground.IS_CANDIDATE]


def test_who_made_a_question_stays_away():
    found = conflicts([StaffPerson(LI, "李四"), StaffPerson(WANG, "王六")], [examinee()], {LI})
    assert [(conflict.person_id, conflict.ground) for conflict in found] == [(LI, Ground.QUESTIONS)]


def test_who_made_a_question_does_not_answer_it_either():
    found = knowing_candidates({ZHANG: "张三", LI: "李四", WANG: "王六"}, {LI, WANG})
    assert [(one.person_id, one.ground) for one in found] == [
        (LI, Ground.CANDIDATE_QUESTIONS),
        (WANG, Ground.CANDIDATE_QUESTIONS),
    ]
    with pytest.raises(CandidatesMadeQuestions, match="李四、王六"):
        require_none_knows(found)
    require_none_knows(knowing_candidates({ZHANG: "张三"}, {LI}))


def test_the_refusal_names_the_person_and_every_reason():
    staff = [StaffPerson(LI, "李四", frozenset({SCHOOL}))]
    found = conflicts(staff, [examinee(teachers=[LI])], {LI})
    with pytest.raises(StaffInConflict) as refusal:
        require_none(found)
    said = str(refusal.value)
    assert said.startswith("李四 may not be on duty")
    assert "wrote, reviewed or approved" in said
    assert "taught 张三" in said
    assert "示范学校" in said


def test_two_people_in_conflict_are_both_named():
    staff = [StaffPerson(LI, "李四", frozenset({SCHOOL})), StaffPerson(WANG, "王六", frozenset({SCHOOL}))]
    with pytest.raises(StaffInConflictAndMore) as refusal:
        require_none(conflicts(staff, [examinee()], frozenset()))
    assert "李四" in str(refusal.value)
    assert "王六" in str(refusal.value)


def test_a_long_list_of_candidates_is_shortened_but_counted():
    many = [examinee(UUID(int=100 + number), f"考生{number}", teachers=[LI]) for number in range(5)]
    with pytest.raises(StaffInConflict, match=r"考生0、考生1、考生2 \(\+2\)"):
        require_none(conflicts([StaffPerson(LI, "李四")], many, frozenset()))


def test_no_conflict_is_no_refusal():
    require_none(())


@pytest.mark.parametrize("staff", [LI, ZHANG])
@pytest.mark.parametrize("works_for", [frozenset[UUID](), frozenset({CENTRE}), frozenset({CENTRE, SCHOOL})])
@pytest.mark.parametrize("teachers", [(), (LI,), (WANG,)])
@pytest.mark.parametrize("authors", [frozenset[UUID](), frozenset({LI}), frozenset({ZHANG}), frozenset({CHEN})])
def test_where_there_is_a_conflict_there_may_be_one_and_nowhere_else(staff, works_for, teachers, authors):
    candidate = examinee(teachers=teachers)
    found = conflicts([StaffPerson(staff, "", works_for)], [candidate], authors)
    found += knowing_candidates({ZHANG: "张三"}, authors)
    assert may_conflict({staff}, {ZHANG}, {staff: works_for}, {ZHANG: candidate}, authors) == bool(found)
