"""The screens of certification: who may not, then who may."""

from base64 import b64encode

import pytest

from certification.applications.actions import approve_application
from certification.certificates.queries import certificate_record
from kernel.actor import platform
from kernel.faces import Face
from kernel.ids import new_id
from kernel.tables import AuditRecord
from people.accounts.actions import open_account
from people.demonstration.rules import PASSWORD
from tests.cast.site import serving
from tests.integration.certification.conftest import Office, a_picture

VALID = '<h1 class="verdict-word">有效</h1>'


@pytest.fixture
def story(workplace, printing):
    """An office with one certificate and one application that waits, and people who can sign in; committed."""
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        office = Office(work)
        mark = new_id().hex[-8:]

        def account(person_id, role, organisation_id=None, mark=mark):
            work.actor = platform("test")
            open_account(
                work,
                person_id=person_id,
                username=f"{role}-{mark}",
                password=PASSWORD,
                roles=[role],
                organisation_id=organisation_id,
                is_demonstration=True,
            )
            return f"{role}-{mark}"

        holder = office.person("张伟")
        proof = office.trained(holder)
        unseen = office.person("周无影", photo=False)
        proof_unseen = office.trained(unseen)
        waits = office.passed(holder)
        record = certificate_record(work, approve_application(office.as_officer(), waits, printing=printing))
        candidate = office.person("李娜")
        waiting = office.passed(candidate)
        elsewhere = office.elsewhere()
        users = {
            "waiting": account(candidate, "worker", mark=f"waiting-{mark}"),
            "elsewhere": account(
                elsewhere.person_id, "certificate_officer", elsewhere.organisation_id, mark=f"elsewhere-{mark}"
            ),
            "officer": account(office.officer.person_id, "certificate_officer", office.authority_id),
            "worker": account(holder, "worker"),
            "unseen": account(unseen, "worker", mark=f"unseen-{mark}"),
            "stranger": account(office.person("别人"), "inspector"),
            "auditor": account(office.person("赵审计"), "auditor"),
        }
    return {"record": record, "waiting": waiting, "users": users, "proof": proof.id, "proof_unseen": proof_unseen.id}


@pytest.fixture(scope="module")
def site(workplace):
    with serving(workplace) as site:
        yield site


@pytest.fixture
def browser(site):
    return site.client(language="zh_CN")


