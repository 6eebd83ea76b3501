"""Preparing, confirming and cancelling. Each asks for the permission of the deed that it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from kernel.because import because
from kernel.errors import N_, Forbidden
from kernel.ids import new_id
from kernel.locks import hold
from kernel.two_people import queries
from kernel.two_people.deeds import DEEDS, Arguments, Deed
from kernel.two_people.errors import ChangedMeanwhile, PreparedAlready
from kernel.two_people.events import DeedCancelled, DeedConfirmed, DeedLapsed, DeedPrepared, DeedSigned
from kernel.two_people.rules import SHORTEST_REASON, How, Prepared, Signature, require_person
from kernel.two_people.tables import EndRecord, PreparedRecord, SignatureRecord
from kernel.work import OPEN_TO_ALL, PLATFORM_ONLY, Work, action

SAY_WHY = N_("Say in a sentence why this is cancelled.")


@action(needs=OPEN_TO_ALL)  # each deed has its own permission, which is asked for first
def prepare(work: Work, name: str, arguments: Arguments) -> UUID:
    """Have a deed wait for another person's confirmation; the id of what was prepared.

    Raises:
        Forbidden, NotAPerson, PreparedAlready, and whatever the deed itself would raise now.
    """
    deed = _deed(work, name)
    person = require_person(work.actor.person_id)
    foreseen = deed.foresee(work, arguments)
    hold(work.session, f"kernel.two_people/{name}/{foreseen.about}")
    known = queries.prepared_about(work, name, foreseen.about)
    if known is not None:
        raise PreparedAlready(name=known.preparer.name)
    record = PreparedRecord(
        id=new_id(),
        role=work.face.role,
        deed=name,
        about=foreseen.about,
        arguments=deed.layout.written(arguments),
        says=[sentence.as_json() for sentence in foreseen.says],
        digest=foreseen.digest,
        signatures=foreseen.signatures,
        prepared_by=person,
        account_id=work.actor.account_id,
        name=work.actor.name,
        prepared_at=work.now,
        until=work.now + deed.listed.within,
    )
    work.session.add(record)
    work.session.flush()
    work.announce(
        DeedPrepared(
            prepared_id=record.id,
            deed=name,
            about=record.about,
            digest=record.digest.hex(),
            signatures=record.signatures,
            until=record.until,
        )
    )
    return record.id


@action(needs=OPEN_TO_ALL)
def confirm(work: Work, prepared_id: UUID) -> Prepared:
    """Stand for what another has prepared; the last signature does it. What it was before is returned.

    Raises:
        NoSuchPreparedDeed, Forbidden, NotAPerson, PreparedByYou, SignedByYou, ConfirmedAlready, CancelledAlready,
        Lapsed, ChangedMeanwhile, and whatever the deed itself raises now.
    """
    known = _alone_with(work, prepared_id)
    deed = _deed(work, known.deed)
    known.require_waiting(work.now)
    person = known.require_another(work.actor.person_id)
    record = work.session.get_one(PreparedRecord, prepared_id)
    arguments = deed.layout.read(record.arguments)
    if deed.foresee(work, arguments).digest != record.digest:
        raise ChangedMeanwhile
    _sign(work, prepared_id, person)
    if known.missing > 1:
        work.announce(DeedSigned(prepared_id=known.id, deed=known.deed, about=known.about, missing=known.missing - 1))
        return known
    _end(work, prepared_id, How.CONFIRMED)
    with _in_confirmation(work, deed):
        deed.do(work, arguments, known)
    _announce_confirmed(work, known, record.digest)
    return known


@action(needs=OPEN_TO_ALL)
def cancel(work: Work, prepared_id: UUID, *, reason: str) -> Prepared:
    """Whoever may do the deed may also stop it, the preparer as well as another.

    Raises:
        NoSuchPreparedDeed, Forbidden, NotAPerson, ReasonMissing, ConfirmedAlready, CancelledAlready, Lapsed.
    """
    known = _alone_with(work, prepared_id)
    _deed(work, known.deed)
    require_person(work.actor.person_id)
    known.require_waiting(work.now)
    said = because(reason, SAY_WHY, least=SHORTEST_REASON)
    _end(work, prepared_id, How.CANCELLED, because=said)
    work.announce(DeedCancelled(prepared_id=known.id, deed=known.deed, about=known.about, because=said))
    return known


@action(needs=PLATFORM_ONLY)
def lapse(work: Work) -> None:
    """Write down what nobody confirmed in time. It could not be confirmed any more before that either."""
    for record in queries.records_to_lapse(work):
        hold(work.session, f"kernel.two_people/{record.id}")
        if work.session.get(EndRecord, record.id) is None:
            _end(work, record.id, How.LAPSED)
            work.announce(DeedLapsed(prepared_id=record.id, deed=record.deed, about=record.about))


def _deed(work: Work, name: str) -> Deed:
    deed = DEEDS[name]
    if not work.actor.may(deed.needs) or work.face is not deed.face:
        raise Forbidden
    return deed


def _alone_with(work: Work, prepared_id: UUID) -> Prepared:
    """Of two who confirm or cancel at once, the second finds what the first did. Raises NoSuchPreparedDeed."""
    hold(work.session, f"kernel.two_people/{prepared_id}")
    return queries.prepared(work, prepared_id)


def _sign(work: Work, prepared_id: UUID, person_id: UUID) -> None:
    signature = SignatureRecord(
        prepared_id=prepared_id,
        person_id=person_id,
        account_id=work.actor.account_id,
        name=work.actor.name,
        signed_at=work.now,
    )
    work.session.add(signature)
    work.session.flush()


def _end(work: Work, prepared_id: UUID, how: How, *, because: str = "") -> None:
    end = EndRecord(
        prepared_id=prepared_id,
        how=how,
        person_id=work.actor.person_id,
        name="" if how is How.LAPSED else work.actor.name,
        because=because,
        ended_at=work.now,
    )
    work.session.add(end)
    work.session.flush()


@contextmanager
def _in_confirmation(work: Work, deed: Deed) -> Iterator[None]:
    work.in_confirmation = deed.name
    try:
        yield
    finally:
        work.in_confirmation = None


def _announce_confirmed(work: Work, known: Prepared, digest: bytes) -> None:
    people: list[Signature] = [*known.signers, _own_signature(work, work.now)]
    work.announce(
        DeedConfirmed(
            prepared_id=known.id,
            deed=known.deed,
            about=known.about,
            digest=digest.hex(),
            prepared_at=known.preparer.at,
            people=tuple(each.person_id for each in people),
            names=tuple(each.name for each in people),
        )
    )


def _own_signature(work: Work, at: datetime) -> Signature:
    return Signature(require_person(work.actor.person_id), work.actor.name, at)
