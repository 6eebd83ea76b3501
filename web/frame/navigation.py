"""Where a signed-in person can go, put together from what each package of web/ offers.

A host may have some of the faces only. What stands on another is left out, or linked at the address where that face is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kernel.faces import Face


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place in the menu.

    Args:
        at: where it stands among the places of all packages: a hundred for each group of places, ten for each place, so
            that there is room between two of them.
        title, section: message ids.
        icon: the name of one of Tabler's outline icons.
        needs: a permission, or None for everybody who has signed in.
    """

    at: int
    title: str
    href: str
    icon: str
    section: str = ""
    needs: Any = None


def assembled(*packages: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of all packages in the order in which they are shown."""
    return tuple(sorted((entry for entries in packages for entry in entries), key=lambda entry: entry.at))


@dataclass(frozen=True, slots=True)
class Reach:
    """Which addresses lead somewhere from this host.

    Args:
        screens: the face on which the addresses that begin so stand; what no face claims is at every door.
        hosted: the faces of this process.
        addresses: where faces are that stand elsewhere, as far as this host was told.
    """

    screens: Mapping[str, Face] = field(default_factory=dict)
    hosted: frozenset[Face] = frozenset(Face)
    addresses: Mapping[Face, str] = field(default_factory=dict)

    def to(self, path: str) -> str | None:
        """`path` if it is served here, its whole address if another host is known to serve it, else None."""
        face = self.screens.get("/" + path.lstrip("/").partition("/")[0].partition("?")[0])
        if face is None or face in self.hosted:
            return path
        elsewhere = self.addresses.get(face)
        return elsewhere.rstrip("/") + path if elsewhere else None


def entries_for(actor: Any, entries: Iterable[Entry], reach: Reach) -> tuple[Entry, ...]:
    """The places that `actor` may enter from here; nothing for a visitor who has not signed in."""
    if actor is None or actor.account_id is None:
        return ()
    open_ones = (entry for entry in entries if entry.needs is None or actor.may(entry.needs))
    reached = ((entry, reach.to(entry.href)) for entry in open_ones)
    return tuple(replace(entry, href=href) for entry, href in reached if href)


def is_current(entry: Entry, path: str) -> bool:
    """Whether `path` lies at or under the entry's address."""
    return path == entry.href or (entry.href != "/" and path.startswith(f"{entry.href}/"))
