"""What the papers are like that the banks can give: how many pass who are prepared, and how much two papers share."""

from math import erf, sqrt
from pathlib import Path

import pytest
import yaml

HOUSE = Path(__file__).resolve().parents[3]
PASS_MARK = 80


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(
    params=sorted((HOUSE / "exams/data/blueprints").glob("*.yaml")), ids=lambda path: path.stem, scope="module"
)
def cells(request):
    """(questions drawn, estimates of those to draw from) for each kind and knowledge point of one paper."""
    shape = read(request.param)
    files = [read(path) for path in (HOUSE / "question_bank/data" / shape["bank"]).glob("[0-9]*.yaml")]
    drawn = [(part["kind"], *cell) for part in shape["sections"] for cell in part["counts"].items()]
    return [
        (
            count,
            [
                float(each["difficulty"])
                for file in files
                if file["point"] == point
                for each in file["questions"]
                if each["kind"] == kind
            ],
        )
        for kind, point, count in drawn
    ]


def test_three_of_four_prepared_candidates_pass_and_not_all(cells):
    means = [(count, sum(pool) / len(pool)) for count, pool in cells]
    expected = sum(count * mean for count, mean in means)
    deviation = sqrt(sum(count * mean * (1 - mean) for count, mean in means))
    passing = (1 + erf((expected - PASS_MARK + 0.5) / deviation / sqrt(2))) / 2
    assert 0.75 <= passing <= 0.90


def test_two_papers_share_little(cells):
    shared = sum(count * count / len(pool) for count, pool in cells)
    assert shared <= sum(count for count, _ in cells) * 0.25
