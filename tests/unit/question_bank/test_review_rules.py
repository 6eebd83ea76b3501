"""Author, reviewer and approver are three people; approval freezes."""

from uuid import uuid4

import pytest

from kernel.because import ReasonMissing
from question_bank.review.errors import (
    AuthorApproves,
    AuthorReviews,
    EarlierAuthorJudges,
    NewerInUse,
    NotAtThisStep,
    RemarkTooLong,
    ReviewerApproves,
)
from question_bank.review.rules import Review, State, Step, remark_of

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


def test_whoever_wrote_an_earlier_version_judges_no_later_one():
    """A comma changed by somebody else does not make a stranger of the first author."""
    first_author = uuid4()
    draft = Review(AUTHOR, wrote_earlier=frozenset({first_author}))
    for step in (lambda: draft.review(first_author), lambda: draft.send_back(first_author, "mine was better")):
        with pytest.raises(EarlierAuthorJudges):
            step()
    with pytest.raises(EarlierAuthorJudges):
        draft.review(REVIEWER).approve(first_author)
    assert draft.review(REVIEWER).approve(APPROVER).state is State.APPROVED


def test_the_author_of_the_version_itself_is_told_so_and_not_of_an_earlier_one():
    with pytest.raises(AuthorReviews):
        Review(AUTHOR, wrote_earlier=frozenset({AUTHOR})).review(AUTHOR)


def test_an_older_version_takes_no_step_into_use_while_a_newer_one_is_there():
    with pytest.raises(NewerInUse):
        Review(AUTHOR, newer_in_use=True).review(REVIEWER)
    with pytest.raises(NewerInUse):
        Review(AUTHOR, State.REVIEWED, REVIEWER, newer_in_use=True).approve(APPROVER)
    assert Review(AUTHOR, newer_in_use=True).send_back(REVIEWER, "overtaken").state is State.RETURNED


@pytest.mark.parametrize(
    ("review", "person", "steps"),
    [
        (Review(AUTHOR), REVIEWER, {Step.REVIEW, Step.RETURN}),
        (Review(AUTHOR), AUTHOR, set()),
        (Review(AUTHOR, wrote_earlier=frozenset({REVIEWER})), REVIEWER, set()),
        (Review(AUTHOR, newer_in_use=True), REVIEWER, {Step.RETURN}),
        (Review(AUTHOR).review(REVIEWER), APPROVER, {Step.APPROVE, Step.RETURN}),
        (Review(AUTHOR).review(REVIEWER), REVIEWER, {Step.RETURN}),
        (Review(AUTHOR).review(REVIEWER), AUTHOR, set()),
        (approved(), AUTHOR, {Step.SUSPEND}),
        (approved().suspend("found wrong"), APPROVER, set()),
    ],
)
def test_a_screen_offers_the_steps_that_will_not_be_refused(review, person, steps):
    assert review.open_to(person) == steps
