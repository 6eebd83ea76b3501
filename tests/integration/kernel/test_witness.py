"""The outside witness of the audit: what it has seen, and what happens while it is away."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from host.wiring.kernel import seal_audit
from kernel import walk
from kernel.actor import ANYONE, platform
from kernel.faces import Face
from kernel.ledger import public_keys
from kernel.logs import Reminder
from kernel.witness import WitnessContradicts, WitnessMissing, begin_witness
from kernel.work import Workplace
from tests.integration.kernel.conftest import findings, seal, show


def test_a_kill_in_the_middle_of_a_line_stops_neither_witness_nor_check(sealed, witness):
    whole = witness.read_bytes()
    for cut in (1, 30, 64, 66):
        witness.write_bytes(whole[:-cut])
        assert findings(sealed, witness) == []
        show(sealed, witness)
        assert witness.read_bytes() == whole


def test_the_witness_is_told_each_checkpoint_once(sealed, witness):
    whole = witness.read_bytes()
    assert [line.split()[0] for line in whole.splitlines()] == [b"6", b"7"]
    show(sealed, witness)
    assert witness.read_bytes() == whole


def test_a_witness_that_was_removed_is_missed(sealed, witness):
    witness.unlink()
    assert findings(sealed, witness) == [WitnessMissing.sentence]


def test_a_witness_cut_together_with_the_chain_is_found_when_the_sealer_has_gone_on(
    sealed, witness, database_superuser
):
    """The file is cut to fit a cut chain; what is sealed afterwards shows that the witness looks away."""
    witness.write_text(witness.read_text().splitlines(keepends=True)[0])
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    seal(sealed)
    assert findings(sealed, witness) == [walk.UNWITNESSED]


def test_the_newest_checkpoint_is_shown_the_next_time(sealed, witness):
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    seal(sealed)
    assert findings(sealed, witness) == []


def test_a_removed_witness_is_not_made_anew_in_silence(sealed, witness, capsys):
    witness.unlink()
    with pytest.raises(WitnessMissing):
        show(sealed, witness)
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
        seal_audit(work, witness=witness, reminder=Reminder())
    assert "has no witness" in capsys.readouterr().out
    assert not witness.exists()
    assert findings(sealed, witness) == [WitnessMissing.sentence]
    assert findings(sealed, None) == []


@contextmanager
def disk_that_takes_nothing(kept: Path) -> Iterator[None]:
    """No file of this process grows beyond what is in `kept` now."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kept.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_while_the_witness_takes_nothing_sealing_goes_on_with_one_alarm(sealed, witness, capsys):
    reminder = Reminder()
    with disk_that_takes_nothing(witness):
        for number in range(6, 10):
            with sealed.transaction(ANYONE, Face.LEARNING) as work:
                work.note("tests.happened", number=number)
            with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
                seal_audit(work, witness=witness, reminder=reminder)
    assert capsys.readouterr().out.count("the audit has no witness") == 1
    assert findings(sealed, witness) == [walk.UNWITNESSED]
    assert faults_at_the_end(sealed, witness) == [walk.UNWITNESSED]
    show(sealed, witness)
    assert findings(sealed, witness) == faults_at_the_end(sealed, witness) == []


def faults_at_the_end(workplace: Workplace, witness: Path) -> list[str]:
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        known = public_keys(reading.session, reading.keys)
        return [each.sentence for each in walk.faults_at_the_end(reading.session, known, witness)]


def test_a_missing_witness_is_missed_once_however_much_is_sealed_meanwhile(sealed, witness, capsys):
    witness.unlink()
    reminder = Reminder()
    for number in range(6, 9):
        with sealed.transaction(ANYONE, Face.LEARNING) as work:
            work.note("tests.happened", number=number)
        with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
            seal_audit(work, witness=witness, reminder=reminder)
    assert capsys.readouterr().out.count("the audit has no witness") == 1


def test_after_a_cut_that_the_witness_saw_nothing_is_sealed(sealed, owner, witness):
    owner.execute("DELETE FROM kernel.audit_checkpoints WHERE position = 7")
    owner.execute("DELETE FROM kernel.audit_chain WHERE position = 7")
    with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
        seal_audit(work, witness=witness, reminder=Reminder())
    with pytest.raises(WitnessContradicts):
        show(sealed, witness)
    assert findings(sealed, witness) == [walk.CUT]


def test_a_new_witness_is_begun_knowingly_and_the_old_one_is_kept(sealed, owner, witness):
    owner.execute("DELETE FROM kernel.audit_checkpoints WHERE position = 7")
    owner.execute("DELETE FROM kernel.audit_chain WHERE position = 7")
    seen = witness.read_text()
    with sealed.reading(ANYONE, Face.REGISTRY) as reading:
        assert begin_witness(reading.session, witness) == 6
    assert findings(sealed, witness) == []
    assert witness.with_name("witness.log.1").read_text() == seen
