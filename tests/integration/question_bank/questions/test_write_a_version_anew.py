"""A newer version of a question, and who may judge it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from question_bank.questions import queries
from question_bank.questions.actions import (
    approve_version,
    draft_question,
    draft_version,
    return_version,
    review_version,
    suspend_version,
)
from question_bank.questions.queries import Filters, Waiting
from question_bank.questions.tables import VersionRecord
from question_bank.review.errors import (
    EarlierAuthorJudges,
    NewerInUse,
    NewerWritten,
    NotAtThisStep,
)
from question_bank.review.rules import State
from tests.integration.question_bank.conftest import BANK, a_question, person
from tests.integration.question_bank.questions.conftest import APPROVER, AUTHOR, REVIEWER, approved


def test_a_newer_approved_version_supersedes_the_older(become):
    first = approved(become)
    second = draft_version(become(AUTHOR), version_id=first, question=a_question(stem="有人触电时首先应当（ ）。"))
    review_version(become(REVIEWER), version_id=second)
    work = become(APPROVER)
    approve_version(work, version_id=second)
    assert work.session.get_one(VersionRecord, first).state is State.SUPERSEDED
    rows = queries.versions(work, Filters(bank=BANK))
    assert [(row.number, row.state) for row in rows] == [(2, State.APPROVED), (1, State.SUPERSEDED)]


def anew(become, version_id, stem, who=AUTHOR):
    work = become(who)
    work.session.flush()
    return draft_version(work, version_id=version_id, question=a_question(stem=stem))


def overtaken(become, *, is_reviewed):
    """An older version that waits while the newer one came into use; both their ids."""
    older = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    if is_reviewed:
        review_version(become(REVIEWER), version_id=older)
    newer = anew(become, older, "有人触电时首先应当（ ）。")
    review_version(become(REVIEWER), version_id=newer)
    approve_version(become(APPROVER), version_id=newer)
    return older, newer


@pytest.mark.parametrize(("deed", "is_reviewed"), [(approve_version, True), (review_version, False)])
def test_an_older_version_does_not_take_the_place_of_a_newer_one(become, deed, is_reviewed):
    older, _ = overtaken(become, is_reviewed=is_reviewed)
    with pytest.raises(NewerInUse):
        deed(become(person()), version_id=older)


def test_an_older_version_that_was_overtaken_waits_for_nobody(become):
    overtaken(become, is_reviewed=True)
    overtaken(become, is_reviewed=False)
    for what in (Waiting.REVIEW, Waiting.APPROVAL):
        assert queries.count_versions(become(person()), Filters(bank=BANK, waiting=what)) == 0


def test_an_older_version_may_come_into_use_after_the_newer_one_was_suspended(become):
    older, newer = overtaken(become, is_reviewed=True)
    suspend_version(become(APPROVER), version_id=newer, reason="答案有误")
    approve_version(become(person()), version_id=older)
    assert become(AUTHOR).session.get_one(VersionRecord, older).state is State.APPROVED


def test_only_the_newest_version_is_written_anew(become):
    """Two people open the same version: the second one would undo what the first one mended, unseen."""
    first = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    anew(become, first, "有人触电时首先应当（ ）。")
    with pytest.raises(NewerWritten):
        anew(become, first, "有人触电时应当（ ）。", who=person())


FIRST_AUTHOR = person()


@pytest.fixture
def rewritten(become):
    """A question that FIRST_AUTHOR wrote and AUTHOR changed a word in: the newer version's id."""
    first = approved_by_others(become)
    return anew(become, first, "有人触电时首先应当（ ）。")


def approved_by_others(become):
    version_id = draft_question(become(FIRST_AUTHOR), bank=BANK, question=a_question())
    review_version(become(person()), version_id=version_id)
    approve_version(become(person()), version_id=version_id)
    return version_id


def test_whoever_wrote_an_earlier_version_does_not_review_a_later_one(become, rewritten):
    with pytest.raises(EarlierAuthorJudges):
        review_version(become(FIRST_AUTHOR), version_id=rewritten)


def test_whoever_wrote_an_earlier_version_does_not_approve_a_later_one(become, rewritten):
    review_version(become(REVIEWER), version_id=rewritten)
    with pytest.raises(EarlierAuthorJudges):
        approve_version(become(FIRST_AUTHOR), version_id=rewritten)


def test_whoever_wrote_an_earlier_version_does_not_send_a_later_one_back(become, rewritten):
    with pytest.raises(EarlierAuthorJudges):
        return_version(become(FIRST_AUTHOR), version_id=rewritten, reason="原版更好")


def test_a_later_version_waits_for_others_than_the_first_author(become, rewritten):
    def waiting(actor, what):
        return [row.id for row in queries.versions(become(actor), Filters(bank=BANK, waiting=what))]

    assert (waiting(FIRST_AUTHOR, Waiting.REVIEW), waiting(REVIEWER, Waiting.REVIEW)) == ([], [rewritten])
    review_version(become(REVIEWER), version_id=rewritten)
    become(APPROVER).session.flush()
    assert (waiting(FIRST_AUTHOR, Waiting.APPROVAL), waiting(APPROVER, Waiting.APPROVAL)) == ([], [rewritten])


def test_the_database_itself_keeps_an_earlier_author_from_judging(become, rewritten):
    work = become(REVIEWER)
    with pytest.raises(DBAPIError, match="wrote an earlier version"):
        work.session.execute(
            text("UPDATE question_bank.versions SET state = 'reviewed', reviewer_id = :who WHERE id = :id"),
            {"id": rewritten, "who": FIRST_AUTHOR.person_id},
        )


def test_a_returned_version_gives_its_reason_and_ends(become):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=a_question())
    return_version(become(REVIEWER), version_id=version_id, reason="题干有歧义")
    work = become(REVIEWER)
    work.session.flush()
    assert queries.steps(work, version_id)[-1].remark == "题干有歧义"
    with pytest.raises(NotAtThisStep):
        review_version(work, version_id=version_id)
