"""What stands on the face of a certificate and of a training proof: titles, labels, values. No drawing here.

The labels are the official Chinese ones; a certificate is not translated.
"""

from dataclasses import dataclass
from datetime import date

from people.accounts.rules import DocumentKind, Sex
from people.positions.rules import Position

OPERATOR_TITLE = "中华人民共和国特种作业操作证"
MANAGER_TITLE = "安全生产知识和管理能力考核合格证"
PROOF_TITLE = "特种作业人员安全技术培训证明"
MANAGER_PROOF_TITLE = "安全生产知识和管理能力培训证明"
SPECIMEN = "演示样证"

SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}
POSITIONS = {
    Position.PRINCIPAL: "主要负责人",
    Position.SAFETY_MANAGER: "安全生产管理人员",
    Position.SPECIAL_OPERATION: "特种作业人员",
}
TRAINING_KINDS = {"initial": "初次取证", "renewal": "换证"}
MANAGER_TRAINING_KINDS = {"initial": "初次培训", "renewal": "再培训"}  # a manager's renewal is the yearly training
DOCUMENT_KINDS: dict[str, str] = {
    DocumentKind.RESIDENT_ID: "居民身份证",
    DocumentKind.HONG_KONG_MACAO_PERMIT: "港澳居民来往内地通行证",
    DocumentKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentKind.FOREIGN_PERMANENT_RESIDENCE: "外国人永久居留身份证",
    DocumentKind.PASSPORT: "护照",
    "travel_permit": "通行证",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """All that a certificate says. `category` and `item` are Chinese names; `review_on` only where a review is held."""

    position: Position
    name: str
    sex: Sex
    number: str
    category: str
    item: str
    first_issued_on: date
    valid_from: date
    valid_until: date
    review_on: date | None
    authority: str
    demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts:
    """All that a training proof says (the form in use under order 19)."""

    number: str
    position: Position
    name: str
    sex: Sex | None
    document_kind: str
    document_number: str
    training_kind: str
    category: str
    item: str
    started_on: date
    completed_on: date
    hours_required: str
    hours_credited: str
    provider: str
    outline: str
    order: str  # on the training of operators, under which the hours became complete; empty for others
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled value of a face."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Face:
    """A title and its fields, in the order in which they are printed."""

    title: str
    fields: tuple[Field, ...]
    specimen: str | None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that will be printed."""
        return (
            self.title,
            self.specimen or "",
            *(text for field in self.fields for text in (field.label, field.value)),
        )


def certificate_face(facts: CertificateFacts) -> Face:
    """The face of an operator card or of a manager's certificate."""
    operator = facts.position is Position.SPECIAL_OPERATION
    fields = [
        Field("姓名", facts.name),
        Field("性别", SEXES[facts.sex]),
        Field("证号", facts.number),
        Field("作业类别", facts.category) if operator else Field("人员类型", POSITIONS[facts.position]),
        Field("操作项目", facts.item) if operator else Field("行业类别", facts.category),
        Field("初领日期", facts.first_issued_on.isoformat()),
        Field("有效期限", f"{facts.valid_from.isoformat()} 至 {facts.valid_until.isoformat()}"),
    ]
    if facts.review_on:
        fields.append(Field("复审日期", facts.review_on.isoformat()))
    fields.append(Field("签发机关", facts.authority))
    title = OPERATOR_TITLE if operator else MANAGER_TITLE
    return Face(title, tuple(fields), SPECIMEN if facts.demonstration else None)


def proof_face(facts: ProofFacts) -> Face:
    """The face of a training proof."""
    operator = facts.position is Position.SPECIAL_OPERATION
    kinds = TRAINING_KINDS if operator else MANAGER_TRAINING_KINDS
    fields = (
        Field("姓名", facts.name),
        Field("性别", SEXES[facts.sex] if facts.sex else "未登记"),
        Field("证件类型", DOCUMENT_KINDS[facts.document_kind]),
        Field("证件号码", facts.document_number),
        Field("培训类型", kinds[facts.training_kind]),
        Field("作业类别", facts.category) if operator else Field("人员类型", POSITIONS[facts.position]),
        Field("操作项目", facts.item) if operator else Field("行业类别", facts.category),
        Field("培训日期", f"{facts.started_on.isoformat()} 至 {facts.completed_on.isoformat()}"),
        Field("应修学时", facts.hours_required),
        Field("实修学时", facts.hours_credited),
        Field("培训单位", facts.provider),
    )
    title = PROOF_TITLE if operator else MANAGER_PROOF_TITLE
    return Face(title, fields, SPECIMEN if facts.demonstration else None)


def proof_statement(facts: ProofFacts) -> str:
    """The sentence of the proof, which names the rules the training followed; the outline is named as it was taught."""
    operator = facts.position is Position.SPECIAL_OPERATION
    training = "安全技术培训" if operator else "安全生产知识和管理能力培训"
    rules = "《中华人民共和国安全生产法》"
    if operator:
        rules += f"、《特种作业人员安全技术培训考核管理规定》（{facts.order}）、"
    rules += "《安全生产培训管理办法》（总局令第44号）、《安全生产培训机构基本条件》（AQ 8011-2023）"
    whose = POSITIONS[facts.position]
    return f"兹证明该同志按照{rules}和培训大纲“{facts.outline}”完成{whose}{training}，学时符合要求。"
