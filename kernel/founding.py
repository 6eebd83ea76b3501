"""What an installation is: it counts, or it is a demonstration. Said once, first of all, and for ever.

Where the clock may be moved and invented people sign in, nothing may ever count; and what counts must never turn out to
have been played. So the very first row of the audit says which of the two this is, and no setting says otherwise.
"""

from enum import StrEnum

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from kernel.errors import N_, Problem
from kernel.settings import Settings
from kernel.tables import InstallationRecord
from kernel.work import PLATFORM_ONLY, Work, action

FOUNDED = "kernel.founded"


class Kind(StrEnum):
    """What an installation is for."""

    REAL = "real"
    DEMONSTRATION = "demonstration"


KIND_NAMES = {
    Kind.REAL: N_("a real installation"),
    Kind.DEMONSTRATION: N_("a demonstration"),
}


class OtherKind(Problem):
    sentence = N_(
        "This database was founded as %(founded)s and is started as %(started)s. It stays what it was founded as, for "
        "ever: set ANPEI_DEMONSTRATION accordingly, or begin with an empty database."
    )


class OtherSite(Problem):
    sentence = N_(
        "This database was founded by the site %(founded)s and is started as %(started)s: set ANPEI_SITE accordingly."
    )


def kind_of(settings: Settings) -> Kind:
    """As what this process is started."""
    return Kind.DEMONSTRATION if settings.demonstration else Kind.REAL


@action(needs=PLATFORM_ONLY)
def found(work: Work, kind: Kind) -> None:
    """Say what this installation is, where nothing says so yet. Nothing can be audited before."""
    if work.session.scalar(select(InstallationRecord.site)) is None:
        work.session.add(InstallationRecord(site=work.site, kind=kind.value, founded_at=work.now))
        work.note(FOUNDED, kind=kind.value)


def require_founded_as(session: Session | Connection, settings: Settings) -> None:
    """Have the process started as what the installation is. Raises OtherKind, OtherSite."""
    row = session.execute(select(InstallationRecord.site, InstallationRecord.kind)).one_or_none()
    if row is None:
        return  # which is said by whoever would write
    started = kind_of(settings)
    if row.kind != started:
        raise OtherKind(founded=KIND_NAMES[Kind(row.kind)], started=KIND_NAMES[started])
    if row.site != settings.site:
        raise OtherSite(founded=row.site, started=settings.site)
