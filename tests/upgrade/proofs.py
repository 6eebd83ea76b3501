"""What has to hold of an installation: its audit is whole, its papers draw again, its certificates are genuine."""

from collections.abc import Iterator
from uuid import UUID

from certification.certificates.queries import certificate
from certification.verification.queries import public_certificate
from host.commands import papers
from host.commands.files import verified_all
from kernel.actor import platform
from kernel.faces import Face
from kernel.files.verifying import Fault
from kernel.ledger import public_keys
from kernel.store import FILE_PURPOSES
from kernel.walk import Walk
from kernel.work import Workplace
from tests.upgrade.dumps import LEFT_OUT_FROM_BYTES
from tests.upgrade.story import Kept, counts

ACTOR = platform("upgrade")


def faults(workplace: Workplace, kept: Kept) -> Iterator[str]:
    """Everything that does not hold, a sentence each."""
    for what, count in counts(workplace).items():
        if count < kept.counts[what]:
            yield f"{what}: {count} where there were {kept.counts[what]}"
    for proof in PROOFS:
        yield from proof(workplace, kept)


def audit_is_whole(workplace: Workplace, kept: Kept) -> Iterator[str]:
    settings = workplace.settings
    with workplace.reading(ACTOR, Face.REGISTRY) as reading:
        keys = public_keys(reading.session, reading.keys)
        walk = Walk(reading.session, settings.keys_folder, keys, settings.witness)
        found = [each.sentence % each.data for each in walk.findings()]
    yield from (f"audit: {sentence}" for sentence in found)
    if walk.rows < kept.counts["audit"]:
        yield f"audit: {walk.rows} rows were walked where there were {kept.counts['audit']}"


def papers_draw_again(workplace: Workplace, kept: Kept) -> Iterator[str]:
    for sitting in map(UUID, kept.over):
        drawn = papers.verified(workplace, sitting, with_audit=True)
        evidence = papers.compared(workplace, sitting, with_audit=True)
        if not drawn.count or not evidence.count:
            yield f"sitting {sitting}: there is nothing to verify"
        yield from (f"sitting {sitting}: {each}" for each in (*drawn.differences, *evidence.differences))


def certificates_are_genuine(workplace: Workplace, kept: Kept) -> Iterator[str]:
    for state, identity in kept.certificates.items():
        with workplace.reading(ACTOR, Face.REGISTRY) as reading:
            row = certificate(reading, UUID(identity))
        with workplace.reading(ACTOR, Face.PUBLIC) as reading:
            shown = public_certificate(reading, row.public_code)
        if not row.is_genuine:
            yield f"certificate {state}: its facts are not what the registry signed"
        if shown is None or not shown.is_genuine:
            yield f"certificate {state}: strangers cannot verify it"


def files_are_whole(workplace: Workplace, kept: Kept) -> Iterator[str]:
    """All but films and portraits of the demonstration, which would be most of what is kept with a release."""
    looked_at = 0
    for purpose in FILE_PURPOSES.values():
        total, faulty = verified_all(workplace, purpose)
        looked_at += total
        for each in faulty:
            if not (each.fault is Fault.GONE and each.file.size >= LEFT_OUT_FROM_BYTES):
                yield f"{purpose.name} {each.file.digest.hex()}: {each.fault}"
    if looked_at < len(kept.certificates):
        yield f"only {looked_at} files are known"


PROOFS = (audit_is_whole, papers_draw_again, certificates_are_genuine, files_are_whole)
