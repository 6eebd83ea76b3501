"""Whoever sends whatever to any route: the answer is below 500, tells nothing of the inside and has the policy."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text

from certification.applications.actions import approve_application
from exams.attempts.actions.sitting_down import start
from exams.practicals.actions import Candidate as PracticalCandidate
from exams.practicals.actions import draw_items, open_practical
from exams.practicals.queries import Examiner
from exams.results.actions import ask_recheck
from exams.results.queries import own_results, result_of_registration
from exams.sittings.actions import close_sitting
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.work import Reading
from people.access.rules import ROLES, Role, permissions_of
from people.accounts.queries import actor_of_account
from tests.cast.exam_day import Candidate, ExamDay, Someone, exam_day
from tests.cast.hostile import Hostile, Places, requests_to
from tests.cast.site import Site
from tests.house.test_routes import ROUTERS, needs
from tests.integration.certification.conftest import Office
from training.enrolments.actions import enrol
from training.outlines.rules import TrainingKind
from training.study.actions import open_session
from web.certification.printing import printing
from web.frame.work import SESSION_COOKIE

ONE_IN = 24  # of 13,000
INSIDE = re.compile(r"Traceback|File \"|site-packages|sqlalchemy|psycopg|asyncpg|pydantic|jinja2|SELECT |INSERT INTO")
READABLE = ("text", "application/json")
ENDLESS = "text/event-stream"
OUTSIDERS = 3  # of those whom a route does not let in, by turns
REFUSED = "This request did not come from a page of this site."
POLICY = "default-src 'none'"
LEAVES = "/sign-out"  # walked last: who is signed out sees only doors
ROUTES = sorted(
    (route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)),
    key=lambda route: route.path == LEAVES,
)
ROLE_OF = {"candidate": Role.WORKER, "examinee": Role.WORKER}
# Where real ids of a place in an address are found; the other places take what `hostile.PLAUSIBLE` says.
IDS = {
    Face.EXAMINATION: {
        "sitting_id": "SELECT id FROM exams.sittings ORDER BY id",
        "centre_id": "SELECT id FROM exams.centres ORDER BY id",
        "room_id": "SELECT id FROM exams.rooms ORDER BY id",
        "registration_id": "SELECT id FROM exams.registrations ORDER BY id",
        "registration": "SELECT id FROM exams.registrations ORDER BY id",
        "attempt_id": "SELECT id FROM exams.attempts",
        "attempt": "SELECT id FROM exams.attempts",
        "staff_id": "SELECT id FROM exams.staff ORDER BY id",
        "practical_id": "SELECT id FROM exams.practicals",
        "result_id": "SELECT id FROM exams.results",
        "recheck_id": "SELECT id FROM exams.rechecks",
    },
    Face.LEARNING: {
        "run_id": "SELECT id FROM simulations.runs",
        "enrolment_id": "SELECT id FROM training.enrolments",
        "session": "SELECT id FROM training.study_sessions",
        "person": "SELECT person_id FROM people.accounts WHERE username = 'li'",
        "teachers": "SELECT person_id FROM people.accounts WHERE username = 'wu'",
    },
    Face.AUTHORING: {"version_id": "SELECT id FROM question_bank.versions ORDER BY id LIMIT 9"},
    Face.REGISTRY: {
        "account_id": "SELECT id FROM people.accounts WHERE is_demonstration ORDER BY id LIMIT 9",
        "application_id": "SELECT id FROM certification.applications ORDER BY id DESC",
        "certificate_id": "SELECT id FROM certification.certificates",
        "eligibility_id": "SELECT id FROM certification.eligibilities",
        "employment_id": "SELECT e.id FROM people.employments e JOIN people.accounts a USING (organisation_id)"
        " WHERE a.username = 'liu' ORDER BY e.id",
        "post_id": "SELECT p.id FROM people.posts p JOIN people.accounts a USING (organisation_id)"
        " WHERE a.username = 'liu' ORDER BY p.id",
        "import_id": "SELECT id FROM people.staff_imports",
        "person_id": "SELECT id FROM people.persons ORDER BY id LIMIT 9",
    },
}
CAST = {
    Role.ADMINISTRATOR: "tian",
    Role.AUDITOR: "xie",
    Role.CERTIFICATE_OFFICER: "song",
    Role.ENTERPRISE_MANAGER: "liu",
    Role.EXAMINER: "tang",
    Role.EXAM_OFFICER: "he",
    Role.INSPECTOR: "luo",
    Role.QUESTION_APPROVER: "shen",
    Role.QUESTION_AUTHOR: "zheng",
    Role.QUESTION_REVIEWER: "feng",
    Role.TEACHER: "wu",
    Role.TRAINING_MANAGER: "zhao",
    Role.WORKER: "zhang",
}


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, httpx.Client]:
    """Somebody of each role, a candidate in the middle of an exam, its invigilator, one with a result, a stranger."""
    clients = {role.value: site.client(username) for role, username in CAST.items()}
    day = exam_day(site.workplace, candidates=2, by_day=True)
    day.open()
    day.do(day.candidates[0], start, registration_id=day.candidates[0].registration_id)
    clients["candidate"] = _as(site, day.candidates[0])
    clients["invigilator"] = _as(site, day.invigilators[0])
    clients["examinee"] = _as(site, _released(site))
    _practical(site, day)
    _certificate(site)
    sample = clients["enterprise_manager"].get("/staff-import/sample.xlsx").content
    clients["enterprise_manager"].post("/staff-import", files={"file": ("list.xlsx", sample)})
    clients["worker"].post("/extinguisher-practice/runs")
    _studying(site)
    return clients | {"stranger": site.client()}


def _as(site: Site, who: Someone) -> httpx.Client:
    client = site.client()
    client.cookies.set(SESSION_COOKIE, who.token)
    return client


def _released(site: Site) -> Someone:
    """A candidate whose result is released, with a doubt about it."""
    day = exam_day(site.workplace, candidates=1, by_day=True)
    [who] = day.candidates
    day.open()
    day.do(day.invigilators[0], close_sitting, sitting_id=day.sitting_id)
    day.result_of(who)
    day.release()
    with day.look(who) as reading:
        [result] = own_results(reading)
    day.do(who, ask_recheck, result_id=result.id, reason="第3题有疑问")
    return who


def _is_marked(day: ExamDay, who: Candidate) -> bool:
    with day.look() as reading:
        return result_of_registration(reading, who.registration_id) is not None


def _practical(site: Site, day: ExamDay) -> None:
    """A drawn practical of the candidate, with an examiner of the cast."""
    candidate = day.candidates[0]
    with site.workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        seated = PracticalCandidate(
            registration_id=candidate.registration_id,
            sitting_id=day.sitting_id,
            person_id=candidate.person_id,
            name=candidate.actor.name,
            admission_number=candidate.admission_number,
            qualification="low_voltage",
            attempt=1,
            held_on=shanghai_date(work.now),
        )
        first, second = (Examiner(_of_cast(work, who).person_id, who) for who in ("tang", "liang"))
        practical_id = open_practical(work, seated, (first, second))
    with site.workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        draw_items(work, practical_id)


def _certificate(site: Site) -> None:
    """A certificate, and an application that waits."""
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        office = Office(work)
        holder = office.person("张伟")
        office.trained(holder)
        waits = office.passed(holder)
        office.passed(office.person("李娜"))
        approve_application(office.as_officer(), waits, printing=printing(site.workplace.settings))


def _studying(site: Site) -> None:
    """The worker has a lesson open."""
    with site.workplace.reading(platform("test"), Face.LEARNING) as reading:
        zhang, zhao, wu = (_of_cast(reading, name) for name in ("zhang", "zhao", "wu"))
    with site.workplace.transaction(platform("test"), Face.LEARNING) as work:
        enrolment_id = enrol(
            work,
            person_id=zhang.person_id,
            course="low_voltage",
            kind=TrainingKind.INITIAL,
            provider_id=zhao.organisation_id,
            provider_name="江城安学安全技术培训学校",
            teacher_ids=[wu.person_id],
            demonstration=True,
        )
    with site.workplace.transaction(zhang, Face.LEARNING) as work:
        open_session(work, enrolment_id=enrolment_id, lesson_code="LV-L01")


def _of_cast(reading: Reading, username: str) -> Any:
    actor = actor_of_account(reading, username)
    assert actor is not None
    return actor


@pytest.fixture(scope="module")
def ids(site: Site, people: Mapping[str, httpx.Client]) -> dict[str, list[str]]:
    """Real ids by the name of the place where they belong."""
    found: dict[str, list[str]] = {}
    for face, queries in IDS.items():
        with site.workplace.engines.of(face).connect() as connection:
            found |= {name: [str(each) for each in connection.scalars(text(query))] for name, query in queries.items()}
    assert [name for name, known in found.items() if not known] == []
    return found


def those_who_may(route: APIRoute, people: Mapping[str, httpx.Client]) -> list[str]:
    """Whose request gets past the door of this route."""
    wanted = {need for declared in needs(route.dependant) for need in declared.split(" or ")}
    if not wanted & frozenset().union(*ROLES.values()):
        return ["stranger", "worker"]
    return [who for who in people if wanted & _permissions(who)]


def _permissions(who: str) -> frozenset[str]:
    role = ROLE_OF.get(who, who)
    return permissions_of([role] if role in set(Role) else [])


def fault(client: httpx.Client, request: Hostile) -> str | None:
    """What is wrong with the answer, if anything is."""
    with client.stream(
        request.method, request.url, content=request.content, headers=request.headers, files=request.files
    ) as answer:
        if not answer.headers.get("content-type", "").startswith(ENDLESS):
            answer.read()
    if not answer.is_stream_consumed:
        return None if answer.is_success and _has_policy(answer) else f"streams with {answer.status_code}"
    inside = INSIDE.search(answer.text) if answer.headers.get("content-type", "").startswith(READABLE) else None
    if answer.is_server_error:
        return f"answers {answer.status_code}"
    if inside:
        return f"tells {inside.group()!r}"
    return None if _has_policy(answer) else "has no policy"


def _has_policy(answer: httpx.Response) -> bool:
    return POLICY in answer.headers.get("content-security-policy", "")


@pytest.mark.parametrize("sign", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_no_deed_is_done_for_a_page_of_another_site(
    people: dict[str, httpx.Client], ids: dict[str, list[str]], sign: dict[str, str]
):
    for route in ROUTES:
        for method in sorted((route.methods or set()) - {"GET", "HEAD"}):
            for accept in ("text/html", "application/json"):
                at = Places(route, method, ids).url()
                answer = people[those_who_may(route, people)[0]].request(method, at, headers={"Accept": accept} | sign)
                assert (answer.status_code, answer.text) == (403, REFUSED), (method, at)


@pytest.mark.generated
def test_no_input_is_too_much_for_any_route(site: Site, people: dict[str, httpx.Client], ids: dict[str, list[str]]):
    found: list[str] = []
    for place, route in enumerate(ROUTES):
        sent = list(requests_to(route, ids, one_in=ONE_IN))
        may = those_who_may(route, people)
        assert may, f"nobody may open {route.path}"
        others = [who for who in people if who not in may] or may
        by_others = [
            (others[(place + number * 5) % len(others)], sent[number]) for number in range(min(OUTSIDERS, len(sent)))
        ]
        for who, request in [*by_others, *((may[number % len(may)], each) for number, each in enumerate(sent))]:
            if route.path.startswith("/verify"):
                site.workplace.clock.skip(timedelta(seconds=7))  # strangers are rationed
            wrong = fault(people[who], request)
            if wrong:
                found.append(f"{who} {request.method} {route.path} {request.what}: {wrong}")
    assert found == []
