"""The dated rules of certification, read once from the files that come with the program."""

from collections.abc import Mapping
from pathlib import Path

from certification.programmes.rules import Ban, Programme, ValidityRegime, read_ban, read_programme, read_regime
from kernel.authored import Authored, authored, read_once
from kernel.lasting import lasting
from kernel.law import Book

DATA = Path(__file__).resolve().parent.parent / "data"
LAYOUT = lasting("certification.dated_rules")


def dated_rules(name: str) -> Authored:
    """One file of certification's dated rules."""
    return authored(DATA / name, LAYOUT)


@read_once
def validity_regimes() -> Book[ValidityRegime]:
    """All regimes of validity, old ones included: certificates issued under them are still in circulation."""
    return dated_rules("validity.yaml").book("regimes", read=read_regime, about=lambda regime: regime.positions)


@read_once
def programmes() -> Book[Programme]:
    """All programmes, by position and date."""
    return dated_rules("programmes.yaml").book("programmes", read=read_programme, about=lambda each: each.positions)


@read_once
def bans() -> Mapping[str, Ban]:
    """The grounds of revocation and the bar on a new application that follows from each."""
    return {ban.ground: ban for ban in dated_rules("validity.yaml").entries("bans", read=read_ban)}


def regime_called(code: str) -> ValidityRegime:
    """The regime with this code; a certificate remembers the code of the one it was issued under."""
    return validity_regimes().coded(code)
