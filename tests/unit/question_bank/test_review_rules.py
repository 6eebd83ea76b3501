"""Author, reviewer and approver are three people; approval freezes."""

from uuid import uuid4

import pytest

from question_bank.review.errors import (
    AuthorApproves,
    AuthorReviews,
    NotAtThisStep,
    ReasonMissing,
    RemarkTooLong,
    ReviewerApproves,
)
from question_bank.review.rules import Review, State, remark_of

AUTHOR, REVIEWER, APPROVER = uuid4(), uuid4(), uuid4()


def approved() -> Review:
    return Review(AUTHOR).review(REVIEWER).approve(APPROVER)


def test_three_people_bring_a_version_into_use():
    review = approved()
    assert (review.state, review.reviewer, review.approver) == (State.APPROVED, REVIEWER, APPROVER)


def test_the_author_does_not_review():
    with pytest.raises(AuthorReviews):
        Review(AUTHOR).review(AUTHOR)


def test_the_author_does_not_approve():
    with pytest.raises(AuthorApproves):
        Review(AUTHOR).review(REVIEWER).approve(AUTHOR)


def test_the_reviewer_does_not_approve():
    with pytest.raises(ReviewerApproves):
        Review(AUTHOR).review(REVIEWER).approve(REVIEWER)


def test_nothing_is_approved_unreviewed():
    with pytest.raises(NotAtThisStep):
        Review(AUTHOR).approve(APPROVER)


def test_approval_freezes():
    for step in (lambda it: it.review(uuid4()), lambda it: it.approve(uuid4()), lambda it: it.send_back(uuid4(), "x")):
        with pytest.raises(NotAtThisStep):
            step(approved())


def test_a_version_goes_back_with_a_reason():
    assert Review(AUTHOR).review(REVIEWER).send_back(APPROVER, "题干有歧义").state is State.RETURNED
    with pytest.raises(ReasonMissing):
        Review(AUTHOR).send_back(REVIEWER, "  ")


def test_the_author_does_not_send_back():
    with pytest.raises(AuthorReviews):
        Review(AUTHOR).send_back(AUTHOR, "mine")


def test_a_version_leaves_use_by_suspension_or_by_its_successor():
    assert approved().suspend("found wrong").state is State.SUSPENDED
    assert approved().supersede().state is State.SUPERSEDED


def test_a_remark_is_printable_and_bounded():
    assert remark_of(" 题干\x00有\u202e歧义\n见第3条 ") == "题干有歧义\n见第3条"
    with pytest.raises(RemarkTooLong):
        remark_of("长" * 501)


def test_a_suspension_gives_its_reason():
    with pytest.raises(ReasonMissing):
        approved().suspend("")
