"""`anpei stand-in` at a practical: what the tour leaves to it is done, every sheet and every signature."""

from contextlib import ExitStack
from datetime import timedelta

from exams.practicals import actions, queries
from exams.practicals.rules import Mode
from exams.standards.rules import Part
from host.commands.stand_in.practical import do_practical
from host.commands.stand_in.visit import Visit
from kernel.faces import Face
from tests.cast.practical_sitting import Preparation
from tests.cast.site import Site

PEOPLE = ("tang", "liang", "zhang")
DEEDS = ("complete", "signed")


def test_stand_ins_complete_and_sign_every_sheet_that_is_done_by_hand(site: Site):
    office = Preparation(site)
    office.trained()
    office.theory_passed()
    sitting, _ = office.opened(Part.PRACTICAL, "tang", "liang")
    office.do(office.he, actions.open_practicals, sitting)
    site.workplace.clock.skip(timedelta(seconds=2))
    with site.workplace.reading(office.he, Face.EXAMINATION) as reading:
        [practical] = queries.practicals(reading).rows
    office.do(office.he, actions.draw_items, practical.id)
    with ExitStack() as visits:
        people = [visits.enter_context(Visit.of(who, site.url)) for who in PEOPLE]
        done = do_practical(people)
        assert do_practical(people) == []
    with site.workplace.reading(office.he, Face.EXAMINATION) as reading:
        practical = queries.practical(reading, practical.id)
    by_hand = [subject for subject, state in practical.items.items() if state.item.mode is not Mode.SIMULATION]
    assert len(by_hand) >= len(practical.items) - 1
    expected = [f"{who}: sheet {subject} {deed}." for subject in by_hand for who in PEOPLE[:2] for deed in DEEDS]
    expected += [f"zhang: {subject} seen and signed." for subject in by_hand]
    assert sorted(done) == sorted(expected)
    assert practical.signed_items == len(by_hand)