def sign_in(browser, username):
    answer = browser.post("/sign-in", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 303


def test_anyone_verifies_and_sees_no_number(browser, story):
    record = story["record"]
    page = browser.get(f"/verify/c/{record.public_code}")
    assert page.status_code == 200
    assert VALID in page.text
    assert record.number not in page.text
    assert "data:image/jpeg;base64," in page.text


def test_a_code_that_nobody_issued_is_not_found(browser):
    page = browser.get(f"/verify/c/{'A' * 26}")
    assert page.status_code == 404
    assert "查无此证" in page.text


def test_every_look_at_a_photo_is_a_look_up_that_was_counted(browser, story, workplace):
    code = story["record"].public_code
    assert browser.get(f"/verify/c/{code}/photo").status_code == 404
    photo = b64encode(a_picture()).decode()
    assert photo in browser.get(f"/verify/c/{code}").text
    with workplace.reading(platform("test"), Face.REGISTRY) as reading:
        rows = reading.session.query(AuditRecord).filter_by(name="certification.certificate_looked_up")
        assert [row.facts["codes"] for row in rows if code in row.facts["codes"]] == [[code]]


def test_a_mistyped_number_keeps_what_was_typed(browser, story):
    page = browser.post("/verify", data={"number": "T110105194912310021", "name": "张伟"})
    assert page.status_code == 422
    assert 'value="T110105194912310021"' in page.text
    assert "校验码不符" in page.text


def test_number_and_name_answer_with_the_state(browser, story):
    record = story["record"]
    assert VALID in browser.post("/verify", data={"number": record.number, "name": "张伟"}).text
    assert "查无此证" in browser.post("/verify", data={"number": record.number, "name": "张韦"}).text


@pytest.mark.parametrize("path", ["/issuing", "/issuing/certificates", "/board", "/separation", "/my-certificates"])
def test_visitors_are_sent_to_sign_in(browser, path):
    assert browser.get(path).status_code == 303


def test_who_is_no_officer_may_not_enter_the_office(browser, story):
    sign_in(browser, story["users"]["worker"])
    for path in ("/issuing", f"/issuing/certificates/{story['record'].id}", "/board", "/separation"):
        assert browser.get(path).status_code == 403
    answer = browser.post(f"/issuing/applications/{story['waiting']}/approve")
    assert answer.status_code == 403


def test_nobody_fetches_the_card_of_another(browser, story):
    sign_in(browser, story["users"]["stranger"])
    assert browser.get(f"/my-certificates/{story['record'].id}/card.png").status_code == 404


def test_the_holder_sees_the_card_and_prints_the_certificate(browser, story):
    sign_in(browser, story["users"]["worker"])
    assert "低压电工作业" in browser.get("/my-certificates").text
    base = f"/my-certificates/{story['record'].id}"
    assert browser.get(f"{base}/card.png").content.startswith(b"\x89PNG")
    assert browser.get(f"{base}/certificate.pdf").content.startswith(b"%PDF")


def test_nobody_fetches_the_training_proof_of_another(browser, story):
    sign_in(browser, story["users"]["stranger"])
    assert browser.get(f"/my-certificates/proofs/{story['proof']}.pdf").status_code == 404
    assert browser.get(f"/my-certificates/proofs/{new_id()}.pdf").status_code == 404


def test_a_training_proof_without_a_photo_is_refused_in_a_sentence(browser, story):
    sign_in(browser, story["users"]["unseen"])
    answer = browser.get(f"/my-certificates/proofs/{story['proof_unseen']}.pdf")
    assert answer.status_code == 409
    assert "培训证明须有照片方可出具" in answer.text


def test_a_learner_fetches_the_own_training_proof(browser, story):
    sign_in(browser, story["users"]["worker"])
    assert f"/my-certificates/proofs/{story['proof']}.pdf" in browser.get("/my-certificates").text
    assert browser.get(f"/my-certificates/proofs/{story['proof']}.pdf").content.startswith(b"%PDF")


def test_the_officer_approves_once_however_often_the_button_is_pressed(browser, story):
    sign_in(browser, story["users"]["officer"])
    assert "李娜" in browser.get("/issuing").text
    path = f"/issuing/applications/{story['waiting']}"
    assert "发证条件齐备" in browser.get(path).text
    first, second = (browser.post(f"{path}/approve") for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert browser.get(first.headers["location"]).status_code == 200


@pytest.mark.parametrize("deed", ["review", "suspend", "reinstate", "revoke", "cancel", "reissue"])
def test_a_decision_without_a_reason_is_refused_at_its_field_and_the_ground_stays_chosen(browser, story, deed):
    sign_in(browser, story["users"]["officer"])
    path = f"/issuing/certificates/{story['record'].id}"
    page = browser.post(f"{path}/{deed}", data={"reason": " \u3000", "ground": "false_data"})
    assert page.status_code == 422
    assert "请用一句话写明理由" in page.text
    if f'action="{path}/{deed}"' in page.text:  # a deed that does not fit its state stands on no page
        assert 'id="error-reason"' in page.text
        assert deed != "revoke" or '<option value="false_data" selected' in page.text


@pytest.mark.parametrize("deed", ["refuse", "reopen"])
def test_an_application_is_neither_refused_nor_opened_again_without_a_reason(browser, story, deed):
    sign_in(browser, story["users"]["officer"])
    path = f"/issuing/applications/{story['waiting']}"
    if deed == "reopen":
        assert browser.post(f"{path}/refuse", data={"reason": "照片与本人不符。"}).status_code == 303
    page = browser.post(f"{path}/{deed}", data={"reason": ""})
    assert page.status_code == 422
    assert 'id="error-reason"' in page.text


def test_a_decision_with_a_reason_is_seen_by_everyone(browser, story):
    sign_in(browser, story["users"]["officer"])
    path = f"/issuing/certificates/{story['record'].id}"
    assert browser.post(f"{path}/revoke", data={"reason": "查实替考。", "ground": "whim"}).status_code == 422
    assert browser.post(f"{path}/praise", data={"reason": "很好。"}).status_code == 404
    assert browser.post(f"{path}/suspend", data={"reason": "核查举报。"}).status_code == 303
    assert "核查举报。" in browser.get(path).text
    assert "已暂停" in browser.get(f"/verify/c/{story['record'].public_code}").text


def test_every_look_at_a_whole_number_stands_in_the_audit(browser, story, workplace):
    sign_in(browser, story["users"]["officer"])
    record = story["record"]
    assert record.number not in browser.get(f"/issuing/applications/{record.application_id}").text
    addresses = ("", "/card.png", "/certificate.pdf")
    for address in addresses:
        assert browser.get(f"/issuing/certificates/{record.id}{address}").status_code == 200
    with workplace.reading(platform("test"), Face.REGISTRY) as reading:
        rows = reading.session.query(AuditRecord).filter_by(subject=record.person_id, name="people.id_number_shown")
    assert [row.facts["reason"] for row in rows] == ["certificate"] * len(addresses)


@pytest.mark.parametrize("deed", ["suspend", "revoke", "cancel", "reissue"])
def test_a_refused_deed_shows_no_number_that_nobody_noted(browser, story, workplace, deed):
    sign_in(browser, story["users"]["officer"])
    record = story["record"]
    page = browser.post(f"/issuing/certificates/{record.id}/{deed}", data={"reason": " ", "ground": "false_data"})
    assert page.status_code == 422
    assert "张伟" in page.text
    assert record.number not in page.text
    with workplace.reading(platform("test"), Face.REGISTRY) as reading:
        rows = reading.session.query(AuditRecord).filter_by(subject=record.person_id, name="people.id_number_shown")
        assert rows.count() == 0


def test_a_lost_card_is_given_out_once_more_on_the_screen(browser, story):
    sign_in(browser, story["users"]["officer"])
    record = story["record"]
    answer = browser.post(f"/issuing/certificates/{record.id}/reissue", data={"reason": "证件遗失。"})
    assert answer.status_code == 303
    new = answer.headers["location"]
    assert new != f"/issuing/certificates/{record.id}"
    assert "有效" in browser.get(new).text
    former = browser.get(f"/issuing/certificates/{record.id}").text
    assert "证件遗失。" in former
    assert new in former
    assert "已换发" in browser.get(f"/verify/c/{record.public_code}").text


def test_a_refused_person_reads_why_and_the_office_decides_anew(browser, story, site):
    sign_in(browser, story["users"]["officer"])
    path = f"/issuing/applications/{story['waiting']}"
    assert browser.post(f"{path}/reopen", data={"reason": "无。"}).status_code == 409
    assert browser.post(f"{path}/refuse", data={"reason": "照片与本人不符。"}).status_code == 303
    holder = site.client(language="zh_CN")
    sign_in(holder, story["users"]["waiting"])
    assert "照片与本人不符。" in holder.get("/my-certificates").text
    assert browser.post(f"{path}/reopen", data={"reason": "已更换照片。"}).status_code == 303
    assert "李娜" in browser.get("/issuing").text
    again = holder.get("/my-certificates").text
    assert "照片与本人不符。" not in again
    assert "重新审查" in again
    assert browser.post(f"{path}/approve").status_code == 303
    assert "已更换照片。" in browser.get(path).text


def test_nobody_reads_the_application_of_another(browser, story):
    sign_in(browser, story["users"]["worker"])
    assert "我的发证申请" in browser.get("/my-certificates").text
    sign_in(browser, story["users"]["unseen"])
    assert "我的发证申请" not in browser.get("/my-certificates").text


def test_an_officer_of_another_authority_sees_who_decides(browser, story):
    sign_in(browser, story["users"]["elsewhere"])
    page = browser.get(f"/issuing/certificates/{story['record'].id}")
    assert "须由该机关发证审核人员办理" in page.text
    assert "/suspend" not in page.text
    answer = browser.post(f"/issuing/certificates/{story['record'].id}/suspend", data={"reason": "核查举报。"})
    assert answer.status_code == 409
    assert "由演示市应急管理局签发" in answer.text


def test_the_auditor_sees_the_evidence(browser, story):
    sign_in(browser, story["users"]["auditor"])
    page = browser.get("/separation?walk=true")
    assert page.status_code == 200
    assert "anpei_teaching" in page.text
