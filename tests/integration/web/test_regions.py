"""Every office's routes, tried by an officer of another region: rows of elsewhere are not found and in no list.

The routes are read from the application. One that is new is tried as well; where this file does not know how to fill
its address or its form, it fails here until somebody says it.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import httpx
import openpyxl
import pytest
from fastapi.routing import APIRoute

from certification.applications.actions import record_passed_part, refuse_application, revise_passed_part
from certification.applications.queries import application
from certification.applications.queries.revised import revision_count, revisions
from certification.certificates.queries import certificates_of
from certification.eligibility.actions import grant_eligibility
from exams.admissions.actions import print_sitting, sitting_printing
from exams.bars.actions import bar_person
from exams.centres.queries import pool
from exams.practicals import queries as practicals
from exams.practicals.actions import open_practicals
from exams.results.actions import ask_recheck, prepare_release
from exams.results.queries import own_results, rechecks
from exams.sittings import queries as sittings
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.documents import installed
from kernel.faces import Face
from kernel.sheets import workbook
from kernel.tasks.running import run_due
from people.access.rules import HELD_FOR_A_REGION, OF_THE_WHOLE, ROLES, Role
from people.accounts import queries as accounts
from people.admissions.actions import bring_organisations
from people.admissions.actions.listing import KIND
from people.first_sign_ins.actions import send_first_sign_ins
from people.organisations.queries import organisation_with_code
from tests.cast.applying import applied
from tests.cast.certified import Registry
from tests.cast.practical_sitting import Preparation
from tests.cast.region_offices import WELDING, actor_of, hours_of, officer_of, released_part
from tests.cast.regions import HERE, THERE
from tests.cast.site import Site
from tests.house.test_routes import SCREENS, needs
from tests.integration.people.organisations.conftest import a_code

OFFICES = sorted(HELD_FOR_A_REGION)
THE_CENTRE = "12990101MA000004XY"
FIXED = {"duty": "invigilator", "how": "called_off", "step": "confirm", "number": "1", "place": "1"}
DEEDS = {"/accounts": "password", "/issuing": "suspend"}
EMPTY_LISTS = {
    "/exam-bars/new",
    "/organisation-import/template.xlsx",
}


def of_an_office(route: APIRoute) -> list[Role]:
    """Which offices may open it, by a right that not every account has."""
    wanted = {each for need in needs(route.dependant) for each in need.split(" or ")}
    to_all = frozenset.intersection(*(frozenset(map(str, ROLES[role])) for role in Role))
    held = {role: frozenset(map(str, ROLES[role] - OF_THE_WHOLE)) - to_all for role in OFFICES}
    return [role for role in OFFICES if wanted & held[role]]


ROUTES = [
    (method, route.path, role)
    for router in SCREENS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
    for role in of_an_office(route)
]
OF_A_ROW = [each for each in ROUTES if "{" in each[1]]
LISTS = [each for each in ROUTES if "{" not in each[1] and each[0] == "GET"]
FORMS = [each for each in ROUTES if "{" not in each[1] and each[0] == "POST"]


@dataclass
class Rows:
    """What stands in the city: ids by the name that they have in addresses, and what tells that it is shown."""

    ids: dict[str, UUID] = field(default_factory=dict)
    tell_tales: set[str] = field(default_factory=set)
    revised: set[UUID] = field(default_factory=set)

    def address(self, path: str) -> str:
        beginning = "/" + path.split("/")[1]
        known = {name: str(found) for name, found in self.ids.items()} | FIXED | {"deed": DEEDS.get(beginning, "")}
        return path.format_map(known)


@pytest.fixture(scope="module")
def rows(site: Site) -> Rows:
    """A theory that was released and doubted, a practical under way, a bar, certificates; all of it in the city."""
    made = Rows()
    day = Preparation(site)
    day.trained()
    released = day.theory_passed()
    taken = _prepared(site, made)
    with site.workplace.transaction(day.zhang, Face.EXAMINATION) as work:
        result = own_results(work)[0]
        ask_recheck(work, result_id=result.id, reason="请复核第七十一题。")
    sitting, registration = day.opened(Part.PRACTICAL, "tang", "liang")
    day.do(day.he, open_practicals, sitting)
    printing = sitting_printing(installed(site.workplace.settings.var))
    made.ids["task_id"] = day.do(day.he, print_sitting, sitting, fonts=installed(site.workplace.settings.var))
    run_due(site.workplace, {printing.name: printing}, Face.EXAMINATION, keep_going=lambda: True)
    officer = day.do(platform("test"), officer_of, Role.EXAM_OFFICER, HERE, face=Face.REGISTRY)
    zhang = day.zhang.person_id
    assert zhang is not None
    with site.workplace.transaction(actor_of(site, officer), Face.EXAMINATION) as work:
        made.ids["bar_id"] = bar_person(
            work, person_id=zhang, until=shanghai_date(work.now) + timedelta(days=9), reason="替考嫌疑"
        )
        found = sittings.sitting(work, sitting)
        staff = pool(work, found.room.centre.id)
        practical = practicals.practicals(work).rows[0]
        made.ids |= {
            "sitting_id": sitting,
            "registration_id": registration,
            "practical_id": practical.id,
            "recheck_id": rechecks(work)[0][0].id,
            "centre_id": found.room.centre.id,
            "room_id": found.room.id,
            "staff_id": staff[0].id,
            "person_id": staff[0].person_id,
        }
        made.tell_tales |= {sittings.sitting(work, each).code for each in (released, taken)}
        made.tell_tales |= {found.code, found.room.centre.names["zh"], found.room.centre.names["en"]}
    _certified(site, made)
    with site.workplace.reading(platform("test"), Face.REGISTRY) as reading:
        invigilator = accounts.account_named(reading, "xu")
        centre = organisation_with_code(reading, THE_CENTRE)
        assert invigilator is not None
        assert centre is not None
        made.ids |= {"account_id": invigilator.id, "organisation_id": centre.id}
    _listed(site, made)
    made.tell_tales |= {"张伟强", "周建华", "李建国", "江城安和机械制造有限公司", "江城安学安全技术培训学校"}
    return made


def _prepared(site: Site, made: Rows) -> UUID:
    """A sitting of another candidate, whose release one has prepared and nobody confirmed yet."""
    day = Preparation(site, "zhou")
    day.trained()
    sitting: UUID = day.theory_taken()
    made.ids["prepared_id"] = day.do(day.he, prepare_release, sitting)
    return sitting


def _listed(site: Site, made: Rows) -> None:
    """The city's registry has brought a list of organisations; the worker brings it in."""
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        name = officer_of(work, Role.ADMINISTRATOR, HERE)
    row = ["江城第一机械厂", a_code(882), "城关区", "13800001234"]
    content = workbook("名单", ["单位名称", "统一社会信用代码", "所在地区", "联系电话"], [row], [20] * 4)
    with site.workplace.transaction(actor_of(site, name), Face.REGISTRY) as work:
        made.ids["list_id"] = bring_organisations(
            work, content=content, file_name="城关区企业.xlsx", demonstration=True
        )

    run_due(site.workplace, {KIND.name: KIND}, Face.REGISTRY, keep_going=lambda: True)
    made.tell_tales |= {"城关区企业.xlsx", "江城第一机械厂"}
    with site.workplace.transaction(actor_of(site, name), Face.REGISTRY) as work:
        made.ids["sending_id"] = send_first_sign_ins(work, sends_sms=True)
    made.ids["applied_id"] = applied(site.workplace, phone="13900001234", name="江城第二机械厂", serial=883)
    made.tell_tales.add("江城第二机械厂")


