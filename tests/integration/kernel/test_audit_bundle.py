"""What an outsider can tell of the audit, with a bundle and one public key in the hand."""

import json

import pytest

from kernel.actor import ANYONE
from kernel.audit import bundle
from kernel.audit.bundle import Check, NoBundle, lines_of
from kernel.faces import Face
from kernel.ids import new_id
from kernel.keys import PublicKey
from kernel.lasting import FormatUnknown
from kernel.tables import LinkState
from tests.integration.kernel.conftest import seal

SUBJECT = new_id()


@pytest.fixture
def lines(sealed):
    """The bundle of an audit of a few rows; one of them is disclosed."""
    with sealed.transaction(ANYONE, Face.EXAMINATION) as work:
        work.note("tests.decided", subject=SUBJECT, score=79)
    seal(sealed)
    return written(sealed, about=[SUBJECT])


def written(place, **given):
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        return list(lines_of(reading.session, site="main", **given))


@pytest.fixture
def trusted(workplace):
    return workplace.keys(Face.REGISTRY).public_halves


def read(lines, trusted, seen=None):
    return Check(trusted, seen or {}).read(lines)


def faults(lines, trusted, seen=None):
    return {each.sentence for each in read(lines, trusted, seen).faults}


def places(lines, what):
    return [number for number, line in enumerate(lines) if what in json.loads(line)]


def changed(lines, number, change):
    """The bundle with what stands in one line replaced."""
    ((what, value),) = json.loads(lines[number]).items()
    return [*lines[:number], json.dumps({what: change(value)}), *lines[number + 1 :]]


def test_a_true_bundle_has_no_fault_and_shows_only_what_was_disclosed(lines, trusted):
    report = read(lines, trusted)
    assert report.faults == []
    assert (report.until, report.disclosed) == (8, 1)
    assert '"score":79' in json.loads(lines[places(lines, "row")[0]])["row"][1]
    assert "tests.happened" not in "".join(lines)


def test_who_trusts_another_key_believes_nothing(lines):
    other = PublicKey("ed25519", b"\1" * 32)
    assert faults(lines, {other.id: other}) == {bundle.UNSIGNED}


def test_a_link_that_was_altered_taken_out_or_put_in_is_found(lines, trusted):
    second = places(lines, "link")[1]
    other = changed(lines, second, lambda link: [*link[:4], "00" * 32])
    assert bundle.DIFFERS in faults(other, trusted)
    assert bundle.BROKEN in faults(lines[:second] + lines[second + 1 :], trusted)
    assert bundle.BROKEN in faults([*lines[:second], lines[second], *lines[second:]], trusted)


def test_a_disclosed_row_that_says_something_else_is_found(lines, trusted):
    row = places(lines, "row")[0]
    other = changed(lines, row, lambda value: [value[0], value[1].replace("79", "80")])
    assert faults(other, trusted) == {bundle.OTHER_ROW}


def test_an_end_that_was_cut_off_is_found_by_who_noted_a_digest(lines, trusted):
    points = [json.loads(lines[number])["checkpoint"] for number in places(lines, "checkpoint")]
    noted = {points[-1]["position"]: points[-1]["digest"].upper()}
    assert faults(lines, trusted, noted) == set()
    cut = lines[: places(lines, "checkpoint")[-2] + 1]
    assert faults(cut, trusted) == set()
    assert faults(cut, trusted, noted) == {bundle.NOT_SEEN}
    assert faults(lines[: places(lines, "checkpoint")[-1]], trusted) == {bundle.NO_END}


def test_a_bundle_of_what_came_later_goes_on_from_the_digest_of_the_one_before(sealed, lines, trusted):
    later = written(sealed, after=6)
    report = read(later, trusted, {6: json.loads(later[0])["bundle"]["digest"]})
    assert report.faults == []
    assert (report.after, report.until) == (6, 8)


def test_what_was_refused_or_taken_away_is_said_to_outsiders_too(sealed, trusted, database_superuser):
    with sealed.transaction(ANYONE, Face.PUBLIC) as work:
        work.note("tests.happened", number=6)
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '6'")
    seal(sealed)
    assert faults(written(sealed), trusted) == {bundle.SAID[LinkState.MISSING]}


@pytest.mark.parametrize(
    "line",
    ["", "[]", "nonsense", '{"link": 1}', '{"other": 1}', '{"link": [2, "learning", 1, "odd", ""]}', "[" * 99_999],
)
def test_what_is_no_bundle_is_refused_by_its_line(lines, trusted, line):
    with pytest.raises(NoBundle, match="Line 3"):
        read([*lines[:2], line], trusted)


def test_a_bundle_without_its_head_or_of_a_later_layout_is_refused(lines, trusted):
    with pytest.raises(NoBundle, match="Line 1"):
        read(lines[1:], trusted)
    with pytest.raises(FormatUnknown):
        read(changed(lines, 0, lambda head: {**head, "format": 9}), trusted)
