"""The console is told of its room over HTTP: who may not listen, what is heard, and when a stream ends."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from queue import Queue
from threading import Thread
from time import monotonic

import httpx
import psycopg
import pytest

from exams.attempts.actions import saving
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import open_room
from exams.invigilation.queries import watching
from exams.sittings.actions import relieve_staff
from exams.sittings.events import SITTING
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.faces import Face
from kernel.settings import Settings, libpq
from people.access.rules import Role
from people.accounts.queries import token_digest
from people.accounts.tables import SessionRecord
from tests.cast.exam_day import ExamDay, Someone, exam_day, somebody
from tests.cast.exam_week import JSON, Paper
from tests.cast.site import Site, serving
from tests.cast.waiting import LIMIT_SECONDS
from web.frame import live
from web.frame.work import SESSION_COOKIE

OVER = None


@pytest.fixture(scope="module")
def day(own_workplace) -> ExamDay:
    """A room that is open, with one candidate whom nobody has checked in."""
    made = exam_day(own_workplace, candidates=6)
    for candidate in made.candidates[1:]:
        made.do(made.invigilators[0], check_in, registration_id=candidate.registration_id)
    made.do(made.invigilators[0], open_room, sitting_id=made.sitting_id)
    return made


@pytest.fixture(scope="module")
def drawn(day) -> ExamDay:
    """Another room, which is not open yet."""
    return exam_day(day.workplace, candidates=1)


@pytest.fixture(scope="module")
def site(day) -> Iterator[Site]:
    with serving(day.workplace) as made:
        yield made


@pytest.fixture
def quick(monkeypatch):
    """Checks come so soon that a test need not wait for them."""
    monkeypatch.setattr(live, "CHECK_EVERY_SECONDS", 0.3)


class Console:
    """A page that listens: `heard` are its messages, and OVER once the stream has ended."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.heard: Queue[dict[str, object] | None] = Queue()
        self.thread = Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        try:
            for line in self.answer.iter_lines():
                if line.startswith("data: "):
                    self.heard.put(json.loads(line.removeprefix("data: ")))
        except httpx.HTTPError:
            pass
        self.heard.put(OVER)

    def next(self, wanted: str = "") -> dict[str, object] | None:
        """The next message, or the next that has `wanted` in it; OVER where the stream ends before."""
        while True:
            message = self.heard.get(timeout=LIMIT_SECONDS)
            if message is OVER or not wanted or wanted in json.dumps(message):
                return message

    def hears_the_end(self) -> bool:
        limit = monotonic() + LIMIT_SECONDS
        while self.heard.get(timeout=LIMIT_SECONDS) is not OVER:
            assert monotonic() < limit, "the stream goes on"
        return True


@contextmanager
def client(url: str, who: Someone | None = None) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=LIMIT_SECONDS) as made:
        if who is not None:
            made.cookies.set(SESSION_COOKIE, who.token)
        yield made


@contextmanager
def listening(site: Site, day: ExamDay, who: Someone) -> Iterator[Console]:
    with client(site.url, who) as made, made.stream("GET", f"/invigilation/{day.sitting_id}/live") as answer:
        assert answer.status_code == httpx.codes.OK
        yield Console(answer)


# who may not


def test_nobody_listens_who_may_not_see_the_room(site, day):
    at = f"/invigilation/{day.sitting_id}/live"
    with client(site.url) as stranger:
        assert stranger.get(at).status_code == 303
    with client(site.url, day.candidates[0]) as candidate:
        assert candidate.get(at).status_code == 403
    with client(site.url, somebody(day.workplace, "李外人", Role.INVIGILATOR)) as outsider:
        answer = outsider.get(at)
        assert (answer.status_code, answer.headers["content-type"]) == (409, "text/html; charset=utf-8")
        assert day.candidates[0].actor.name not in answer.text
        assert outsider.get("/invigilation/00000000-0000-0000-0000-000000000000/live").status_code == 409
        assert outsider.get("/invigilation/no-sitting/live").status_code == 422


def test_who_is_relieved_of_their_duty_is_told_nothing_more(site, drawn, quick):
    second = drawn.invigilators[1]
    with listening(site, drawn, second) as console:
        assert console.next("mark")
        relieve = {"sitting_id": drawn.sitting_id, "person_id": second.person_id, "reason": "生病。"}
        drawn.do(drawn.officer, relieve_staff, **relieve)
        assert console.hears_the_end()
        with client(site.url, second) as again:
            assert again.get(f"/invigilation/{drawn.sitting_id}/live").status_code == 409


def test_who_signs_out_is_told_nothing_more(site, day, quick):
    who = day.invigilators[0]
    elsewhere = Someone(who.person_id, who.actor, "another session")
    now = day.workplace.clock.now()
    with day.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        digest, account = token_digest(elsewhere.token), who.actor.account_id
        work.session.add(
            SessionRecord(token_digest=digest, account_id=account, opened_at=now, seen_at=now, address="test")
        )
    with listening(site, day, elsewhere) as console:
        assert console.next("mark")
        with client(site.url, elsewhere) as page:
            assert page.post("/sign-out").status_code == 303
        assert console.hears_the_end()


# what is heard


def test_a_check_in_is_heard_by_everybody_who_watches_and_the_map_then_shows_it(site, day):
    who, first = day.candidates[0], day.invigilators[0]
    with listening(site, day, first) as one, listening(site, day, first) as other:
        before = [console.next("mark") for console in (one, other)]
        day.do(first, check_in, registration_id=who.registration_id)
        after = [console.next("mark") for console in (one, other)]
        assert after[0] == after[1] != before[0]
        assert who.actor.name not in json.dumps(after)
        with client(site.url, first) as page:
            assert "已签到" in page.get(f"/invigilation/{day.sitting_id}/room").text


