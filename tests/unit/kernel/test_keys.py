"""What must not be told is not told by a value that describes itself, as logs and tracebacks make it do."""

from exams.papers.rules import draw_paper
from kernel.keys import MacKey, SealingKey, SigningKey
from tests.cast.banks import SECRET, bank, blueprint, ground_of, section
from tests.integration.question_bank.conftest import a_question


def test_a_key_does_not_say_what_it_is():
    secret = b"thirty-two bytes of pure secrecy"
    for key in (SealingKey("papers", secret), MacKey("audit-public", secret), SigningKey(secret)):
        assert "secrecy" not in f"{key!r} {key}"


def test_a_question_does_not_say_its_key_nor_why():
    question = a_question(key="B", reason="先脱离电源")
    assert "Options" not in repr(question)
    assert "先脱离电源" not in repr(question)


def test_a_paper_does_not_say_how_it_was_laid_out():
    """The order of steps is the order in the bank: a layout may give the key away."""
    shape = blueprint(section("single_choice", {"P01": 2}))
    paper = draw_paper(ground_of(shape, bank({("single_choice", "P01"): 5})), SECRET, "1")
    assert all(item.layout for item in paper.items)
    assert "layout" not in repr(paper)
    assert "order" not in repr(paper)
