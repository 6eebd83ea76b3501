"""The banks that come with the platform load whole, twice without effect, and anew where a question changed."""

import shutil
from uuid import uuid4

import pytest
import yaml
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from kernel.actor import platform
from kernel.faces import Face
from question_bank.exchange.actions import bank_folders, load_bank
from question_bank.exchange.errors import BankFileUnusable, BankFolderMissing, BankQuestionUnusable, ReferenceRepeated
from question_bank.questions import queries
from question_bank.questions.actions import (
    approve_version,
    draft_version,
    load_versions,
    return_version,
    review_version,
    show_version,
    suspend_version,
)
from question_bank.questions.queries import Filters
from question_bank.questions.rules import read_question
from question_bank.review.errors import AuthorReviews, EarlierAuthorJudges
from question_bank.review.rules import State
from tests.integration.question_bank.conftest import person

AUTHOR, REVIEWER, APPROVER = uuid4(), uuid4(), uuid4()


def load(work, path, progress=lambda _done, _whole: None):
    return load_bank(work, path, author=AUTHOR, reviewer=REVIEWER, approver=APPROVER, progress=progress)


@pytest.fixture
def work(work_as):
    return work_as(platform("load"), Face.AUTHORING)


@pytest.fixture
def folder(tmp_path):
    """A small bank on disk."""
    (tmp_path / "outline.yaml").write_text(
        yaml.safe_dump(
            {
                "format": 1,
                "code": "small",
                "position": "special_operation",
                "name": {"zh": "小", "en": "Small"},
                "sample": True,
                "points": [{"code": "P1", "zh": "一", "en": "One"}],
            }
        )
    )
    write(tmp_path, [a_written("P1-001"), a_written("P1-002", key=False)])
    return tmp_path


def a_written(reference, **changes):
    question = {
        "id": reference,
        "kind": "true_false",
        "depth": "know",
        "difficulty": 0.8,
        "stem": f"保护零线上不得装设熔断器。{reference}",
        "key": True,
        "reason": "断开后外壳带电。",
        "source": "教材通识：保护接零",
    }
    return question | changes


def write(folder, questions):
    content = {"format": 1, "point": "P1", "questions": questions}
    (folder / "01-one.yaml").write_text(yaml.safe_dump(content, allow_unicode=True))


@pytest.mark.parametrize("path", bank_folders(), ids=lambda path: path.name)
def test_a_bank_of_the_platform_loads_whole_and_only_once(work, path):
    heard: list[tuple[int, int]] = []
    loaded = load(work, path, progress=lambda done, whole: heard.append((done, whole)))
    assert loaded.new_versions == loaded.questions > 150
    assert heard[-1] == (loaded.questions, loaded.questions)
    assert queries.count_versions(work, Filters(bank=path.name, state=State.APPROVED)) == loaded.questions
    assert load(work, path).new_versions == 0


def test_a_changed_question_becomes_a_new_version(work, folder):
    load(work, folder)
    write(folder, [a_written("P1-001"), a_written("P1-002", key=True), a_written("P1-003")])
    assert load(work, folder).new_versions == 2
    rows = queries.versions(work, Filters(bank="small"))
    assert [(row.reference, row.number, row.state) for row in rows] == [
        ("P1-001", 1, State.APPROVED),
        ("P1-002", 2, State.APPROVED),
        ("P1-002", 1, State.SUPERSEDED),
        ("P1-003", 1, State.APPROVED),
    ]


# what was done on screen since


def states(work, reference="P1-001"):
    """Number and state of each version of a question, the newest first."""
    work.session.flush()
    return [(row.number, row.state) for row in queries.versions(work, Filters(bank="small", search=reference))]


def newest(work, reference="P1-001"):
    return queries.versions(work, Filters(bank="small", search=reference))[0].id


@pytest.fixture
def on_screen(work, folder):
    """The bank is loaded; then people do something about P1-001. Each deed is done by a person of its own."""
    load(work, folder)
    people = {deed: person() for deed in (draft_version, review_version, approve_version, suspend_version)}

    def do(deed, version_id, **more):
        loader, work.actor = work.actor, people.get(deed) or person()
        done = deed(work, version_id=version_id, **more)
        work.session.flush()
        work.actor = loader
        return done

    return do


def anew(**changes):
    fields = {name: value for name, value in a_written("P1-001", **changes).items() if name != "id"}
    return read_question(fields | {"point": "P1"})


def stem_in_use(work):
    rows = queries.versions(work, Filters(bank="small", search="P1-001", state=State.APPROVED))
    work.actor = person()
    return [show_version(work, version_id=row.id).stem for row in rows]


def test_a_load_leaves_a_draft_that_waits_for_review_alone(work, folder, on_screen):
    on_screen(draft_version, newest(work), question=anew(stem="改过的题干。"))
    assert load(work, folder).new_versions == 0
    assert states(work) == [(2, State.DRAFT), (1, State.APPROVED)]


