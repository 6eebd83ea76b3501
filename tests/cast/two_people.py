"""Two people of an office: one prepares, another confirms."""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from exams.results.actions import prepare_release
from kernel import two_people
from kernel.actor import Actor
from kernel.faces import Face
from kernel.work import Work, Workplace
from tests.cast.site import Site

SEE_OTHER = HTTPStatus.SEE_OTHER


def by_two(
    workplace: Workplace, first: Actor, second: Actor, prepare: Callable[[Work], UUID], *, at: datetime | None = None
) -> UUID:
    """What `first` prepares, `second` confirms, each in a work of the own; the id of what was prepared."""
    with workplace.transaction(first, Face.EXAMINATION) as work:
        work.now = at or work.now
        prepared_id = prepare(work)
    with workplace.transaction(second, Face.EXAMINATION) as work:
        work.now = at or work.now
        two_people.confirm(work, prepared_id)
    return prepared_id


def release_on_the_page(site: Site, sitting_id: UUID) -> None:
    """Two officers of the demonstration release on the sitting's page: one prepares, the other confirms."""
    page = f"/exam-office/sittings/{sitting_id}"
    assert site.client("he").post(f"{page}/steps/release").status_code == SEE_OTHER
    zeng = site.client("zeng")
    confirm = re.search(r"/exam-office/prepared/[0-9a-f-]+/confirm", zeng.get(page).text)
    assert confirm, "nothing waits for a confirmation"
    assert zeng.post(confirm.group()).status_code == SEE_OTHER


def released(
    workplace: Workplace, first: Actor, second: Actor, sitting_id: UUID, *, at: datetime | None = None
) -> UUID:
    """The results of a closed sitting are released by two; the id of what was prepared."""
    return by_two(workplace, first, second, lambda work: prepare_release(work, sitting_id), at=at)
