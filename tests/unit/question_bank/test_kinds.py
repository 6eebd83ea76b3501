"""What holds for every kind of question, whoever adds one."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.chance import Chance
from kernel.lasting import canonical_json
from question_bank.kinds import KINDS
from question_bank.kinds.protocol import MOST_BYTES, Faults
from tests.cast.specimens import SPECIMENS

LIGHT = settings(max_examples=40, deadline=None)
SEEDS = st.integers(min_value=0, max_value=2**256 - 1)

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
contents = st.deferred(lambda: st.one_of([st.tuples(st.just(code), it.contents) for code, it in SPECIMENS.items()]))


@LIGHT
@given(contents)
def test_a_usable_content_has_no_fault(made):
    code, content = made
    assert list(KINDS[code].faults(content)) == []


@LIGHT
@given(contents)
def test_what_is_written_is_what_is_read(made):
    code, content = made
    fields = json.loads(canonical_json(KINDS[code].write(content)))
    assert KINDS[code].read(fields) == content


@LIGHT
@given(contents)
def test_bytes_of_another_format_are_not_guessed_at(made):
    code, content = made
    kind = KINDS[code]
    with pytest.raises(ValueError, match=f"format {kind.format + 1}"):
        kind.read(kind.write(content) | {"format": kind.format + 1})


@LIGHT
@given(contents)
def test_the_form_gives_back_what_filled_it_in(made):
    code, content = made
    kind = KINDS[code]
    faults: Faults = {}
    assert kind.take(kind.from_form(kind.to_form(content)), faults) == content
    assert faults == {}


@LIGHT
@given(contents, SEEDS)
def test_the_same_chance_lays_it_out_the_same(made, seed):
    code, content = made
    shown, layout = KINDS[code].present(content, Chance(seed))
    assert KINDS[code].present(content, Chance(seed)) == (shown, layout)
    assert json.loads(canonical_json(layout)) == layout
    assert json.loads(canonical_json(shown)) == shown


@LIGHT
@given(contents, SEEDS)
def test_the_right_answer_earns_everything_however_it_is_laid_out(made, seed):
    code, content = made
    kind = KINDS[code]
    layout = kind.lay_out(content, Chance(seed))
    answer = kind.right(content, layout)
    assert kind.fits(kind.shape(content), answer)
    assert kind.fraction(content, layout, answer) == 1
    assert kind.fraction(content, layout, json.loads(canonical_json(answer))) == 1
    assert len(canonical_json(answer)) <= MOST_BYTES


@LIGHT
@given(contents, SEEDS, st.data())
def test_whatever_fits_earns_something_from_nothing_to_everything(made, seed, data):
    code, content = made
    kind = KINDS[code]
    layout = kind.lay_out(content, Chance(seed))
    answer = data.draw(SPECIMENS[code].fitting(kind.shape(content)))
    assert kind.fits(kind.shape(content), answer)
    fraction = kind.fraction(content, layout, answer)
    assert isinstance(fraction, Decimal)
    assert 0 <= fraction <= 1
    assert fraction == kind.fraction(content, layout, answer)


@LIGHT
@given(contents, SEEDS, st.data())
def test_what_does_not_fit_is_refused_and_earns_nothing(made, seed, data):
    code, content = made
    kind = KINDS[code]
    answer = data.draw(st.sampled_from(SPECIMENS[code].UNFITTING))
    assert not kind.fits(kind.shape(content), answer)
    assert kind.fraction(content, kind.lay_out(content, Chance(seed)), answer) == 0


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ABCDEF0.-", max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


@LIGHT
@given(contents, SEEDS, ANYTHING)
def test_no_json_breaks_the_marking(made, seed, answer):
    code, content = made
    kind = KINDS[code]
    fraction = kind.fraction(content, kind.lay_out(content, Chance(seed)), answer)
    assert 0 <= fraction <= 1
    if not kind.fits(kind.shape(content), answer):
        assert fraction == 0
    kind.explain(content, kind.in_bank_order(content), answer)


@LIGHT
@given(contents, SEEDS)
def test_a_candidate_cannot_tell_what_is_right(made, seed):
    """The same question with another key is laid out by the same chance alike, and can be shown just the same."""
    code, content = made
    kind = KINDS[code]
    layout = kind.lay_out(content, Chance(seed))
    other, relaid = SPECIMENS[code].rekeyed(content, layout)
    assert kind.right(other, relaid) != kind.right(content, layout)
    assert kind.lay_out(other, Chance(seed)) == layout
    assert kind.show(other, relaid) == kind.show(content, layout)
    assert kind.shape(other) == kind.shape(content)


@LIGHT
@given(contents)
def test_a_translation_changes_the_texts_and_nothing_else(made):
    code, content = made
    kind = KINDS[code]
    texts = {name: f"ug {text}" for name, text in kind.texts(content).items()}
    said = kind.say(content, texts)
    assert kind.texts(said) == texts
    assert kind.say(said, kind.texts(content)) == content
    layout = kind.in_bank_order(content)
    assert kind.right(said, layout) == kind.right(content, layout)
    assert kind.shape(said) == kind.shape(content)


@LIGHT
@given(contents)
def test_a_content_does_not_say_its_key_by_itself(made):
    code, content = made
    other, _ = SPECIMENS[code].rekeyed(content, KINDS[code].in_bank_order(content))
    assert repr(other) == repr(content)


@every_kind
def test_every_content_is_explained_with_and_without_an_answer(kind):
    faults: Faults = {}
    content = kind.take(SPECIMENS[kind.code].written(3), faults)
    assert faults == {}
    layout = kind.in_bank_order(content)
    plain = kind.explain(content, layout, None)
    assert plain.right or any(line.is_right for line in plain.lines)
    assert not plain.given
    assert not any(line.is_chosen for line in plain.lines)
    answered = kind.explain(content, layout, kind.right(content, layout))
    assert answered.given or any(line.is_chosen for line in answered.lines)


@every_kind
def test_every_kind_is_named_in_both_languages_and_numbered(kind):
    assert kind.names["zh"]
    assert kind.names["en"]
    assert kind.remark
    assert kind.format >= 1
    assert kind.method >= 1
    assert KINDS[kind.code] is kind
