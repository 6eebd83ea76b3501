"""What stands on certificates and proofs."""

from dataclasses import replace
from datetime import date

from certification.certificates.rules.face import (
    SPECIMEN,
    CertificateFacts,
    ProofFacts,
    certificate_face,
    proof_face,
    proof_statement,
)
from certification.eligibility.rules import training_order
from certification.programmes.queries import validity_regimes
from people.accounts.rules import DocumentKind, Sex
from people.positions.rules import Position

CARD = CertificateFacts(
    position=Position.SPECIAL_OPERATION,
    name="张伟",
    sex=Sex.MALE,
    number="T990105199003074219",
    category="电工作业",
    item="低压电工作业",
    first_issued_on=date(2026, 11, 22),
    valid_from=date(2026, 11, 22),
    valid_until=date(2032, 11, 22),
    review_on=None,
    authority="演示市应急管理局",
    demonstration=False,
)
REGIMES = validity_regimes()
PROOF = ProofFacts(
    number="P1",
    position=Position.SPECIAL_OPERATION,
    name="张伟",
    sex=Sex.MALE,
    document_kind=DocumentKind.RESIDENT_ID,
    document_number="990105199003074219",
    training_kind="initial",
    category="电工作业",
    item="低压电工作业",
    started_on=date(2026, 5, 1),
    completed_on=date(2026, 5, 31),
    hours_required="148",
    hours_credited="148.5",
    provider="演示培训中心",
    outline="低压电工作业（第1版）",
    order="总局令第30号",
    demonstration=True,
)


def labels(face):
    return [field.label for field in face.fields]


def test_the_operator_card():
    face = certificate_face(CARD)
    assert face.title == "中华人民共和国特种作业操作证"
    assert labels(face) == ["姓名", "性别", "证号", "作业类别", "操作项目", "初领日期", "有效期限", "签发机关"]
    assert face.fields[6].value == "2026-11-22 至 2032-11-22"
    assert face.specimen is None


def test_a_card_of_the_old_order_prints_its_review_day():
    assert "复审日期" in labels(certificate_face(replace(CARD, review_on=date(2023, 1, 19))))


def test_the_manager_certificate():
    face = certificate_face(replace(CARD, position=Position.SAFETY_MANAGER, category="危险化学品经营"))
    assert face.title == "安全生产知识和管理能力考核合格证"
    assert [(field.label, field.value) for field in face.fields[3:5]] == [
        ("人员类型", "安全生产管理人员"),
        ("行业类别", "危险化学品经营"),
    ]


def test_a_demonstration_says_so_on_its_face():
    assert certificate_face(replace(CARD, demonstration=True)).specimen == SPECIMEN
    assert SPECIMEN in proof_face(PROOF).texts


def test_the_proof_has_the_fields_of_the_form_in_use():
    assert labels(proof_face(PROOF)) == [
        *("姓名", "性别", "证件类型", "证件号码", "培训类型", "作业类别", "操作项目"),
        *("培训日期", "应修学时", "实修学时", "培训单位"),
    ]


def test_the_proof_names_the_order_in_force_when_the_hours_were_complete():
    assert training_order(REGIMES, Position.SPECIAL_OPERATION, date(2026, 5, 31)) == "总局令第30号"
    order = training_order(REGIMES, Position.SPECIAL_OPERATION, date(2026, 6, 1))
    assert "（应急管理部令第19号）" in proof_statement(replace(PROOF, order=order))
    assert training_order(REGIMES, Position.SAFETY_MANAGER, date(2026, 6, 1)) == ""
    manager = replace(PROOF, position=Position.SAFETY_MANAGER, order="")
    assert "特种作业" not in proof_statement(manager)


def test_a_manager_is_retrained_every_year_in_knowledge_and_ability_and_an_operator_renews_a_card():
    manager = replace(PROOF, position=Position.SAFETY_MANAGER, training_kind="renewal")
    assert "再培训" in proof_face(manager).texts
    assert "完成安全生产管理人员安全生产知识和管理能力培训" in proof_statement(manager)
    operator = replace(PROOF, training_kind="renewal")
    assert "换证" in proof_face(operator).texts
    assert "完成特种作业人员安全技术培训" in proof_statement(operator)
