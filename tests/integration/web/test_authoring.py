"""The authors' screens: who may not, then how a question is written, judged by others, and looked at on the record."""

import io
import re
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from kernel.actor import platform
from kernel.faces import Face
from people.access.rules import Role
from people.accounts.actions import open_account, register_person
from people.accounts.rules import DocumentKind
from people.demonstration.rules import PASSWORD
from tests.cast.site import Site
from web.question_bank.authoring import sheet

BANK = "low_voltage"
STATEMENT = "检修人员断开电源后即可直接接触电容器。"
TYPED: dict[str, object] = {
    "point": "LV13",
    "depth": "know",
    "difficulty": "0.80",
    "stem": STATEMENT,
    "key": "F",
    "reason": "电容器断电后仍带有残余电荷，应先放电。",
    "source": "教材通识：电力电容器",
}


@pytest.fixture(scope="module")
def author(site: Site):
    return site.client("zheng")


@pytest.fixture(scope="module")
def reviewer(site: Site):
    return site.client("feng")


@pytest.fixture(scope="module")
def approver(site: Site):
    return site.client("shen")


def new(kind="true_false"):
    return f"/authoring/new?bank={BANK}&kind={kind}"


def sent(client: httpx.Client, address: str, typed: dict[str, object] | None = None) -> httpx.Response:
    """The page after sending a form: the refusal itself, or where it leads."""
    answer = client.post(address, data=typed)
    return client.get(answer.headers["location"]) if answer.status_code == 303 else answer


@pytest.fixture
def draft(author) -> str:
    """The address of a fresh draft."""
    answer = author.post(new(), data=TYPED)
    assert answer.status_code == 303, answer.text
    address: str = answer.headers["location"]
    return address


def somebody_with(site: Site, *roles: Role) -> httpx.Client:
    """A new person with these roles, signed in."""
    username = f"u{uuid4().hex[:12]}"
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        person_id = register_person(
            work,
            name="唐一人",
            document_kind=DocumentKind.PASSPORT,
            document_number=username,
            sex=None,
            birth_date=None,
            phone=None,
        )
        open_account(
            work,
            person_id=person_id,
            username=username,
            password=PASSWORD,
            roles=[role.value for role in roles],
            organisation_id=None,
        )
    return site.client(username)


# who may not


@pytest.mark.parametrize("username", ["zhang", "liu", "zhao", "wu", "he", "xu", "tang", "song", "luo", "xie", "tian"])
def test_who_may_not_enter(site: Site, draft, username):
    """Worker, managers, teacher, exam officer, invigilator, examiner, officer, inspector, auditor, administrator."""
    client = site.client(username)
    for address in ("/authoring", "/authoring/questions.xlsx", "/authoring/new", draft, f"{draft}/rewrite"):
        assert client.get(address).status_code == 403
    assert "/authoring" not in client.get("/").text


def test_nobody_enters_unsigned(site: Site, draft):
    for address in ("/authoring", draft):
        answer = site.client().get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


def test_a_reviewer_does_not_write_and_an_author_does_not_judge(author, reviewer, draft):
    assert reviewer.get(new()).status_code == 403
    assert reviewer.post(f"{draft}/approve").status_code == 403
    assert author.post(f"{draft}/review").status_code == 403


# the way of a question


def test_three_people_bring_a_question_into_use(author, reviewer, approver, draft):
    assert "Waiting" not in author.get(draft).text
    page = reviewer.get(draft).text
    assert STATEMENT in page
    assert f'action="{draft}/review"' in page
    assert f'action="{draft}/approve"' not in page
    assert sent(reviewer, f"{draft}/review").url.path == draft
    page = approver.get(draft).text
    assert f'action="{draft}/approve"' in page
    assert "Approved" in sent(approver, f"{draft}/approve").text
    again = approver.post(f"{draft}/approve")
    assert again.status_code == 409
    assert "no longer at this step" in again.text


def test_one_person_with_all_roles_is_still_one_person(site: Site):
    client = somebody_with(site, Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER, Role.QUESTION_APPROVER)
    draft = client.post(new(), data=TYPED).headers["location"]
    refused = client.post(f"{draft}/review")
    assert refused.status_code == 409
    assert "somebody else must review it" in refused.text
    assert STATEMENT not in refused.text


def test_a_draft_goes_back_with_a_reason_and_is_written_anew(author, reviewer, draft):
    assert reviewer.post(f"{draft}/return", data={"reason": " "}).status_code == 422
    reviewer.post(f"{draft}/return", data={"reason": "题干\x00有歧义"})
    assert "题干有歧义" in author.get(draft).text
    form = author.get(f"{draft}/rewrite").text
    assert STATEMENT in form
    newer = sent(author, f"{draft}/rewrite", TYPED | {"stem": "电容器断电后应先放电再接触。", "key": "T"})
    assert newer.url.path != draft
    assert "version 2" in newer.text


