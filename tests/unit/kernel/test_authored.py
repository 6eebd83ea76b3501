"""Files that come with the program: a mistake is told by file and entry, and before anybody is served."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from kernel import authored as reading
from kernel.authored import FileUnusable, authored, faults_of, parsed, read_all, read_once
from kernel.lasting import Lasting
from kernel.law import Dated, dated, figure
from kernel.names import Names

LAYOUT = Lasting("tests.authored")
RULES = """
format: 1
regimes:
  - {code: order_30, from: 2010-07-01, until: 2026-05-31, years: {value: 6, source: article 19, confidence: S}}
  - {code: order_19, from: 2026-06-01, until: null, years: {value: 6, source: press, confidence: own}}
rooms:
  late_minutes: {value: 30, source: notice, confidence: S}
"""


@pytest.fixture
def file(tmp_path):
    """Writes a file of rules, with something of it changed."""

    def written(old="", new=""):
        assert old in RULES
        path = tmp_path / "exams" / "data" / "regimes.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RULES.replace(old, new) if old else RULES, encoding="utf-8")
        return path

    return written


def read(raw):
    figure(raw, "years")
    return Dated(**dated(raw))


def regimes(path):
    return authored(path, LAYOUT).book("regimes", read=read, about=lambda _: ["operators"])


def test_rules_are_read_in_their_order_and_by_their_names(file):
    assert [each.code for each in regimes(file())] == ["order_30", "order_19"]
    assert authored(file()).named("rooms", read=lambda raw: raw["value"]) == {"late_minutes": 30}
    assert authored(file()).whole(len) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("confidence: own", "confidence: sure", "regimes order_19: years: “sure” says nothing of how sure it is"),
        ("until: null, ", "", "regimes order_19: until is missing"),
        ("code: order_19, ", "", "regimes entry 2: code is missing"),
        ("until: 2026-05-31", "until: 2026-06-01", "regimes: order_30 and order_19 both hold for operators"),
        ("until: 2026-05-31", "until: 2026-05-30", "regimes: no rule holds for operators from 2026-05-31"),
        ("from: 2026-06-01", "from: June", "regimes order_19: “June” is not a day"),
        ("format: 1", "format: 2", "as a whole: What is kept here .tests.authored. is of format 2"),
        ("format: 1", "format: 1\nformat: 1", "as a whole: format is given twice"),
        ("until: null", "until: null, until: null", "as a whole: until is given twice"),
        ("regimes:", "regime:", "regimes: regimes is missing"),
        ("rooms:", "rooms: [", "as a whole: "),
    ],
)
def test_a_mistake_is_told_by_its_file_and_its_entry(file, old, new, said):
    with pytest.raises(FileUnusable, match=rf"^exams/data/regimes.yaml cannot be used. {said}"):
        regimes(file(old, new))


def test_a_file_that_is_not_there_is_told_too(tmp_path):
    with pytest.raises(FileUnusable, match=r"nowhere.yaml cannot be used"):
        authored(tmp_path / "nowhere.yaml")


def test_a_list_where_names_are_wanted_is_refused(file):
    with pytest.raises(FileUnusable, match="a dict is wanted here"):
        authored(file()).named("regimes", read=lambda raw: raw)


def test_the_innermost_place_is_the_one_that_is_told(file):
    path = file()
    with pytest.raises(FileUnusable, match="inner: one"), faults_of(path, "outer"), faults_of(path, "inner"):
        raise ValueError("one")


def test_a_mistake_of_the_program_is_not_told_as_one_of_a_file(file):
    with pytest.raises(RuntimeError), faults_of(file()):
        raise RuntimeError


def test_only_plain_values_are_read():
    assert parsed("day: 2026-06-01") == {"day": date(2026, 6, 1)}
    assert parsed("base: &b {a: 1}\nnext: {<<: *b, a: 2}")["next"] == {"a": 2}
    with pytest.raises(yaml.YAMLError):
        parsed("!!python/object/apply:os.getcwd []")


def test_a_name_has_both_languages_and_nothing_else():
    assert Names.exactly({"zh": "电工", "en": "Electrician"}) == Names("电工", "Electrician")
    with pytest.raises(KeyError, match="en"):
        Names.exactly({"zh": "电工"})
    torn = parsed("{zh: 暂行办法, en: Interim rules, 104 (2013)}")
    with pytest.raises(ValueError, match=r"“104 \(2013\)” is no language"):
        Names.exactly(torn)


def test_a_name_is_said_in_the_language_of_the_person():
    names = Names("电工", "Electrician")
    assert [names.in_language(tag) for tag in ("zh_CN", "en", "ug")] == ["电工", "Electrician", "电工"]
    assert Names.read(names.as_json() | {"fr": "Électricien"}) == names


def test_each_file_is_read_once_and_all_are_before_anybody_is_served(monkeypatch):
    monkeypatch.setattr(reading, "LOADERS", [])
    times = []

    @read_once
    def rules():
        times.append(1)
        return len(times)

    read_all()
    assert (rules(), rules(), times) == (1, 1, [1])

    @read_once
    def broken():
        with faults_of(Path("a/b/c.yaml"), "entry 1"):
            raise ValueError("no")

    with pytest.raises(FileUnusable, match=r"a/b/c.yaml cannot be used. entry 1: no"):
        read_all()
