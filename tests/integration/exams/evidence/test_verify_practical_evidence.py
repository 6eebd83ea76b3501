"""Score sheets, signatures and outcomes that were changed afterwards are found."""

import pytest
from psycopg.types.json import Jsonb

from exams.evidence import queries
from exams.evidence.rules import Reason
from exams.practicals.rules import Deed, Ending, Step
from host.commands import papers as command
from tests.integration.exams.evidence.conftest import compared, forge_result
from tests.integration.exams.practicals.conftest import Practicals, simulated

pytestmark = pytest.mark.usefixtures("low_voltage_bank")


@pytest.fixture
def practical(workplace) -> Practicals:
    found = simulated(workplace)
    line = found.practical.items["K1"].item.lines[0]
    found.score("K1", Step(Deed.DEDUCT, line.code, line.deductions[0].code))
    found.sign("K1")
    for subject in ("K2", "K3", "K4"):
        found.score(subject)
        found.sign(subject)
    found.close()
    found.office.release(found.sitting_id)
    found.seal()
    return found


def test_an_honest_practical_shows_no_difference(practical):
    assert compared(practical.office.workplace, practical.sitting_id) == []


def test_a_deduction_taken_back_behind_the_examiners_back_is_found(practical, intruder):
    intruder.execute(
        "DELETE FROM exams.practical_steps WHERE practical_id = %s AND subject = 'K1' AND number = 1", [practical.id]
    )
    number = practical.practical.admission_number
    item = practical.practical.items["K1"].item.code
    found = command.compared(practical.office.workplace, practical.sitting_id, with_audit=True).differences
    assert (Reason.SHEET_ALTERED, number, item) in [(it.reason, it.admission_number, it.detail) for it in found]
    assert (Reason.RESULT_ALTERED, number) in [(it.reason, it.admission_number) for it in found]


def test_a_sheet_changed_together_with_its_signatures_is_found_by_the_audit(practical, intruder):
    intruder.execute(
        "DELETE FROM exams.practical_steps WHERE practical_id = %s AND subject = 'K1' AND number = 1", [practical.id]
    )
    look = practical.office.look
    kept = look(queries.kept_of, practical.practical.registration_id).practical
    intruder.execute(
        "UPDATE exams.practical_signatures SET digest = %s WHERE practical_id = %s AND subject = 'K1'",
        [kept.sheets[practical.practical.items["K1"].item.code], practical.id],
    )
    total, _vetoed, passed = kept.again
    intruder.execute(
        "UPDATE exams.practical_outcomes SET total = %s, is_passed = %s WHERE practical_id = %s",
        [total, passed, practical.id],
    )
    forge_result(intruder, "reference_id", practical.id, total, passed=passed)
    workplace, number = practical.office.workplace, practical.practical.admission_number
    assert compared(workplace, practical.sitting_id, with_audit=False) == []
    found = compared(workplace, practical.sitting_id)
    for reason in (Reason.SHEET_ALTERED, Reason.SIGNATURE_ALTERED, Reason.OUTCOME_ALTERED, Reason.RELEASE_ALTERED):
        assert (reason, number) in found


def test_a_raised_outcome_is_found(practical, intruder):
    intruder.execute("UPDATE exams.practical_outcomes SET total = 100 WHERE practical_id = %s", [practical.id])
    number = practical.practical.admission_number
    assert set(compared(practical.office.workplace, practical.sitting_id)) == {(Reason.OUTCOME_ALTERED, number)}


def test_a_refusal_turned_into_a_signature_is_found(practical, intruder):
    intruder.execute(
        "UPDATE exams.practical_signatures SET is_refusal = true WHERE practical_id = %s AND subject = 'K2' "
        "AND signer = 'candidate'",
        [practical.id],
    )
    number = practical.practical.admission_number
    assert (Reason.SIGNATURE_ALTERED, number) in compared(practical.office.workplace, practical.sitting_id)


def test_sheets_that_cannot_be_read_any_more_are_said_and_hide_nobody_else(practical, intruder):
    intruder.execute(
        "UPDATE exams.practical_steps SET content = '{}' WHERE practical_id = %s AND subject = 'K1' AND number = 1",
        [practical.id],
    )
    found = compared(practical.office.workplace, practical.sitting_id)
    assert [reason for reason, _ in found] == [Reason.UNREADABLE]


@pytest.mark.parametrize("ending", list(Ending))
def test_a_sitting_with_an_ended_practical_is_compared_like_any_other(workplace, ending):
    sitting = simulated(workplace)
    sitting.score("K1")
    sitting.sign("K1")
    sitting.end(ending)
    sitting.close()
    sitting.office.release(sitting.sitting_id)
    sitting.seal()
    assert compared(workplace, sitting.sitting_id) == []


def test_practicals_that_the_first_version_audited_are_compared_by_what_it_told(practical, intruder):
    """It wrote the points into the audit and no digest."""
    whole = practical.practical.outcome
    facts = {"total": str(whole.total), "pass_mark": str(whole.pass_mark), "is_vetoed": False, "is_passed": True}
    intruder.execute(
        "UPDATE kernel.audit SET facts = (facts - 'outcome_digest') || %s "
        "WHERE subject = %s AND name = 'exams.practical_finished'",
        [Jsonb(facts | {"is_passed": whole.is_passed}), practical.id],
    )
    workplace, number = practical.office.workplace, practical.practical.admission_number
    assert compared(workplace, practical.sitting_id) == []
    intruder.execute("UPDATE exams.practical_outcomes SET total = 99 WHERE practical_id = %s", [practical.id])
    assert (Reason.OUTCOME_ALTERED, number) in compared(workplace, practical.sitting_id)
