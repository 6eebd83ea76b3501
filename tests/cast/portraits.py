"""Photos of invented people, as they are kept."""

from people.accounts.formats import IdentityPhoto, identity_photo
from people.accounts.rules import Sex
from people.demonstration.formats import portrait


def photo_of(seed: str, sex: Sex = Sex.MALE, age: int = 35) -> IdentityPhoto:
    """Drawn with free hands: before the work in which it is kept."""
    return identity_photo(portrait(seed, sex, age))
