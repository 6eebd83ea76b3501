"""What takes long is not begun within a transaction, whichever thread of the request began that."""

from contextvars import copy_context
from datetime import date
from threading import Thread

import pytest

from kernel import sheets
from kernel.documents import Fonts, pdf
from kernel.documents.press import HOUSE
from kernel.hands import HandsNotFree, hands, lay_down, require_free
from people.accounts.formats import identity_photo
from people.organisations.formats.workbooks import read_rows


class Session:
    def __init__(self, *, asked: bool) -> None:
        self.asked = asked

    def in_transaction(self) -> bool:
        return self.asked


@pytest.fixture(autouse=True)
def fresh():
    lay_down()


def test_hands_are_free_until_a_session_asks_something_and_again_when_it_has_ended():
    session = Session(asked=False)
    with hands().holding(session):
        require_free("A page")
        session.asked = True
        with pytest.raises(HandsNotFree, match="A page within a transaction"):
            require_free("A page")
        session.asked = False
        require_free("A page")
        session.asked = True
    require_free("A page")


def test_what_one_thread_of_a_request_holds_its_other_threads_have_in_hand_too():
    said: list[bool] = []
    with hands().holding(Session(asked=True)):
        other = Thread(target=copy_context().run, args=(lambda: said.append(hands().are_free),))
        other.start()
        other.join()
        stranger = Thread(target=lambda: said.append(hands().are_free))
        stranger.start()
        stranger.join()
    assert said == [False, True]


@pytest.mark.parametrize(
    "begun",
    [
        lambda: pdf(HOUSE / "none.typ", {}, Fonts.__new__(Fonts), title="x", day=date(2026, 6, 1)),
        lambda: sheets.workbook("x", ["x"], [], [10]),
        lambda: read_rows(b""),
        lambda: identity_photo(b""),
    ],
    ids=["a document", "a workbook that leaves", "a workbook that comes", "a photo"],
)
def test_nothing_that_takes_long_is_begun_within_a_transaction(begun):
    with hands().holding(Session(asked=True)), pytest.raises(HandsNotFree):
        begun()
