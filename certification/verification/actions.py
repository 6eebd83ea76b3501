"""A look-up by a stranger: counted, audited, then answered."""

from sqlalchemy import func, select

from certification.certificates.rules.names import folded
from certification.verification import queries
from certification.verification.errors import TooManyLookups, TooManyMisses, TooManyMissesOfName
from certification.verification.queries import PublicCertificate
from certification.verification.rules import (
    BY_CODE_AT_MOST,
    BY_NUMBER_AT_MOST,
    DAY,
    MINUTE,
    MISSES_OF_CLIENT_AT_MOST,
    MISSES_OF_NAME_AT_MOST,
    counted_address,
    typed_lookup,
)
from kernel.errors import Refused
from kernel.ids import new_id
from kernel.work import OPEN_TO_ALL, Work, action

NAME = "certification.certificate_looked_up"
NOTED = "noted"
REFUSALS: dict[str, type[Refused]] = {
    "too_often": TooManyLookups,
    "client_missed": TooManyMisses,
    "name_missed": TooManyMissesOfName,
}


@action(needs=OPEN_TO_ALL)
def look_up_code(work: Work, code: str, *, address: str) -> PublicCertificate | None:
    """The certificate behind a scanned code; None when no certificate has it.

    Raises:
        TooManyLookups: when this address asks too often.
    """
    found = queries.public_certificate(work, code)
    _note(work, kind="code", address=address, at_most=BY_CODE_AT_MOST, codes=[found.public_code] if found else [])
    return found


@action(needs=OPEN_TO_ALL)
def look_up_number(work: Work, *, number: str, name: str, address: str) -> list[PublicCertificate]:
    """The certificates with this number and name; empty when there is none.

    Raises:
        LookupUnusable: when the number or the name cannot be looked up at all.
        TooManyLookups, TooManyMisses: when this address asks too often, or missed too often.
        TooManyMissesOfName: when too many numbers were tried with this name, from wherever.
    """
    canonical_number, canonical_name = typed_lookup(number, name)
    found = queries.public_certificates_named(work, canonical_number, canonical_name)
    codes = [certificate.public_code for certificate in found]
    _note(work, kind="number", address=address, at_most=BY_NUMBER_AT_MOST, codes=codes, name=canonical_name)
    return found


def _note(work: Work, *, kind: str, address: str, at_most: int, codes: list[str], name: str | None = None) -> None:
    """Count and audit the look-up. The public role writes no table but the audit, so a database function counts.

    Address and name are kept only as keyed digests: enough to see a flood, not a list of who was where or was sought.
    """
    client = _digest(work, b"client " + counted_address(address).encode())
    said = work.session.scalars(
        select(
            func.certification.note_lookup(
                new_id(),
                work.now,
                client,
                kind,
                _digest(work, b"name " + folded(name).encode()) if name else None,
                not codes,
                work.now - MINUTE,
                at_most,
                work.now - DAY,
                MISSES_OF_CLIENT_AT_MOST,
                MISSES_OF_NAME_AT_MOST,
            )
        )
    ).one()
    if said != NOTED:
        raise REFUSALS[said]
    work.note(NAME, kind=kind, codes=codes, client=client.hex())


def _digest(work: Work, what: bytes) -> bytes:
    return work.keys.lookups.mac(what).value[:16]
