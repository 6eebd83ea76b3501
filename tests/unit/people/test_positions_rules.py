"""The committed catalogues, and what the reader of catalogues refuses."""

import copy
from collections import Counter
from datetime import date, timedelta

import pytest
import yaml

from kernel.law import Confidence, RulesOverlap
from people.positions.errors import CatalogueBroken, PostKindUnknown, QualificationUnknown
from people.positions.queries import CATALOGUES, vocabulary
from people.positions.rules import ItemsStanding, Position
from people.positions.rules.catalogue_files import vocabulary_from

LAST_DAY_OF_ORDER_30 = date(2026, 5, 31)
FIRST_DAY_OF_THE_2026_CATALOGUE = date(2026, 6, 1)


@pytest.fixture
def documents():
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in CATALOGUES.glob("*.yaml")}


def in_force(day):
    """Every qualification that a catalogue lists on `day`, with the catalogue."""
    return [(listed, each) for each in vocabulary().catalogues_in_force(day) for listed in each.qualifications]


def catalogue_of(code, day):
    return next((each for listed, each in in_force(day) if listed.code == code), None)


def test_both_catalogues_of_operations_have_ten_categories_and_54_items():
    for day in (LAST_DAY_OF_ORDER_30, FIRST_DAY_OF_THE_2026_CATALOGUE):
        operations = [each for each, _ in in_force(day) if each.position is Position.SPECIAL_OPERATION]
        assert len(operations) == 54
        assert len({each.category for each in operations}) == 10


def test_the_catalogues_change_over_night_and_the_new_one_says_that_its_items_are_provisional():
    before = catalogue_of("low_voltage", LAST_DAY_OF_ORDER_30)
    after = catalogue_of("low_voltage", FIRST_DAY_OF_THE_2026_CATALOGUE)
    assert before is not None
    assert after is not None
    assert before.ends is not None
    assert (before.version, before.items_standing) == (1, ItemsStanding.KNOWN)
    assert (after.version, after.items_standing) == (2, ItemsStanding.PROVISIONAL)
    assert before.ends + timedelta(days=1) == after.begins


def test_a_qualification_is_known_by_its_code_in_both_languages():
    low = vocabulary().qualification("low_voltage")
    assert low.category is not None
    assert (low.names.zh, low.category.names.zh, low.item_code) == ("低压电工作业", "电工作业", "1.2")
    manager = vocabulary().qualification("chemicals_trade_manager")
    assert manager.position is Position.SAFETY_MANAGER
    assert manager.names.in_language("zh_CN") == "危险化学品经营单位安全生产管理人员"
    assert manager.names.in_language("en") == "Safety manager, hazardous chemicals trade"


def test_what_is_not_read_in_a_source_does_not_claim_to_be():
    for each, _ in in_force(LAST_DAY_OF_ORDER_30):
        assert each.provenance.source
        if "通用知识" in each.provenance.source:
            assert each.provenance.confidence is Confidence.KNOWN


def test_nothing_was_listed_before_the_first_catalogue():
    assert catalogue_of("low_voltage", date(2010, 6, 30)) is None


def demanded(kind, day):
    requirement = vocabulary().post_kind(kind).requirement(day)
    assert requirement is not None
    return requirement.qualifications, requirement.new_worker_training


def test_the_posts_of_a_machinery_plant():
    assert demanded("maintenance_electrician", FIRST_DAY_OF_THE_2026_CATALOGUE) == (("low_voltage",), True)
    assert demanded("general_worker", FIRST_DAY_OF_THE_2026_CATALOGUE) == ((), True)
    assert vocabulary().post_kind("maintenance_electrician").requirement(date(2000, 1, 1)) is None


def test_every_employee_is_trained_before_work_and_who_answers_for_safety_by_a_rule_of_his_own():
    """Article 28 of the law, articles 12 and 13 of order 3 bind every employee; article 9 rules managers."""
    untrained = {code for code in vocabulary().post_kinds if not demanded(code, FIRST_DAY_OF_THE_2026_CATALOGUE)[1]}
    principals = {"principal", "chemicals_trade_principal"}
    managers = {"safety_manager", "chemicals_trade_safety_manager", "safety_director", "registered_safety_engineer"}
    assert untrained == principals | managers


def test_each_kind_of_welder_needs_the_card_of_his_process():
    kinds = {"welder": "fusion_welding", "pressure_welder": "pressure_welding", "brazing_worker": "brazing"}
    asked = {kind: demanded(kind, FIRST_DAY_OF_THE_2026_CATALOGUE)[0] for kind in kinds}
    assert asked == {kind: (qualification,) for kind, qualification in kinds.items()}


def test_a_usual_name_of_a_post_suggests_one_kind_only():
    """A general manager was once taken for the principal of a chemicals trader."""
    names = Counter(alias for kind in vocabulary().post_kinds.values() for alias in {*kind.aliases, kind.names.zh})
    assert [name for name, kinds in names.items() if kinds > 1] == []
    assert "总经理" in vocabulary().post_kind("principal").aliases


def test_unknown_codes_are_refused_by_name():
    with pytest.raises(QualificationUnknown, match="moon_walking"):
        vocabulary().qualification("moon_walking")
    with pytest.raises(PostKindUnknown):
        vocabulary().post_kind("moon_walker")


def test_overlapping_catalogues_are_refused(documents):
    documents["special_operations_1"]["until"] = date(2026, 6, 1)
    with pytest.raises(RulesOverlap, match="special_operations_1 and special_operations_2 both hold for"):
        vocabulary_from(list(documents.values()))


def test_a_code_given_twice_is_refused(documents):
    items = documents["special_operations_1"]["categories"][0]["items"]
    items.append(copy.deepcopy(items[0]))
    with pytest.raises(CatalogueBroken, match="twice"):
        vocabulary_from(list(documents.values()))


def test_a_post_that_requires_an_unknown_qualification_is_refused(documents):
    documents["posts"]["posts"][0]["requires"][0]["qualifications"] = ["moon_walking"]
    with pytest.raises(CatalogueBroken, match="moon_walking"):
        vocabulary_from(list(documents.values()))


def test_a_value_without_a_described_source_is_refused(documents):
    documents["managers_1"]["industries"][0]["source"] = "HEARSAY"
    with pytest.raises(CatalogueBroken, match="HEARSAY"):
        vocabulary_from(list(documents.values()))