def _certified(site: Site, made: Rows) -> None:
    registry = Registry(site.workplace)
    zhou, li = registry.person("zhou"), registry.person("li")
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        made.ids["eligibility_id"] = grant_eligibility(work, hours_of(zhou, registry.today)).id
        made.ids["certificate_id"] = certificates_of(work, [zhou])[zhou][0].id
    made.ids["application_id"] = registry.passed(zhou, WELDING, registry.today)
    refused = registry.passed(li, "low_voltage", registry.today)
    _revised(registry, made, zhou, li)
    with registry.work(registry.song, Face.REGISTRY) as work:
        refuse_application(work, refused, reason="照片不清晰。")


def _revised(registry: Registry, made: Rows, zhou: UUID, li: UUID) -> None:
    """A part on which an application rests was revised, and one on which nothing rests yet."""
    with registry.as_platform(Face.REGISTRY) as work:
        alone = released_part(li, WELDING, work.now)
        record_passed_part(work, alone)
        rested_on = application(work, made.ids["application_id"]).theory_result_id
        for who, result_id in ((zhou, rested_on), (li, alone.result_id)):
            revise_passed_part(work, released_part(who, WELDING, work.now, supersedes=result_id))
        made.revised = {rested_on, alone.result_id}


@pytest.fixture(scope="module")
def office(site: Site, rows: Rows) -> Iterator[dict[tuple[Role, str], httpx.Client]]:
    """An officer of each kind, here and there, signed in."""
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        wanted = [(role, place) for role in OFFICES for place in (HERE, THERE)]
        names = {}
        for role, place in wanted:
            name = f"{role.value}-{place}"
            known = accounts.account_named(work, name)
            names[role, place] = name if known else officer_of(work, role, place)
    clients = {key: site.client(name) for key, name in names.items()}
    yield clients
    for client in clients.values():
        client.close()


