"""Every write about questions: drafting, the three steps of review, suspending, loading, and being looked at."""

from collections.abc import Callable, Mapping
from uuid import UUID

from kernel import sealed
from kernel.errors import Forbidden
from kernel.ids import new_id
from kernel.keys import QUESTIONS
from kernel.locks import hold
from kernel.work import Work, action
from people.access.rules import Permission
from question_bank.outlines import queries as outlines
from question_bank.questions import queries
from question_bank.questions.errors import NotOneOf, QuestionNotUsable
from question_bank.questions.events import (
    VersionApproved,
    VersionDrafted,
    VersionReturned,
    VersionReviewed,
    VersionsLoaded,
    VersionSuspended,
)
from question_bank.questions.rules import Question, VersionId
from question_bank.questions.tables import QuestionRecord, ReviewStepRecord, VersionRecord
from question_bank.review.errors import NewerWritten
from question_bank.review.rules import Review, State, remark_of

Progress = Callable[[int, int], None]


@action(needs=Permission.WRITE_QUESTIONS)
def draft_question(work: Work, *, bank: str, question: Question) -> VersionId:
    """Write a new question of `bank` as a draft of the person who acts.

    Raises:
        NoSuchBank, QuestionNotUsable: the bank is unknown, or its outline has no such point.
    """
    _require_point(work, bank, question)
    _one_writer_at_a_time(work, bank)
    beginning = f"{question.point}-N"
    reference = f"{beginning}{len(queries.references(work, bank, beginning)) + 1:03}"
    record = QuestionRecord(id=new_id(), bank=bank, reference=reference, opened_at=work.now)
    work.session.add(record)
    return _draft(work, record.id, reference, 1, question)


@action(needs=Permission.WRITE_QUESTIONS)
def draft_version(work: Work, *, version_id: UUID, question: Question) -> VersionId:
    """Write the question of `version_id` anew, as its next version; the old one stays as it is.

    Raises:
        NewerWritten: `version_id` is not the newest, and what was mended since would be lost unseen.
        NoSuchQuestion, QuestionNotUsable.
    """
    record = queries.version_record(work, version_id)
    origin = work.session.get_one(QuestionRecord, record.question_id)
    _require_point(work, origin.bank, question)
    _one_writer_at_a_time(work, origin.bank)
    if queries.newest_of(work, version_id)[0] != version_id:
        raise NewerWritten
    return _draft(work, origin.id, origin.reference, record.number + 1, question)


@action(needs=Permission.REVIEW_QUESTIONS)
def review_version(work: Work, *, version_id: UUID) -> None:
    """A second person finds the question right.

    Raises:
        AuthorReviews, EarlierAuthorJudges, NewerInUse, NotAtThisStep.
    """
    person = _person(work)
    record = queries.version_record(work, version_id, lock=True)
    _take(record, queries.review_of(work, record).review(person))
    _step(work, record, "reviewed", person)
    work.announce(VersionReviewed(version_id=record.id, reviewer_id=person))


@action(needs=Permission.APPROVE_QUESTIONS)
def approve_version(work: Work, *, version_id: UUID) -> None:
    """A third person brings it into use; an older approved version of the same question is superseded.

    Raises:
        AuthorApproves, ReviewerApproves, EarlierAuthorJudges, NewerInUse, NotAtThisStep.
    """
    person = _person(work)
    question_id = queries.version_record(work, version_id).question_id
    _one_writer_at_a_time(work, work.session.get_one(QuestionRecord, question_id).bank)
    record = queries.version_record(work, version_id, lock=True)
    approved = queries.review_of(work, record).approve(person)
    _supersede(work, queries.approved_versions_of(work, record.question_id))
    _take(record, approved)
    record.approved_at = work.now
    _step(work, record, "approved", person)
    work.announce(VersionApproved(version_id=record.id, approver_id=person))


@action(needs=Permission.RETURN_QUESTIONS)
def return_version(work: Work, *, version_id: UUID, reason: str) -> None:
    """Send a version back to its author with a reason.

    Raises:
        AuthorReviews, EarlierAuthorJudges, ReasonMissing, RemarkTooLong, NotAtThisStep.
    """
    person = _person(work)
    record = queries.version_record(work, version_id, lock=True)
    reason = remark_of(reason)
    _take(record, queries.review_of(work, record).send_back(person, reason))
    _step(work, record, "returned", person, reason)
    work.announce(VersionReturned(version_id=record.id, person_id=person))


@action(needs=Permission.APPROVE_QUESTIONS)
def suspend_version(work: Work, *, version_id: UUID, reason: str) -> None:
    """Draw this version no more: it was found wrong in use. Raises ReasonMissing, RemarkTooLong, NotAtThisStep."""
    person = _person(work)
    record = queries.version_record(work, version_id, lock=True)
    reason = remark_of(reason)
    _take(record, queries.review_of(work, record).suspend(reason))
    _step(work, record, "suspended", person, reason)
    work.announce(VersionSuspended(version_id=record.id, person_id=person))


@action(needs=Permission.READ_QUESTIONS)
def show_version(work: Work, *, version_id: UUID) -> Question:
    """What a version says, key included. Every look is audited, which is why looking is a deed."""
    record = queries.version_record(work, version_id)
    work.note("question_bank.version_shown", subject=record.id)
    return queries.content(work, record)


