"""The room record: what a signature covers, and that no line slips in beside one."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from exams.invigilation.actions.supervising import close_room, note_incident, sign_record
from exams.invigilation.errors import RecordIsSigned
from exams.invigilation.rules import NoteKind, record_digest
from kernel.work import Work
from tests.cast.exam_day import ExamDay, Someone, exam_day
from tests.cast.locks import somebody_waits
from tests.cast.waiting import until
from tests.integration.exams.invigilation.test_supervise import notes


@pytest.fixture
def closed(workplace) -> ExamDay:
    """A room that is closed and whose record nobody has signed."""
    day = exam_day(workplace, candidates=1)
    day.open()
    day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    return day


def beside(day: ExamDay, who: Someone, deed: Callable[[Work], None], other: Callable[[], Any]) -> Future[Any]:
    """Do `deed` as `who`, and `other` at the same moment: it begins before the deed is committed."""
    with ThreadPoolExecutor(1) as hands:
        with day.work(who) as work:
            deed(work)
            under_way = hands.submit(other)
            until(lambda: somebody_waits(day.workplace) or under_way.done(), "the other neither waits nor is done")
            assert not under_way.done()
        under_way.exception()  # it goes on when the deed is done
    return under_way


def signed_digests(day: ExamDay) -> list[str]:
    return [line.facts["digest"] for line in notes(day) if line.kind is NoteKind.SIGNED]


def test_a_signature_waits_for_the_line_that_is_being_written_and_covers_it(closed):
    first, second = closed.invigilators
    beside(
        closed,
        first,
        lambda work: note_incident(work, sitting_id=closed.sitting_id, text="light failed"),
        lambda: closed.do(second, sign_record, sitting_id=closed.sitting_id),
    )
    lines = notes(closed)
    assert [it.kind for it in lines][-2:] == [NoteKind.INCIDENT, NoteKind.SIGNED]
    assert signed_digests(closed) == [record_digest(lines)]


def test_a_line_that_comes_beside_the_first_signature_is_refused(closed):
    first, second = closed.invigilators
    under_way = beside(
        closed,
        first,
        lambda work: sign_record(work, sitting_id=closed.sitting_id),
        lambda: closed.do(second, note_incident, sitting_id=closed.sitting_id, text="light failed"),
    )
    assert isinstance(under_way.exception(), RecordIsSigned)
    closed.do(second, sign_record, sitting_id=closed.sitting_id)
    lines = notes(closed)
    assert NoteKind.INCIDENT not in [it.kind for it in lines]
    assert signed_digests(closed) == [record_digest(lines)] * 2
