"""An organisation that applies for itself: what it says, how often a stranger may ask, how long a proof holds. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from people.organisations.rules.employments import OrganisationKind

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MOST_OF_PHONE: Final = 5  # codes a day
MOST_OF_CLIENT: Final = 60  # an address may stand for a whole office block
MOST_OF_DEVICE: Final = 10
MOST_TRIES: Final = 5
PROOF_HOLDS: Final = timedelta(hours=2)
MOST_CONTACT: Final = 100
KINDS: Final = (OrganisationKind.ENTERPRISE, OrganisationKind.TRAINING_PROVIDER, OrganisationKind.EXAM_CENTRE)


class ApplicationState(StrEnum):
    """How it stands with an application."""

    HANDED_IN = "handed_in"
    ADMITTED = "admitted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What an organisation says of itself."""

    kind: OrganisationKind
    name: str
    credit_code: str
    region: str
    trade: str | None
    contact: str
