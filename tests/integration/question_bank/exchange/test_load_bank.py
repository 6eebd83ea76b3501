"""The banks that come with the platform load whole, twice without effect, and anew where a question changed."""

import shutil
from uuid import uuid4

import pytest
import yaml

from kernel.actor import platform
from kernel.faces import Face
from question_bank.exchange.actions import bank_folders, load_bank
from question_bank.exchange.errors import BankFolderMissing, BankQuestionUnusable, ReferenceRepeated
from question_bank.questions import queries
from question_bank.questions.queries import Filters
from question_bank.review.errors import AuthorReviews
from question_bank.review.rules import State

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


def test_three_people_stand_for_a_load(work, folder):
    with pytest.raises(AuthorReviews):
        load_bank(work, folder, author=AUTHOR, reviewer=AUTHOR, approver=APPROVER)


def test_a_faulty_question_is_named_with_its_file_and_nothing_is_loaded(work, folder):
    write(folder, [a_written("P1-001"), a_written("P1-002", key="B")])
    with pytest.raises(BankQuestionUnusable, match=r"P1-002 in 01-one.yaml .* key: Say whether"):
        load(work, folder)
    assert work.is_undone


def test_a_reference_is_used_once(work, folder):
    write(folder, [a_written("P1-001"), a_written("P1-001")])
    with pytest.raises(ReferenceRepeated):
        load(work, folder)


def test_a_folder_without_a_bank(work, tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(BankFolderMissing):
        load(work, tmp_path)