def test_a_refused_reason_stays_in_its_field_with_what_is_wrong(reviewer, draft):
    typed = "题干有歧义。" * 100
    refused = reviewer.post(f"{draft}/return", data={"reason": typed})
    assert refused.status_code == 422
    field = re.search(r'<textarea[^>]*id="field-reason"[^>]*>([^<]*)</textarea>', refused.text)
    assert field
    assert field[1] == typed
    assert "500 characters" in refused.text
    assert f'action="{draft}/return"' in refused.text
    assert f'action="{draft}/suspend"' not in refused.text
    assert STATEMENT not in refused.text


def test_a_reason_typed_too_late_can_still_be_copied(reviewer, draft):
    reviewer.post(f"{draft}/return", data={"reason": "有歧义"})
    late = reviewer.post(f"{draft}/return", data={"reason": "依据不足"})
    assert late.status_code == 409
    assert "依据不足" in late.text
    assert f'action="{draft}/return"' not in late.text


def test_only_the_newest_version_is_offered_to_be_written_anew(author, draft):
    newer = author.post(f"{draft}/rewrite", data=TYPED | {"stem": "电容器断电后应先放电。"}).headers["location"]
    page = author.get(draft).text
    assert f"{draft}/rewrite" not in page
    assert f'href="{newer}"' in page
    assert f"{newer}/rewrite" in author.get(newer).text
    assert author.get(f"{draft}/rewrite").headers["location"] == f"{newer}/rewrite"


def test_a_form_opened_before_somebody_else_wrote_anew_keeps_what_was_typed(author, draft):
    newer = author.post(f"{draft}/rewrite", data=TYPED | {"stem": "电容器断电后应先放电。"}).headers["location"]
    late = author.post(f"{draft}/rewrite", data=TYPED | {"stem": "我改的题干。"})
    assert late.status_code == 409
    assert "我改的题干。" in late.text
    assert f'href="{newer}"' in late.text


def test_nobody_is_offered_a_step_that_will_be_refused(site: Site, author, draft):
    """Whoever holds two roles at the bank has written some versions and may judge the others."""
    both = somebody_with(site, Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER)
    own = both.post(new(), data=TYPED).headers["location"]
    for step in ("review", "return"):
        assert f"{own}/{step}" not in both.get(own).text
        assert f"{draft}/{step}" in both.get(draft).text
    later = author.post(f"{own}/rewrite", data=TYPED | {"stem": "电容器断电后应先放电。"}).headers["location"]
    assert f"{later}/review" not in both.get(later).text


def test_a_version_from_a_file_says_so_and_who_stands_for_it(site: Site, author, draft):
    page = author.get(f"/authoring?bank={BANK}&state=approved&q=LV01-001").text
    found = re.search(r"/authoring/versions/[0-9a-f-]+", page)
    assert found
    loaded = author.get(found[0]).text
    assert "Loaded from the bank" in loaded
    for person in ("Author · 郑", "Reviewer · 冯", "Approver · 沈"):
        assert person in loaded
    assert "Reviewed · " not in loaded
    assert "Loaded from the bank" not in author.get(draft).text


def test_a_suspended_version_from_a_file_still_names_who_stands_for_it(author, approver):
    page = author.get(f"/authoring?bank={BANK}&state=approved&q=LV01-002").text
    found = re.search(r"/authoring/versions/[0-9a-f-]+", page)
    assert found
    approver.post(f"{found[0]}/suspend", data={"reason": "标准已更新"})
    suspended = author.get(found[0]).text
    assert "Author · 郑" in suspended
    assert "标准已更新" in suspended


def test_a_stem_of_two_lines_is_shown_in_two_lines(author):
    answer = sent(author, new(), TYPED | {"stem": "第一行\r\n第二行"})
    assert re.search('<p class="as-typed"[^>]*>第一行\n第二行</p>', answer.text)


def test_every_look_is_recorded_with_who_looked(site: Site, reviewer, draft):
    reviewer.get(draft)
    version_id = draft.rsplit("/", 1)[-1]
    with site.workplace.reading(platform("test"), Face.REGISTRY) as reading:
        looks = reading.session.execute(
            text("SELECT actor_name FROM kernel.audit WHERE name = 'question_bank.version_shown' AND subject = :id"),
            {"id": version_id},
        ).all()
    assert [name for (name,) in looks] == ["冯静怡"]


# what is typed wrong


def test_a_faulty_question_keeps_what_was_typed_and_names_each_fault(author):
    answer = sent(author, new(), TYPED | {"stem": "", "difficulty": "2"})
    assert answer.status_code == 422
    assert {'href="#field-stem"', 'href="#field-difficulty"'} <= set(re.findall(r'href="#field-\w+"', answer.text))
    assert str(TYPED["reason"]) in answer.text