def send(client: httpx.Client, method: str, address: str, data: dict[str, str] | None = None) -> httpx.Response:
    typed = data or {"person_id": str(UUID(int=2)), "ending": "given_up", "reason": ""}
    return client.request(method, address, data=typed if method == "POST" else None)


@pytest.mark.parametrize(("method", "path", "role"), OF_A_ROW)
def test_a_row_of_another_region_is_not_found(office, rows, method, path, role):
    address = rows.address(path)
    assert send(office[role, THERE], method, address).status_code == 404, address


def shown(answer: httpx.Response) -> str:
    assert answer.status_code == 200
    if "spreadsheet" not in answer.headers["content-type"]:
        return answer.text
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


@pytest.mark.parametrize(("method", "path", "role"), LISTS)
def test_a_list_shows_the_own_region_and_nothing_of_another(office, rows, method, path, role):
    here, there = (shown(send(office[role, place], method, path)) for place in (HERE, THERE))
    assert [told for told in rows.tell_tales if told in there] == []
    if path not in EMPTY_LISTS:
        assert [told for told in rows.tell_tales if told in here], f"nothing of the own region is shown by {path}"


@pytest.mark.parametrize(("method", "path", "role"), FORMS)
def test_a_form_that_names_a_row_of_another_region_does_nothing(office, rows, method, path, role):
    answer = send(office[role, THERE], method, path, forms(rows)[path])
    assert answer.status_code in {404, 409, 422}, answer.text


def forms(rows: Rows) -> dict[str, dict[str, str]]:
    """For every form that stands at an address without a row: what names one of the city's."""
    return {
        "/accounts/new": {
            "name": "王秀兰",
            "document_kind": "passport",
            "document_number": "E99887766",
            "username": "wang-there",
            "roles": "exam_officer",
            "organisation_id": str(rows.ids["organisation_id"]),
            "region": THERE,
        },
        "/organisations": {"kind": "enterprise", "name": "越界公司", "credit_code": a_code(881), "region": HERE},
        "/organisation-import": {},
        "/first-sign-ins": {},
        "/exam-centres": {"name_zh": "越界考试点", "code": "YJ01", "region": HERE},
        "/exam-bars/new": {
            "person": str(rows.ids["person_id"]),
            "ground": "other",
            "until": "2030-01-01",
            "reason": "越界",
        },
        "/exam-office/sittings/new": {
            "exam": "low_voltage/theory",
            "room_id": str(rows.ids["room_id"]),
            "day": "2030-01-01",
            "time": "09:00",
            "capacity": "5",
        },
    }


@pytest.mark.parametrize(("place", "is_here"), [(HERE, True), (THERE, False)])
def test_a_revised_part_is_seen_where_its_application_stands_or_else_its_person_works(
    site, office, rows, place, is_here
):
    officer = actor_of(site, f"{Role.CERTIFICATE_OFFICER.value}-{place}")
    with site.workplace.reading(officer, Face.REGISTRY) as reading:
        assert {row.supersedes for row in revisions(reading)} == (rows.revised if is_here else set())
        assert revision_count(reading) == (len(rows.revised) if is_here else 0)


@pytest.mark.parametrize(("method", "path", "role"), OF_A_ROW)
def test_to_the_office_of_its_own_region_the_same_row_is_there(office, rows, method, path, role):
    address = rows.address(path)
    assert send(office[role, HERE], method, address).status_code not in {403, 404, 500}, address
