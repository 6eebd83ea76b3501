"""One specimen of every kind of lasting bytes: how it is written now, and how whatever was written is verified.

`write` gives the same every time, so that a writer that changes without a new number is found. `verify` is handed what
stands in a file, of whichever number, and raises where it does not hold.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from certification.certificates.rules.face import CertificateFacts
from certification.certificates.rules.facts import FACTS, facts_as_json, facts_from_json, signed_message
from certification.certificates.rules.genuine import SIGNED_AS as SIGNED_OVER
from certification.certificates.rules.genuine import STATED, STATEMENT, Over, masked_number, statement_message
from exams.attempts.rules import Act, Step, receipt
from exams.attempts.rules.steps import STEPS
from exams.papers.rules import (
    METHOD,
    Blueprint,
    Ground,
    Marking,
    Paper,
    RecordedDraw,
    Section,
    StoredPaper,
    commitment,
    document,
    document_digest,
    draw_differences,
    draw_paper,
    keeps_promise,
    papers_digest,
)
from exams.papers.rules.blueprint import LAYOUT as BLUEPRINT
from exams.papers.rules.paper import DOCUMENT, PAPER
from exams.practicals.rules import Deed, outcome_digest, step_from_json
from exams.practicals.rules import Step as SheetStep
from exams.practicals.rules.draw import METHODS as ITEM_METHODS
from exams.practicals.rules.draw import POOL, ItemPool, PoolItem, items_digest, practical_seed
from exams.practicals.rules.outcome import OUTCOME
from exams.practicals.rules.sheet import STEP
from exams.registrations.rules.decision import LAYOUT as DECISION
from exams.registrations.rules.decision import Check, Decision, Subject
from exams.scoring.rules import LAYOUT as MARKS
from exams.scoring.rules import METHOD as MARKING
from exams.scoring.rules import mark
from exams.sittings.rules import METHOD as LOT_METHOD
from exams.sittings.rules import shuffled
from exams.standards.rules.standard import FROZEN, frozen_standard
from kernel.audit import CHECKPOINT, GENESIS, ROW, SIGNED_AS, authenticate, canonical, checkpoint_message, link
from kernel.events import as_json, from_json
from kernel.faces import Face
from kernel.keys import PAPERS, QUESTIONS, SIGNING, Signature, SigningKey, Succession
from kernel.keys.algorithms import SEAL, sealed_with
from kernel.keys.files import RING, state_of
from kernel.keys.succession import SUCCESSION
from kernel.lasting import canonical_json
from kernel.tables import AuditRecord, CheckpointRecord
from people.accounts.rules import Sex
from people.organisations.errors import RecalledProblem
from people.organisations.rules.import_reports import REPORT, TYPED, typed_bytes
from people.organisations.rules.import_reports import as_json as report_as_json
from people.organisations.rules.import_reports import from_json as report_from_json
from people.organisations.rules.staff_lists import BadRow, CellProblem, Column
from people.positions.rules import Position
from question_bank.kinds import KINDS
from question_bank.pools.rules import LAYOUT as QUESTION_POOL
from question_bank.pools.rules import Pool, PoolMember
from question_bank.questions.rules import Depth, Question, VersionId
from question_bank.questions.rules.content import LAYOUT as QUESTION
from simulations.engine.rules import LAYOUT as OPERATION
from simulations.engine.rules import Operation, operation_from_json, operation_to_json
from simulations.scenarios.rules import LAYOUT as SCORED
from simulations.scenarios.rules import scored_to_json
from tests.cast.specimens import SPECIMENS as SPOKEN
from tests.golden import keys
from tests.unit.simulations import golden as runs
from training.records.events import HoursCompleted

NOW = keys.NOW
SITTING, PERSON, VERSION = UUID(int=7), UUID(int=8), UUID(int=9)
SECRET = bytes(range(32))

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Specimen:
    """`name` is the folder, `format` the number that is written now. What is `fresh` differs each time it is made."""

    name: str
    format: int
    write: Callable[[], dict[str, Any]]
    verify: Callable[[Content], None]
    fresh: tuple[str, ...] = ()


class NotAsItWas(AssertionError):
    """A specimen does not verify."""


def hold(condition: object, what: str) -> None:
    if not condition:
        raise NotAsItWas(what)


# Questions and papers


def question(number: int = 1, kind: str = "single_choice") -> Question:
    content = KINDS[kind].take(SPOKEN[kind].written(number), {})
    return Question(kind, "P1", Depth.MASTER, Decimal("0.75"), f"触电后 {number}？", content, "先脱离电源", "教材通识")


def bank() -> dict[VersionId, Question]:
    kinds = [kind for kind in KINDS for _ in range(4)]
    return {VersionId(UUID(int=number)): question(number, kind) for number, kind in enumerate(kinds, start=1)}


def shape() -> Blueprint:
    sections = tuple(Section(kind, Decimal(2), Marking.PROPORTIONAL, (("P1", 2),)) for kind in KINDS)
    return Blueprint("specimen", "bank", "样卷", "Specimen", "test", demonstration=True, sections=sections)


def ground() -> Ground:
    questions = bank()
    members = [PoolMember(id_, it.kind, it.point, it.digest()) for id_, it in questions.items()]
    return Ground.of(SITTING, shape(), Pool.of("bank", members), questions)


def write_pool() -> dict[str, Any]:
    pool = ground().pool
    return {"content": pool.as_json(), "digest": pool.digest()}


def verify_pool(kept: Content) -> None:
    hold(Pool.from_json(kept["content"]).digest() == kept["digest"], "a pool has another digest")


def write_question() -> dict[str, Any]:
    made = question()
    return {"content": made.canonical_bytes().decode(), "digest": made.digest()}


def verify_question(kept: Content) -> None:
    read = Question.from_bytes(kept["content"].encode())
    hold(read.stem, "a question says nothing")
    if json.loads(kept["content"])["format"] == QUESTION.format:
        hold(read.canonical_bytes().decode() == kept["content"], "a question is not written as it was")
        hold(read.digest() == kept["digest"], "a question has another digest")


def write_paper() -> dict[str, Any]:
    made = draw_paper(ground(), SECRET, "10001")
    return {"content": made.canonical_bytes().decode(), "digest": made.digest()}


def verify_paper(kept: Content) -> None:
    read = Paper.from_bytes(kept["content"].encode())
    hold(len(read.items) == 10, "a paper lost questions")
    if json.loads(kept["content"])["format"] == PAPER.format:
        hold(read.digest() == kept["digest"], "a paper has another digest")


def write_document() -> dict[str, Any]:
    stands = ground()
    shown = document(draw_paper(stands, SECRET, "10001"), stands.questions)
    return {"content": shown.decode(), "digest": document_digest(shown)}


def verify_document(kept: Content) -> None:
    DOCUMENT.read(json.loads(kept["content"]))
    hold(document_digest(kept["content"].encode()) == kept["digest"], "a document has another digest")


def write_draw() -> dict[str, Any]:
    """The evidence of a draw: everything from which it is derived again."""
    stands = ground()
    paper = draw_paper(stands, SECRET, "10001")
    shown = document(paper, stands.questions)
    digests = {"10001": [paper.digest(), document_digest(shown)]}
    return {
        "secret": SECRET.hex(),
        "commitment": commitment(SECRET, SITTING),
        "method": METHOD,
        "blueprint": stands.blueprint.as_json(),
        "blueprint_digest": stands.blueprint_digest,
        "pool": stands.pool.as_json(),
        "pool_digest": stands.pool_digest,
        "questions": {str(id_): it.canonical_bytes().decode() for id_, it in stands.questions.items()},
        "papers": digests,
        "papers_digest": papers_digest(digests),
        "paper": paper.canonical_bytes().decode(),
        "document": shown.decode(),
    }


def verify_draw(kept: Content) -> None:
    secret = bytes.fromhex(kept["secret"])
    recorded = RecordedDraw(
        sitting_id=SITTING,
        method=kept["method"],
        blueprint=Blueprint.from_json(kept["blueprint"]),
        blueprint_digest=kept["blueprint_digest"],
        pool=Pool.from_json(kept["pool"]),
        pool_digest=kept["pool_digest"],
        papers={number: (digests[0], digests[1]) for number, digests in kept["papers"].items()},
    )
    questions = {VersionId(UUID(id_)): Question.from_bytes(it.encode()) for id_, it in kept["questions"].items()}
    stored = {"10001": StoredPaper(kept["paper"].encode(), kept["document"].encode())}
    hold(keeps_promise(secret, SITTING, kept["commitment"]), "a secret does not keep its promise")
    hold(papers_digest(kept["papers"]) == kept["papers_digest"], "papers have another digest")
    differences = list(draw_differences(secret, recorded, questions, stored))
    hold(not differences, f"a draw is not derived again: {differences}")


def write_blueprint() -> dict[str, Any]:
    return {"content": shape().as_json(), "digest": shape().digest()}


def verify_blueprint(kept: Content) -> None:
    hold(Blueprint.from_json(kept["content"]).digest() == kept["digest"], "a blueprint has another digest")


# Answers


def steps() -> list[Step]:
    acts: list[tuple[int, int, Act, Any, bool]] = [
        (1, 1, Act.ANSWER, True, False),
        (2, 3, Act.LOOK, None, False),
        (3, 3, Act.ANSWER, "A", True),
        (4, 1, Act.ANSWER, False, False),
    ]
    return [
        Step(number, about, act, answer, flagged, 900 * number, NOW) for number, about, act, answer, flagged in acts
    ]


def write_steps() -> dict[str, Any]:
    kept = [
        [it.sequence, it.question, it.act.value, it.answer, it.flagged, it.page_ms, it.at.isoformat()] for it in steps()
    ]
    return {"steps": kept, "receipt": receipt(steps())}


def verify_steps(kept: Content) -> None:
    read = [Step(it[0], it[1], Act(it[2]), it[3], it[4], it[5], NOW.fromisoformat(it[6])) for it in kept["steps"]]
    hold(receipt(read) == kept["receipt"], "steps have another receipt")


def write_marks() -> dict[str, Any]:
    """What each question earned, beside the paper and the questions from which it is marked again."""
    stands = ground()
    paper = draw_paper(stands, SECRET, "10001")
    asked = {item.number: (stands.questions[item.version_id], item.layout) for item in paper.items[::2]}
    given = {number: it.rules.right(it.content, layout) for number, (it, layout) in asked.items()}
    marks = mark(paper, stands.questions, given, method=MARKING)
    return {
        "method": MARKING,
        "questions": {str(id_): it.canonical_bytes().decode() for id_, it in stands.questions.items()},
        "paper": paper.canonical_bytes().decode(),
        "answers": {str(number): answer for number, answer in given.items()},
        "content": marks.canonical_bytes().decode(),
    }


def verify_marks(kept: Content) -> None:
    questions = {VersionId(UUID(id_)): Question.from_bytes(it.encode()) for id_, it in kept["questions"].items()}
    given = {int(number): answer for number, answer in kept["answers"].items()}
    marks = mark(Paper.from_bytes(kept["paper"].encode()), questions, given, method=kept["method"])
    hold(marks.canonical_bytes().decode() == kept["content"], "marking again comes to other marks")


def write_lot() -> dict[str, Any]:
    given = list(range(1, 13))
    return {"method": LOT_METHOD, "seed": "20260601", "given": given, "drawn": shuffled(given, 20260601)}


def verify_lot(kept: Content) -> None:
    drawn = shuffled(kept["given"], int(kept["seed"]), method=kept["method"])
    hold(drawn == kept["drawn"], "a lot is not drawn again")


# Practicals and simulations


def item_pool() -> ItemPool:
    items = tuple(PoolItem(f"K1{number}", number == 2, f"{number:064x}") for number in (1, 2, 3))
    return ItemPool("low_voltage", 1, (("K1", items), ("K2", items[1:])))


def write_item_draw() -> dict[str, Any]:
    method = max(ITEM_METHODS)
    drawn = ITEM_METHODS[method](item_pool(), practical_seed(SECRET, "10001")).items
    return {
        "secret": SECRET.hex(),
        "method": method,
        "pool": item_pool().as_json(),
        "pool_digest": item_pool().digest(),
        "items": [one.item for one in drawn],
        "items_digest": items_digest(drawn),
    }


def verify_item_draw(kept: Content) -> None:
    pool = ItemPool.from_json(kept["pool"])
    drawn = ITEM_METHODS[kept["method"]](pool, practical_seed(bytes.fromhex(kept["secret"]), "10001")).items
    hold(pool.digest() == kept["pool_digest"], "a pool of items has another digest")
    hold(items_digest(drawn) == kept["items_digest"], "items are not drawn again")


def write_sheet_step() -> dict[str, Any]:
    return {"content": SheetStep(Deed.DEDUCT, "L1", "D1", "").as_json()}


def verify_sheet_step(kept: Content) -> None:
    hold(step_from_json(kept["content"]).line == "L1", "a step of a score sheet is not read")


def write_outcome() -> dict[str, Any]:
    item = {"item": "K11", "score": "90", "weighted": "36.00", "is_vetoed": False, "is_given_up": False}
    content = OUTCOME.written({"salt": "00" * 16, "items": {"K1": item}})
    return {"content": content, "digest": _outcome_digest(content)}


def verify_outcome(kept: Content) -> None:
    OUTCOME.read(kept["content"])
    hold(_outcome_digest(kept["content"]) == kept["digest"], "an outcome has another digest")


def _outcome_digest(content: Content) -> str:
    return outcome_digest(Decimal(90), Decimal(80), is_vetoed=False, is_passed=True, content=content)


def write_operation() -> dict[str, Any]:
    return {"content": operation_to_json(Operation(1, 1_500, "squeeze", {"by": 1}))}


def verify_operation(kept: Content) -> None:
    hold(operation_from_json(kept["content"]).name == "squeeze", "an operation is not read")


def write_run() -> dict[str, Any]:
    """A whole run as it is stored, and what it came to."""
    kept = json.loads(next(iter(sorted(runs.FOLDER.glob("1/*.well.json")))).read_text(encoding="utf-8"))
    run = runs.run_of(kept)
    return {**kept, "scored": scored_to_json(run.scored(runs.BEGAN + runs.AFTERWARDS))}


def verify_run(kept: Content) -> None:
    again = scored_to_json(runs.run_of(kept).scored(runs.BEGAN + runs.AFTERWARDS))
    hold(SCORED.read(kept["scored"])["total"] == again["total"], "a run comes to another score")


# Registrations


def write_decision() -> dict[str, Any]:
    check = Check(Subject.AGE, is_met=True, sentence="You are %(age)s years old.", facts={"age": 30})
    return {"content": Decision("national-2026", date(2026, 6, 1), 1, (check,)).as_json()}


def verify_decision(kept: Content) -> None:
    hold(Decision.from_json(kept["content"]).is_accepted, "a decision is not read")


def write_standard() -> dict[str, Any]:
    frozen = {
        "code": "theory",
        "shape": {"items": 6},
        "blueprint": "specimen",
        "minutes": 120,
        "full_marks": "100",
        "pass_mark": "80",
        "invigilators": 2,
        "examiners": 0,
    }
    return {"content": FROZEN.written(frozen)}


def verify_standard(kept: Content) -> None:
    hold(frozen_standard(kept["content"])["minutes"] == 120, "a frozen standard is not read")


# Staff lists


def bad_rows() -> tuple[BadRow, ...]:
    problem = CellProblem(3, Column.ID_NUMBER, "990101198804120011", RecalledProblem("Not a number: %(typed)s", {}))
    return (BadRow(3, {Column.NAME: "李卫国", Column.ID_NUMBER: "990101198804120011"}, (problem,)),)


def write_report() -> dict[str, Any]:
    return {"content": report_as_json(bad_rows())}


def verify_report(kept: Content) -> None:
    hold(report_from_json(kept["content"])[0].row == 3, "a report is not read")


def write_typed() -> dict[str, Any]:
    return {"content": typed_bytes(bad_rows()).decode()}


def verify_typed(kept: Content) -> None:
    (row,) = report_from_json(report_as_json(bad_rows()), kept["content"].encode())
    hold(row.typed[Column.ID_NUMBER] == "990101198804120011", "rows to mend are not read whole")


# Audit and keys


def audit_row() -> AuditRecord:
    row = AuditRecord(
        id=UUID("01970000-0000-7000-8000-000000000001"),
        site="main",
        at=NOW,
        face=Face.EXAMINATION.value,
        actor_account=UUID(int=1),
        actor_person=PERSON,
        actor_name="赵考务",
        name="exams.result_released",
        subject=SITTING,
        fact_format=1,
        facts={"score": "90.00", "passed": True},
    )
    authenticate(row, keys.ring(Face.EXAMINATION))
    return row


def write_row() -> dict[str, Any]:
    row = audit_row()
    fields = {name: getattr(row, name) for name in ("format", "site", "face", "actor_name", "name", "fact_format")}
    return {
        **fields,
        "id": str(row.id),
        "at": row.at.isoformat(),
        "actor": [str(row.actor_account), str(row.actor_person)],
        "subject": str(row.subject),
        "facts": row.facts,
        "key_id": row.key_id,
        "mac": row.mac.hex(),
        "canonical": canonical(row).decode(),
        "first_link": link(GENESIS, row).hex(),
    }


def verify_row(kept: Content) -> None:
    plain = ("format", "site", "face", "actor_name", "name", "fact_format", "facts", "key_id")
    row = AuditRecord(
        id=UUID(kept["id"]),
        at=NOW.fromisoformat(kept["at"]),
        actor_account=UUID(kept["actor"][0]),
        actor_person=UUID(kept["actor"][1]),
        subject=UUID(kept["subject"]),
        mac=bytes.fromhex(kept["mac"]),
        **{name: kept[name] for name in plain},
    )
    hold(canonical(row).decode() == kept["canonical"], "a row of the audit is not what was chained")
    hold(link(GENESIS, row).hex() == kept["first_link"], "a row of the audit gives another link")
    mac = keys.ring(Face(row.face)).audit.key(row.key_id).mac(canonical(row))
    hold(mac.value == row.mac, "a row of the audit is not authentic")


def write_checkpoint() -> dict[str, Any]:
    key = keys.ring(Face.REGISTRY).signing
    point = CheckpointRecord(
        position=1,
        format=CHECKPOINT.format,
        site="main",
        digest=GENESIS,
        at=NOW,
        algorithm="ed25519",
        key_id=key.state.current,
    )
    signature = key.sign(SIGNED_AS, checkpoint_message(point))
    return {
        **{name: getattr(point, name) for name in ("position", "format", "site", "algorithm", "key_id")},
        "digest": point.digest.hex(),
        "at": point.at.isoformat(),
        "message": checkpoint_message(point).decode(),
        "signature": signature.value.hex(),
    }


def verify_checkpoint(kept: Content) -> None:
    plain = {name: kept[name] for name in ("position", "format", "site", "algorithm", "key_id")}
    at, digest = NOW.fromisoformat(kept["at"]), bytes.fromhex(kept["digest"])
    point = CheckpointRecord(**plain, digest=digest, at=at)
    hold(checkpoint_message(point).decode() == kept["message"], "a checkpoint says something else")
    _signed(kept, SIGNED_AS, checkpoint_message(point))


def _signed(kept: Content, what: str, message: bytes) -> None:
    signature = Signature(kept["algorithm"], kept["key_id"], bytes.fromhex(kept["signature"]))
    hold(keys.public_keys().has_signed(signature, what, message, NOW), f"the signature over a {what} does not hold")


def write_seal() -> dict[str, Any]:
    sealed = keys.sealing(QUESTIONS).seal(question().canonical_bytes(), "version", VERSION)
    return {
        "head": sealed[:7].hex(),
        "length": len(sealed),
        "plain": question().canonical_bytes().decode(),
        "sealed": sealed.hex(),
    }


def verify_seal(kept: Content) -> None:
    sealed = bytes.fromhex(kept["sealed"])
    hold(sealed_with(sealed) == keys.sealing(QUESTIONS).state.current, "sealed bytes name another key")
    opened = keys.sealing(QUESTIONS).unseal(sealed, "version", VERSION)
    hold(opened.decode() == kept["plain"], "sealed bytes do not open to what was sealed")


def write_ring() -> dict[str, Any]:
    path = keys.folder() / PAPERS.name / "ring.json"
    return {"content": json.loads(path.read_text(encoding="utf-8"))}


def verify_ring(kept: Content) -> None:
    hold(RING.read(kept["content"])["current"] == state_of(keys.folder(), PAPERS).current, "a ring is not read")


def write_succession() -> dict[str, Any]:
    former = keys.ring(Face.REGISTRY).signing.key(keys.ring(Face.REGISTRY).signing.state.current)
    made = Succession.of(SigningKey(SECRET), NOW + timedelta(days=365), former)
    assert made.by_predecessor is not None
    return {
        "message": made.message.decode(),
        "by_itself": made.by_itself.hex(),
        "by_predecessor": made.by_predecessor.hex(),
    }


def verify_succession(kept: Content) -> None:
    said = SUCCESSION.read(json.loads(kept["message"]))
    key = SigningKey(SECRET)
    former = keys.ring(Face.REGISTRY).public_halves[said["predecessor"]]
    begins = NOW.fromisoformat(said["begins_at"])
    itself, predecessor = bytes.fromhex(kept["by_itself"]), bytes.fromhex(kept["by_predecessor"])
    made = Succession(key.public, begins, former.id, itself, predecessor)
    hold(made.is_signed_by(key.public, itself), "a key does not say whom it follows")
    hold(made.is_signed_by(former, predecessor), f"the key of {SIGNING.name} does not say who follows it")


# Certificates


def facts() -> CertificateFacts:
    return CertificateFacts(
        position=Position.SPECIAL_OPERATION,
        name="张伟",
        sex=Sex.MALE,
        number="T990105199003071232",
        category="电工作业",
        item="低压电工作业",
        first_issued_on=date(2026, 6, 1),
        valid_from=date(2026, 6, 1),
        valid_until=date(2032, 5, 31),
        review_on=None,
        authority="演示市应急管理局",
        demonstration=True,
    )


def write_certificate() -> dict[str, Any]:
    content = facts_as_json(facts(), "CODE")
    return {"facts": content, **_sign(Over.FACTS, signed_message(content))}


def verify_certificate(kept: Content) -> None:
    _signed(kept, SIGNED_OVER[Over.FACTS], signed_message(dict(kept["facts"])))
    hold(facts_from_json(kept["facts"]) == facts(), "the facts of a certificate read otherwise")


def stated() -> dict[str, Any]:
    own = facts()
    names = {"category_en": "Electrical work", "item_en": "Low-voltage electrical work", "regime": "national-2026"}
    shown = {"public_code": "CODE", "masked_number": masked_number(own.number), "position": own.position.value}
    plain = {name: getattr(own, name) for name in STATED if hasattr(own, name)}
    return {**plain, **names, **shown}


def write_statement() -> dict[str, Any]:
    message = statement_message(stated(), "ab" * 32)
    return {"format": STATEMENT.format, "message": message.decode(), **_sign(Over.STATEMENT, message)}


def verify_statement(kept: Content) -> None:
    message = statement_message(stated(), "ab" * 32, kept["format"])
    hold(message.decode() == kept["message"], "a statement says something else")
    _signed(kept, SIGNED_OVER[Over.STATEMENT], message)


def _sign(over: Over, message: bytes) -> dict[str, Any]:
    made = keys.ring(Face.REGISTRY).signing.sign(SIGNED_OVER[over], message)
    return {"algorithm": made.algorithm, "key_id": made.key_id, "signature": made.value.hex()}


# Facts on their way


def proof() -> HoursCompleted:
    """What a training proof rests on: the one fact that crosses from teaching."""
    return HoursCompleted(
        enrolment_id=UUID(int=11),
        person_id=PERSON,
        qualification="low_voltage",
        outline="low_voltage",
        outline_version=1,
        training_kind="initial",
        hours_required=Decimal(116),
        hours_credited=Decimal("116.50"),
        started_on=date(2026, 5, 1),
        completed_on=date(2026, 5, 31),
        provider_id=UUID(int=12),
        provider_name="江城培训学校",
        teacher_ids=(UUID(int=13),),
        demonstration=True,
        outline_name="低压电工作业（初训）",
    )


def write_delivery() -> dict[str, Any]:
    event = proof()
    reaction = "certification.eligibility/hours_completed"
    return {"event": event.NAME, "reaction": reaction, "format": event.FORMAT, "facts": as_json(event)}


def verify_delivery(kept: Content) -> None:
    hold(kept["event"] == HoursCompleted.NAME, "a fact has another name")
    read = from_json(HoursCompleted, kept["facts"], kept["format"])
    hold(replace(read, outline_name=proof().outline_name) == proof(), "a fact reads otherwise")


SPECIMENS = (
    Specimen(QUESTION.name, QUESTION.format, write_question, verify_question),
    Specimen(PAPER.name, PAPER.format, write_paper, verify_paper),
    Specimen(DOCUMENT.name, DOCUMENT.format, write_document, verify_document),
    Specimen(BLUEPRINT.name, BLUEPRINT.format, write_blueprint, verify_blueprint),
    Specimen("exams.draw", METHOD, write_draw, verify_draw),
    Specimen(QUESTION_POOL.name, QUESTION_POOL.format, write_pool, verify_pool),
    Specimen(STEPS.name, STEPS.format, write_steps, verify_steps),
    Specimen(MARKS.name, MARKS.format, write_marks, verify_marks),
    Specimen("exams.lot", LOT_METHOD, write_lot, verify_lot),
    Specimen(POOL.name, POOL.format, write_item_draw, verify_item_draw),
    Specimen(STEP.name, STEP.format, write_sheet_step, verify_sheet_step),
    Specimen(OUTCOME.name, OUTCOME.format, write_outcome, verify_outcome),
    Specimen(OPERATION.name, OPERATION.format, write_operation, verify_operation),
    Specimen(SCORED.name, SCORED.format, write_run, verify_run),
    Specimen(DECISION.name, DECISION.format, write_decision, verify_decision),
    Specimen(FROZEN.name, FROZEN.format, write_standard, verify_standard),
    Specimen(REPORT.name, REPORT.format, write_report, verify_report),
    Specimen(TYPED.name, TYPED.format, write_typed, verify_typed),
    Specimen(ROW.name, ROW.format, write_row, verify_row),
    Specimen(CHECKPOINT.name, CHECKPOINT.format, write_checkpoint, verify_checkpoint),
    Specimen(SEAL.name, SEAL.format, write_seal, verify_seal, fresh=("sealed",)),
    Specimen(RING.name, RING.format, write_ring, verify_ring),
    Specimen(SUCCESSION.name, SUCCESSION.format, write_succession, verify_succession),
    Specimen(FACTS.name, FACTS.format, write_certificate, verify_certificate),
    Specimen(STATEMENT.name, STATEMENT.format, write_statement, verify_statement),
    Specimen(HoursCompleted.NAME, HoursCompleted.FORMAT, write_delivery, verify_delivery),
)


def as_text(content: Content) -> str:
    """How a specimen is kept: JSON that people can read and compare."""
    return json.dumps(json.loads(canonical_json(content)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