def test_options_are_read_in_their_order(author):
    options = {"option_A": "一", "option_B": "二", "option_C": "三", "option_D": " "}
    answer = sent(author, new("single_choice"), TYPED | options | {"key": "C"})
    assert answer.status_code == 200
    assert re.search(r"C\. 三\s+<span class=\"state state-ok\"", answer.text)
    gap = sent(author, new("single_choice"), TYPED | options | {"option_B": "", "key": "C"})
    assert gap.status_code == 422
    assert 'href="#field-option_B"' in gap.text


def test_several_right_options_are_kept(author):
    options = dict(zip(("option_A", "option_B", "option_C", "option_D"), "一二三四", strict=True))
    answer = sent(author, new("multiple_choice"), TYPED | options | {"key": ["A", "D"]})
    assert answer.status_code == 200
    assert len(re.findall(r"state-ok", answer.text)) == 2
    few = sent(author, new("multiple_choice"), TYPED | options | {"key": ["A"]})
    assert few.status_code == 422
    assert "at least two right options" in few.text


@pytest.mark.parametrize(
    "address",
    [
        "/authoring?q=%00&bank=%00&point=%00&kind=x&state=x&waiting=x",
        "/authoring?page=9999",
        "/authoring/questions.xlsx?q=%25",
        "/authoring/new?bank=none&kind=true_false",
        "/authoring/new?bank=%00&kind=%00",
    ],
)
def test_odd_addresses_are_answered(author, address):
    assert author.get(address).status_code == 200


def test_what_is_not_there_is_not_found(author):
    assert author.get(f"/authoring/versions/{uuid4()}").status_code == 404
    assert author.get(f"/authoring/versions/{uuid4()}/rewrite").status_code == 404
    assert author.get("/authoring/versions/7").status_code in {404, 422}
    assert author.post(f"/authoring/new?bank={uuid4()}&kind=true_false", data=TYPED).status_code == 404


# lists


def test_a_list_is_narrowed_and_names_no_content(author, reviewer, draft):
    page = reviewer.get(f"/authoring?bank={BANK}&waiting=review").text
    assert draft in page
    assert STATEMENT not in page
    assert draft not in author.get(f"/authoring?bank={BANK}&waiting=review").text
    assert draft in author.get(f"/authoring?bank={BANK}&point=LV13&kind=true_false&state=draft&q=LV13-N").text
    assert draft not in author.get(f"/authoring?bank={BANK}&point=LV12").text


def test_the_file_holds_what_the_list_shows(author, draft):
    answer = author.get(f"/authoring/questions.xlsx?bank={BANK}&state=draft")
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert rows[0][:3] == ("Reference", "Version", "Kind")
    assert len(rows) > 1
    assert {row[6] for row in rows[1:]} == {"Draft"}
    assert STATEMENT not in str(rows)


def test_a_list_too_long_for_a_file_is_refused_and_never_cut(author, monkeypatch):
    whole = author.get(f"/authoring/questions.xlsx?bank={BANK}&state=approved")
    rows = load_workbook(io.BytesIO(whole.content)).worksheets[0].max_row - 1
    assert rows > 150
    monkeypatch.setattr(sheet, "ROWS_AT_MOST", rows - 1)
    refused = author.get(f"/authoring/questions.xlsx?bank={BANK}&state=approved")
    assert refused.status_code == 409
    assert f"{rows} rows" in refused.text
    assert author.get(f"/authoring/questions.xlsx?bank={BANK}&state=approved&point=LV13").status_code == 200


def test_depths_are_said_in_the_words_of_the_banks_position(site: Site):
    author = site.client("zheng", language="zh_CN")
    operators = author.get(f"/authoring/new?bank={BANK}&kind=true_false").text
    managers = author.get("/authoring/new?bank=chemicals_trade_manager&kind=true_false").text
    assert "熟练掌握" in operators
    assert "熟悉" in managers
    assert "熟练掌握" not in managers


def test_the_list_is_paged_and_keeps_its_filters(author):
    first = author.get(f"/authoring?bank={BANK}&kind=true_false&state=approved").text
    second = author.get(f"/authoring?bank={BANK}&kind=true_false&state=approved&page=2").text
    shown = [set(re.findall(r"/authoring/versions/[0-9a-f-]+", page)) for page in (first, second)]
    assert len(shown[0]) == 50
    assert shown[1]
    assert not shown[0] & shown[1]
    assert "page=2" in first
    assert quote("true_false") in first


def test_both_languages_say_it(site: Site, draft):
    page = site.client("feng", language="zh_CN").get(draft).text
    for words in ("审题通过……", "由命题人以外的人审题", "照明设备", "草稿"):
        assert words in page
