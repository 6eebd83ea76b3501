"""A version comes into use by three people, is sealed, and never changes."""

import hashlib
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from kernel.errors import Forbidden
from kernel.ids import new_id
from kernel.keys import SealBroken
from kernel.keys.algorithms import sealed_with
from kernel.tables import SealedQuestionRecord
from people.access.rules import Role
from question_bank.questions import queries
from question_bank.questions.actions import (
    approve_version,
    draft_question,
    return_version,
    review_version,
    show_version,
    suspend_version,
)
from question_bank.questions.errors import NoSuchQuestion, QuestionNotUsable
from question_bank.questions.queries import Filters, Waiting
from question_bank.questions.tables import ReviewStepRecord, VersionRecord
from question_bank.review.errors import (
    AuthorApproves,
    AuthorReviews,
    ReviewerApproves,
)
from question_bank.review.rules import State
from tests.integration.question_bank.conftest import BANK, a_question, person
from tests.integration.question_bank.questions.conftest import APPROVER, AUTHOR, REVIEWER, approved


def test_three_people_bring_a_question_into_the_pool(become):
    version_id = approved(become)
    work = become(AUTHOR)
    work.session.flush()
    assert [step.deed for step in queries.steps(work, version_id)] == ["drafted", "reviewed", "approved"]
    names = [event.NAME for event in work.announced]
    assert names[-3:] == [
        "question_bank.version_drafted",
        "question_bank.version_reviewed",
        "question_bank.version_approved",
    ]


@pytest.mark.parametrize(
    ("deed", "who", "refusal"),
    [
        (review_version, AUTHOR, AuthorReviews),
        (approve_version, AUTHOR, AuthorApproves),
        (approve_version, REVIEWER, ReviewerApproves),
    ],
)
def test_a_second_account_makes_no_second_person(become, deed, who, refusal):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    if deed is approve_version:
        review_version(become(REVIEWER), version_id=version_id)
    with pytest.raises(refusal):
        deed(become(replace(who, account_id=uuid4(), name="another name")), version_id=version_id)


