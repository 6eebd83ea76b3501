"""The server is killed in mid-exam, again and again: no answer that was confirmed is lost, and time still runs out."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from exams.attempts.actions.sitting_down import start, take_desk
from exams.attempts.rules import State
from tests.cast import loops
from tests.cast.exam_day import exam_day
from tests.cast.exam_room import Page, begun
from tests.cast.server import Server
from tests.cast.waiting import LIMIT_SECONDS, until
from web.frame.work import SESSION_COOKIE

ROUNDS = 4
CONFIRMED_A_LIFE = 30


@pytest.fixture
def server(machine):
    made = Server(machine)
    yield made
    made.stop()


class Browser:
    """Answers without pause and sends each act again until it is confirmed, as the page does."""

    def __init__(self, sheet: Page, url: str) -> None:
        self.sheet = sheet
        self.url = url
        self.confirmed: list[tuple[int, int, bool]] = []

    async def work(self, until: asyncio.Event) -> None:
        sequence = 1
        headers = {
            "Origin": self.url,
            "Accept": "application/json",
            "Cookie": f"{SESSION_COOKIE}={self.sheet.who.token}",
        }
        async with httpx.AsyncClient(base_url=self.url, headers=headers, timeout=5) as client:
            while not until.is_set():
                act = (sequence, sequence % 70 + 1, sequence // 70 % 2 == 0)
                if await self._is_confirmed(client, act):
                    self.confirmed.append(act)
                    sequence += 1
                else:
                    await asyncio.sleep(0.05)

    async def _is_confirmed(self, client: httpx.AsyncClient, act: tuple[int, int, bool]) -> bool:
        sequence, question, answer = act
        step = {"sequence": sequence, "question": question, "act": "answer", "answer": answer}
        step |= {"flagged": False, "page_ms": sequence}
        body = {"attempt": str(self.sheet.attempt_id), "desk": self.sheet.token, "steps": [step]}
        try:
            response = await client.put("/exam-room/answers", json=body)
        except httpx.TransportError:
            return False
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return False
        assert response.status_code == httpx.codes.OK, response.text
        assert response.json()["saved"] == [sequence]
        return True


async def exam(browsers: list[Browser], server: Server) -> None:
    until = asyncio.Event()
    working = [asyncio.create_task(browser.work(until)) for browser in browsers]
    for _ in range(ROUNDS):
        await so_many_are_confirmed(browsers)
        server.kill()
        await asyncio.to_thread(server.start)
    await so_many_are_confirmed(browsers)
    until.set()
    await asyncio.gather(*working)


async def so_many_are_confirmed(browsers: list[Browser]) -> None:
    """In this life of the server, however slow the machine is."""

    def confirmed() -> int:
        return sum(len(browser.confirmed) for browser in browsers)

    async with asyncio.timeout(LIMIT_SECONDS):
        before = confirmed()
        while confirmed() < before + CONFIRMED_A_LIFE:  # noqa: ASYNC110 - what is counted is no event
            await asyncio.sleep(0.02)


def test_kill_nine_loses_no_confirmed_answer_and_stops_no_clock(workplace, server):
    day = exam_day(workplace, candidates=9)
    day.open()
    *many, last = day.candidates
    browsers = [Browser(begun(day, who), server.url) for who in many]
    server.start()
    almost_over = _begun_long_ago(day, last)
    loops.run(exam(browsers, server))
    for browser in browsers:
        kept = [(step.sequence, step.question, step.answer) for step in browser.sheet.steps]
        assert kept[: len(browser.confirmed)] == browser.confirmed
        assert len(kept) <= len(browser.confirmed) + 1  # the one whose confirmation was on its way
    _wait_for_the_end(almost_over)


def _begun_long_ago(day, who) -> Page:
    """An attempt whose time is up in a moment, while the server is being killed."""
    then = day.workplace.clock.now() - timedelta(minutes=120) + timedelta(seconds=2)
    attempt_id = day.do(who, start, at=then, registration_id=who.registration_id)
    sheet = Page(day, who, attempt_id)
    day.do(who, take_desk, at=then, attempt_id=attempt_id, token=sheet.token, address="test")
    return sheet


def _wait_for_the_end(sheet: Page) -> None:
    until(lambda: sheet.row.state is State.RUN_OUT, "nobody handed in for the candidate")