@action(needs=Permission.LOAD_BANKS)
def load_versions(
    work: Work,
    *,
    bank: str,
    questions: Mapping[str, Question],
    author: UUID,
    reviewer: UUID,
    approver: UUID,
    progress: Progress = lambda _done, _whole: None,
) -> int:
    """Bring the questions of a bank's files into use, reference -> question; how many versions are new.

    What a file once said is known, whatever was done on screen since: a question is new only if none of its versions
    says the same. So loading twice changes nothing, a correction approved on screen stays, and what was suspended stays
    out of use. To go back to an earlier wording, it is written anew on screen.

    A question whose file says something new becomes its next version, approved, and takes the place of the one in use.
    A draft that waits meanwhile stays as it is, now older than what is in use: it can be returned, no longer approved.

    `author`, `reviewer` and `approver` (person ids) stand for the versions and must be three people. `progress` hears
    (done, whole).

    Raises:
        AuthorReviews, AuthorApproves, ReviewerApproves, EarlierAuthorJudges.
    """
    _one_writer_at_a_time(work, bank)
    known = queries.versions_of_bank(work, bank)
    new = {
        reference: question
        for reference, question in questions.items()
        if question.digest() not in {version.content_digest for version in known.get(reference, [])}
    }
    opened = _open_questions(work, bank, [reference for reference in new if reference not in known])
    _supersede(work, [version for reference in new for version in known.get(reference, [])])
    for done, (reference, question) in enumerate(new.items(), start=1):
        earlier = known.get(reference, [])
        question_id, number = (earlier[-1].question_id, earlier[-1].number + 1) if earlier else (opened[reference], 1)
        review = Review(author, wrote_earlier=frozenset(version.author_id for version in earlier))
        record = _version(work, question_id, number, question, review.review(reviewer).approve(approver))
        record.approved_at = work.now
        work.session.add(record)
        progress(done, len(new))
    work.session.flush()
    if new:
        people = {"author_id": author, "reviewer_id": reviewer, "approver_id": approver}
        work.announce(VersionsLoaded(bank=bank, versions=len(new), **people))
    return len(new)


def _open_questions(work: Work, bank: str, references: list[str]) -> dict[str, UUID]:
    records = [QuestionRecord(id=new_id(), bank=bank, reference=name, opened_at=work.now) for name in references]
    work.session.add_all(records)
    work.session.flush()  # versions refer to their questions
    return {record.reference: record.id for record in records}


def _draft(work: Work, question_id: UUID, reference: str, number: int, question: Question) -> VersionId:
    person = _person(work)
    work.session.flush()  # the version refers to its question
    record = _version(work, question_id, number, question, Review(person))
    work.session.add(record)
    work.session.flush()  # the step refers to the version
    _step(work, record, queries.FIRST_STEP, person)
    work.announce(
        VersionDrafted(
            version_id=record.id,
            reference=reference,
            number=number,
            author_id=person,
            content_digest=record.content_digest,
        )
    )
    return VersionId(record.id)


def _version(work: Work, question_id: UUID, number: int, question: Question, review: Review) -> VersionRecord:
    id_ = new_id()
    sealed.keep(work, QUESTIONS, queries.VERSION, id_, question.canonical_bytes())
    return VersionRecord(
        id=id_,
        question_id=question_id,
        number=number,
        kind=question.kind,
        point=question.point,
        depth=question.depth,
        difficulty=question.difficulty,
        content_digest=question.digest(),
        state=review.state,
        author_id=review.author,
        reviewer_id=review.reviewer,
        approver_id=review.approver,
        written_at=work.now,
    )


def _require_point(work: Work, bank: str, question: Question) -> None:
    if question.point not in {point.code for point in outlines.outline(work, bank).points}:
        raise QuestionNotUsable({"point": NotOneOf(value=question.point)})


def _one_writer_at_a_time(work: Work, bank: str) -> None:
    """Two questions must not get the same reference, nor two versions the same number or the same place in use."""
    hold(work.session, f"question_bank.questions:{bank}")


def _person(work: Work) -> UUID:
    """Only a person writes or judges a question: the platform's own jobs have nobody to answer for it."""
    if work.actor.person_id is None:
        raise Forbidden
    return work.actor.person_id


def _take(record: VersionRecord, review: Review) -> None:
    record.state, record.reviewer_id, record.approver_id = review.state, review.reviewer, review.approver


def _supersede(work: Work, records: list[VersionRecord]) -> None:
    """Take approved versions out of use, before their successors come: only one of a question may be approved."""
    for record in records:
        if record.state is State.APPROVED:
            review = Review(record.author_id, record.state, record.reviewer_id, record.approver_id)
            _take(record, review.supersede())
    work.session.flush()


def _step(work: Work, record: VersionRecord, deed: str, person: UUID, remark: str = "") -> None:
    id_ = new_id()
    if remark:
        sealed.keep(work, QUESTIONS, queries.REMARK, id_, remark.encode())
    work.session.add(ReviewStepRecord(id=id_, version_id=record.id, deed=deed, person_id=person, at=work.now))