def test_what_a_version_says_is_only_inside_the_seal(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    work = become(AUTHOR)
    row = work.session.execute(
        text("SELECT v::text FROM question_bank.versions v WHERE id = :id"), {"id": version_id}
    ).scalar_one()
    sealed = sealed_at(work, "version", version_id)
    for said in ("触电", "切断电源", "教材通识"):
        assert said not in row
        assert said.encode() not in sealed


def test_a_seal_does_not_open_at_another_version(become):
    one = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    other = draft_question(become(AUTHOR), bank=BANK, question=a_question(key="B"))
    work = become(AUTHOR)
    sealed = sealed_at(work, "version", one)
    with pytest.raises(SealBroken):
        work.keys.questions.unseal(sealed, "version", other)


def sealed_at(work, what, of):
    work.session.flush()
    wanted = select(SealedQuestionRecord.sealed)
    return work.session.scalars(wanted.where(SealedQuestionRecord.what == what, SealedQuestionRecord.of == of)).one()


def test_every_look_at_a_question_is_audited(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    work = become(REVIEWER)
    assert show_version(work, version_id=version_id) == a_question()
    row = work.audit_rows()[-1]
    assert (row.name, row.subject, row.actor_person) == (
        "question_bank.version_shown",
        version_id,
        REVIEWER.person_id,
    )


@pytest.mark.parametrize(
    ("deed", "role"),
    [
        (draft_question, Role.QUESTION_REVIEWER),
        (review_version, Role.QUESTION_AUTHOR),
        (approve_version, Role.QUESTION_REVIEWER),
        (suspend_version, Role.QUESTION_AUTHOR),
        (return_version, Role.QUESTION_AUTHOR),
        (show_version, Role.EXAM_OFFICER),
        (show_version, Role.TEACHER),
    ],
)
def test_who_may_not(become, deed, role):
    with pytest.raises(Forbidden):
        deed(become(person(role)))


def test_the_author_does_not_review_the_own_version(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    with pytest.raises(AuthorReviews):
        review_version(become(AUTHOR), version_id=version_id)


def test_a_second_account_of_the_same_person_does_not_make_a_second_person(become):
    """Somebody signs in with the account of another office: it is still the one who wrote."""
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    with pytest.raises(AuthorReviews):
        review_version(become(replace(AUTHOR, account_id=uuid4(), name="other office")), version_id=version_id)


def test_the_reviewers_second_account_does_not_approve(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    review_version(become(REVIEWER), version_id=version_id)
    with pytest.raises(ReviewerApproves):
        approve_version(become(replace(REVIEWER, account_id=uuid4(), name="other office")), version_id=version_id)


def test_the_reviewer_does_not_approve(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    review_version(become(REVIEWER), version_id=version_id)
    with pytest.raises(ReviewerApproves):
        approve_version(become(REVIEWER), version_id=version_id)


def test_the_database_itself_wants_three_people(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    work = become(AUTHOR)
    with pytest.raises(DBAPIError, match="three_people"):
        work.session.execute(
            text("UPDATE question_bank.versions SET state = 'reviewed', reviewer_id = author_id WHERE id = :id"),
            {"id": version_id},
        )


def test_what_reviewers_say_of_a_question_is_only_inside_the_seal(become):
    """A reason often quotes the question and its key."""
    sent_back = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    return_version(become(REVIEWER), version_id=sent_back, reason="答案应为切断电源")
    in_use = approved(become)
    suspend_version(become(APPROVER), version_id=in_use, reason="切断电源之外另有正确选项")
    work = become(APPROVER)
    work.session.flush()
    rows = work.session.scalars(text("SELECT s::text FROM question_bank.review_steps s")).all()
    told = [*rows, *(str(row.facts) for row in work.audit_rows()), *map(repr, work.announced)]
    assert len(told) > 6
    for said in ("切断电源", "切断电源".encode().hex()):
        assert [each for each in told if said in each] == []
    assert [queries.steps(work, id_)[-1].remark for id_ in (sent_back, in_use)] == [
        "答案应为切断电源",
        "切断电源之外另有正确选项",
    ]


def test_a_remark_does_not_open_at_another_step(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    return_version(become(REVIEWER), version_id=version_id, reason="题干有歧义")
    work = become(REVIEWER)
    work.session.flush()
    first, last = work.session.scalars(
        select(ReviewStepRecord).where(ReviewStepRecord.version_id == version_id).order_by(ReviewStepRecord.id)
    )
    moved = ReviewStepRecord(
        id=new_id(), version_id=version_id, deed="returned", person_id=first.person_id, at=work.now, remark=""
    )
    taken = sealed_at(work, "remark", last.id)
    work.session.add(moved)
    work.session.add(
        SealedQuestionRecord(
            what="remark",
            of=moved.id,
            key_id=sealed_with(taken),
            sealed=taken,
            digest=hashlib.sha256(taken).digest(),
            sealed_at=work.now,
        )
    )
    work.session.flush()
    with pytest.raises(SealBroken):
        queries.steps(work, version_id)


def test_the_database_takes_no_remark_in_plain_words(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    work = become(AUTHOR)
    with pytest.raises(DBAPIError, match="kept sealed"):
        work.session.execute(
            text(
                "INSERT INTO question_bank.review_steps (id, version_id, deed, person_id, at, remark)"
                " VALUES (gen_random_uuid(), :id, 'returned', gen_random_uuid(), now(), '题干有歧义')"
            ),
            {"id": version_id},
        )


def test_a_suspended_version_leaves_the_pool(become):
    version_id = approved(become)
    suspend_version(become(APPROVER), version_id=version_id, reason="标准已更新")
    assert become(APPROVER).session.get_one(VersionRecord, version_id).state is State.SUSPENDED


def test_lists_show_only_what_waits_for_the_person(become):
    mine = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    theirs = draft_question(become(REVIEWER), bank=BANK, question=a_question(key="B"))
    review_version(become(APPROVER), version_id=theirs)

    def waiting(actor, what):
        return [row.id for row in queries.versions(become(actor), Filters(bank=BANK, waiting=what))]

    assert waiting(AUTHOR, Waiting.MINE) == [mine]
    assert waiting(AUTHOR, Waiting.REVIEW) == []
    assert waiting(REVIEWER, Waiting.REVIEW) == [mine]
    assert waiting(AUTHOR, Waiting.APPROVAL) == [theirs]
    assert waiting(APPROVER, Waiting.APPROVAL) == []
    assert queries.count_versions(become(AUTHOR), Filters(bank=BANK)) == 2


def test_a_point_of_another_bank_is_refused_at_its_field(become):
    with pytest.raises(QuestionNotUsable) as refusal:
        draft_question(become(AUTHOR), bank=BANK, question=a_question(point="P9"))
    assert set(refusal.value.fields) == {"point"}


def test_a_version_that_is_not_there(become):
    with pytest.raises(NoSuchQuestion):
        show_version(become(AUTHOR), version_id=new_id())


def test_references_count_up(become):
    ids = [draft_question(become(AUTHOR), bank=BANK, question=a_question()) for _ in range(2)]
    work = become(AUTHOR)
    assert [queries.version_row(work, id_).reference for id_ in ids] == ["P1-N001", "P1-N002"]
