"""What must not be told is not told by a value that describes itself, as logs and tracebacks make it do."""

from exams.papers.rules import draw_paper
from kernel.keys import MacKey, SealingKey, SigningKey
from question_bank.questions.rules import Kind
from tests.cast.banks import SECRET, bank, blueprint, ground_of, section
from tests.integration.question_bank.conftest import a_question


def test_a_key_does_not_say_what_it_is():
    secret = b"thirty-two bytes of pure secrecy"
    for key in (SealingKey("papers", secret), MacKey("audit-public", secret), SigningKey(secret)):
        assert "secrecy" not in f"{key!r} {key}"


def test_a_question_does_not_say_its_key_nor_why():
    question = a_question(key="B", reason="先脱离电源")
    assert "frozenset" not in repr(question)
    assert "先脱离电源" not in repr(question)


def test_a_paper_does_not_say_its_keys():
    shape = blueprint(section(Kind.SINGLE_CHOICE, {"P01": 2}))
    paper = draw_paper(ground_of(shape, bank({(Kind.SINGLE_CHOICE, "P01"): 5})), SECRET, "1")
    assert all(item.key for item in paper.items)
    assert "key" not in repr(paper)
    assert "frozenset" not in repr(paper)