def test_a_load_does_not_undo_a_correction_that_was_approved_on_screen(work, folder, on_screen):
    corrected = on_screen(draft_version, newest(work), question=anew(stem="改过的题干。"))
    on_screen(review_version, corrected)
    on_screen(approve_version, corrected)
    assert load(work, folder).new_versions == 0
    assert states(work) == [(2, State.APPROVED), (1, State.SUPERSEDED)]


def test_a_load_does_not_bring_back_what_was_found_wrong_in_use(work, folder, on_screen):
    wrong = newest(work)
    on_screen(suspend_version, wrong, reason="标准已更新")
    on_screen(draft_version, wrong, question=anew(stem="改过的题干。"))
    assert load(work, folder).new_versions == 0
    assert states(work) == [(2, State.DRAFT), (1, State.SUSPENDED)]


def test_what_the_file_said_before_is_not_new_when_the_file_says_it_again(work, folder):
    load(work, folder)
    write(folder, [a_written("P1-001", stem="第二种说法。"), a_written("P1-002", key=False)])
    load(work, folder)
    write(folder, [a_written("P1-001"), a_written("P1-002", key=False)])
    assert load(work, folder).new_versions == 0
    assert stem_in_use(work) == ["第二种说法。"]


def test_a_changed_file_comes_into_use_over_a_waiting_draft_which_stays_a_draft(work, folder, on_screen):
    on_screen(draft_version, newest(work), question=anew(stem="改过的题干。"))
    write(folder, [a_written("P1-001", stem="文件改过的题干。"), a_written("P1-002", key=False)])
    assert load(work, folder).new_versions == 1
    assert states(work) == [(3, State.APPROVED), (2, State.DRAFT), (1, State.SUPERSEDED)]
    assert stem_in_use(work) == ["文件改过的题干。"]


def test_a_changed_file_replaces_a_suspended_version_and_a_returned_one(work, folder, on_screen):
    wrong = newest(work)
    on_screen(suspend_version, wrong, reason="标准已更新")
    draft = on_screen(draft_version, wrong, question=anew(stem="改过的题干。"))
    on_screen(return_version, draft, reason="仍有歧义")
    write(folder, [a_written("P1-001", stem="文件改过的题干。"), a_written("P1-002", key=False)])
    assert load(work, folder).new_versions == 1
    assert states(work) == [(3, State.APPROVED), (2, State.RETURNED), (1, State.SUSPENDED)]


def test_two_loads_at_the_same_moment_come_one_after_the_other(work_as, work, folder):
    load(work, folder)
    other = work_as(platform("load"), Face.AUTHORING)
    other.session.execute(text("SET LOCAL lock_timeout = '200ms'"))
    with pytest.raises(OperationalError, match="lock timeout"):
        load_versions(other, bank="small", questions={}, author=AUTHOR, reviewer=REVIEWER, approver=APPROVER)


def test_three_people_stand_for_a_load(work, folder):
    with pytest.raises(AuthorReviews):
        load_bank(work, folder, author=AUTHOR, reviewer=AUTHOR, approver=APPROVER)


def test_nobody_stands_for_a_load_as_reviewer_of_a_question_that_they_wrote(work, folder):
    load_bank(work, folder, author=REVIEWER, reviewer=AUTHOR, approver=APPROVER)
    write(folder, [a_written("P1-001", stem="文件改过的题干。"), a_written("P1-002", key=False)])
    with pytest.raises(EarlierAuthorJudges):
        load(work, folder)


def test_a_faulty_question_is_named_with_its_file_and_nothing_is_loaded(work, folder):
    write(folder, [a_written("P1-001"), a_written("P1-002", key="B")])
    with pytest.raises(BankQuestionUnusable, match=r"P1-002 in 01-one.yaml .* key: Say whether"):
        load(work, folder)
    assert work.is_undone


@pytest.mark.parametrize(
    "content",
    [b"a: [", b"source: 2021-02-30", b"[" * 20_000, b"\xff"],
    ids=["not YAML", "a day that is none", "too deep", "not text"],
)
def test_a_file_that_cannot_be_read_is_named(work, folder, content):
    (folder / "02-two.yaml").write_bytes(content)
    with pytest.raises(BankFileUnusable, match=r"02-two\.yaml"):
        load(work, folder)


@pytest.mark.parametrize("ending", [".yml", ".YAML"])
def test_a_file_with_another_ending_of_yaml_is_loaded_too(work, folder, ending):
    content = {"format": 1, "point": "P1", "questions": [a_written("P1-009")]}
    (folder / f"02-two{ending}").write_text(yaml.safe_dump(content, allow_unicode=True))
    assert load(work, folder).questions == 3


def test_a_reference_is_used_once(work, folder):
    write(folder, [a_written("P1-001"), a_written("P1-001")])
    with pytest.raises(ReferenceRepeated):
        load(work, folder)


def test_a_folder_without_a_bank(work, tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(BankFolderMissing):
        load(work, tmp_path)