def test_an_answer_changes_a_number_and_not_the_map(site, day):
    with listening(site, day, day.invigilators[0]) as console:
        assert console.next("mark")
        paper = Paper(site, who := day.candidates[1])
        assert console.next(f'"answered-{who.seat}": "0"')
        paper.client.post("/exam-room/contact", json={"attempt": paper.attempt, "desk": paper.desk}, headers=JSON)
        assert console.next("mark")  # the page was heard of for the first time
        paper.answer(7)
        assert console.next("answered-") == {"texts": {f"answered-{who.seat}": "7"}}


def test_a_room_that_is_followed_is_what_it_would_be_read_whole(site, day):
    """Else the look fails, is made again whole, and nobody notices but the machine."""
    paper = Paper(site, day.candidates[5])
    with day.look() as reading:
        before = watching.look(reading, {day.sitting_id: None})
    paper.answer(4)
    with day.look() as reading:
        followed = watching.look(reading, before)
        assert followed != before
        assert followed == watching.look(reading, {day.sitting_id: None})


def test_saves_and_beats_say_nothing(site, day):
    """Transactions that do are committed one after another: a room that saves must not be among them."""
    channels = {hint.channel for hint in wiring(Settings()).hints}
    assert SITTING in channels
    assert "notify" not in (saving.SAVE + saving.CONTACT).lower()
    papers = [Paper(site, who) for who in day.candidates[2:4]]
    with psycopg.connect(libpq(day.workplace.engines.url(Face.PUBLIC)), autocommit=True) as ear:
        inside = ear.execute(
            "SELECT count(*) FROM pg_proc WHERE prosrc ILIKE '%pg_notify%' AND prolang <> 12"
        ).fetchone()
        assert inside == (0,)  # nor does a trigger
        for channel in channels:
            ear.execute(f'LISTEN "{channel.name}"')
        for paper in papers:
            for number in (3, 5, 9):
                paper.answer(number)
                beat = {"attempt": paper.attempt, "desk": paper.desk}
                assert paper.client.post("/exam-room/contact", json=beat, headers=JSON).is_success
        papers[0].hand_in()
        last = "00000000-0000-0000-0000-00000000000f"
        ear.execute("SELECT pg_notify(%s, %s)", (SITTING.name, last))
        heard = [hint.payload for hint in ear.notifies(timeout=LIMIT_SECONDS, stop_after=1)]
        assert heard == [last]


# what a stream is


def test_no_layer_packs_a_stream_or_holds_it_back(site, day):
    with listening(site, day, day.invigilators[0]) as console:
        headers = console.answer.headers
        assert console.answer.request.headers["accept-encoding"].startswith("gzip")
        assert (headers["content-type"], headers.get("content-encoding")) == ("text/event-stream; charset=utf-8", None)
        assert headers["cache-control"] == "no-store, no-transform"
        assert console.next("mark")  # though the stream is open


def test_a_quiet_stream_gives_signs_of_life(site, day, monkeypatch):
    monkeypatch.setattr(live, "SIGN_OF_LIFE_EVERY_SECONDS", 0.2)
    with listening(site, day, day.invigilators[0]) as console:
        assert console.next("mark")
        while console.next() != {}:
            pass


def test_an_account_has_so_many_streams_and_the_newest_stay(site, day, monkeypatch):
    monkeypatch.setattr(live, "STREAMS_OF_ONE_ACCOUNT", 2)
    with ExitStack() as open_ones:
        oldest, older, newest = (open_ones.enter_context(listening(site, day, day.invigilators[0])) for _ in range(3))
        assert oldest.hears_the_end()
        assert older.next("mark")
        assert newest.next("mark")


def test_a_process_has_so_many_streams_and_then_a_page_asks_instead(day, monkeypatch):
    monkeypatch.setattr(live, "STREAMS_AT_MOST", 1)
    first = day.invigilators[0]
    with serving(day.workplace) as own, listening(own, day, first) as console:
        assert console.next("mark")
        with client(own.url, first) as page:
            assert page.get(f"/invigilation/{day.sitting_id}/live").status_code == 503
            assert page.get(f"/invigilation/{day.sitting_id}/room").status_code == 200


def test_streams_end_where_nothing_can_be_read_and_come_back_with_the_data(site, day, machine):
    first = day.invigilators[0]
    with listening(site, day, first) as console:
        assert console.next("mark")
        with unreadable(machine, day):
            assert console.hears_the_end()
    with listening(site, day, first) as console:
        assert console.next("mark")


@contextmanager
def unreadable(machine: Machine, day: ExamDay) -> Iterator[None]:
    """Within the block nobody finds the attempts."""
    database = day.workplace.engines.url(Face.EXAMINATION).database
    with machine.embedded.superuser(database or "") as superuser:
        superuser.execute("ALTER TABLE exams.attempts RENAME TO attempts_elsewhere")
        yield
        superuser.execute("ALTER TABLE exams.attempts_elsewhere RENAME TO attempts")


def test_a_server_that_is_told_to_end_does_not_wait_for_those_who_watch(day):
    """`serving` sets it no limit: it would wait for as long as they do."""
    with ExitStack() as watching:
        with serving(day.workplace) as site:
            console = watching.enter_context(listening(site, day, day.invigilators[0]))
            assert console.next("mark")
        assert console.hears_the_end()
