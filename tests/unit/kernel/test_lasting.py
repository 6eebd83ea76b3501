"""What is kept for ever says which layout it has, and an old one is read in the layout of today."""

import pytest

from exams.papers.rules.paper import PAPER
from kernel.lasting import FormatUnknown, Lasting, canonical_json, lasting


def _give_names(old):
    return {"names": {"zh": old["name"]}}


def _give_tags(old):
    return {"names": old["names"], "tags": []}


THING = Lasting("tests.thing", 3, {1: _give_names, 2: _give_tags})


def test_what_is_written_names_todays_layout_and_is_read_as_it_is():
    written = THING.written({"names": {"zh": "电工"}, "tags": ["a"]})
    assert written == {"format": 3, "names": {"zh": "电工"}, "tags": ["a"]}
    assert THING.read(written) == written


def test_an_old_layout_is_brought_up_step_by_step_and_stays_as_it_was():
    first = {"format": 1, "name": "电工"}
    assert THING.read(first) == {"format": 3, "names": {"zh": "电工"}, "tags": []}
    assert first == {"format": 1, "name": "电工"}
    assert THING.read({"format": 2, "names": {}}) == {"format": 3, "names": {}, "tags": []}


@pytest.mark.parametrize("number", [4, 0, -1, None, "1", 1.0, True])
def test_a_number_of_the_future_or_none_at_all_is_refused_by_name(number):
    with pytest.raises(FormatUnknown, match=r"tests\.thing.*format"):
        THING.read({"format": number, "name": "电工"})


def test_a_content_without_a_number_is_refused():
    with pytest.raises(FormatUnknown):
        THING.read({"name": "电工"})


def test_the_number_may_stand_beside_the_content():
    assert THING.brought_up({"name": "电工"}, 1)["names"] == {"zh": "电工"}


@pytest.mark.parametrize("upcasters", [{}, {1: _give_names}, {2: _give_tags}, {1: _give_names, 3: _give_tags}])
def test_a_new_number_without_a_way_from_each_old_one_is_not_declared(upcasters):
    with pytest.raises(ValueError, match="upcaster"):
        Lasting("tests.other", 3, upcasters)


def test_one_name_is_declared_once():
    with pytest.raises(ValueError, match="declared already"):
        lasting(PAPER.name)


def test_one_value_has_one_byte_form():
    assert canonical_json({"b": 1, "a": "电"}) == '{"a":"电","b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))
