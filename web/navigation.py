"""Where a signed-in person can go. One table, in the order in which it is shown.

A host may have some of the faces only. What stands on another is left out, or linked at the address where that face is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kernel.errors import N_
from kernel.faces import Face
from people.access.rules import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place: `title` and `section` are message ids, `icon` a Tabler outline icon, `needs` a permission or None."""

    title: str
    href: str
    icon: str
    section: str = ""
    needs: Any = None


ENTRIES: tuple[Entry, ...] = (
    Entry(title=N_("Start"), href="/", icon="home"),
    Entry(title=N_("My learning"), href="/my-learning", icon="book", needs=Permission.LEARN),
    Entry(title=N_("My exams"), href="/registration", icon="clipboard-check", needs=Permission.OWN_REGISTRATION),
    Entry(title=N_("Exam room"), href="/exam-room", icon="armchair", needs=Permission.SIT_EXAMS),
    Entry(title=N_("My results"), href="/results", icon="chart-bar", needs=Permission.OWN_RESULTS),
    Entry(
        title=N_("Learners"), href="/enrolment", icon="school", section=N_("Training"), needs=Permission.SEE_LEARNERS
    ),
    Entry(title=N_("Staff"), href="/staff", icon="users", section=N_("Enterprise"), needs=Permission.KEEP_STAFF),
    Entry(
        title=N_("Import a staff list"),
        href="/staff-import",
        icon="file-import",
        section=N_("Enterprise"),
        needs=Permission.KEEP_STAFF,
    ),
    Entry(
        title=N_("Certificate office"),
        href="/issuing",
        icon="certificate",
        section=N_("Certificates"),
        needs=Permission.DECIDE_CERTIFICATES,
    ),
    Entry(
        title=N_("Who may work"),
        href="/board",
        icon="clipboard-check",
        section=N_("Enterprise"),
        needs=Permission.SEE_COMPLIANCE,
    ),
    Entry(
        title=N_("Separation"),
        href="/separation",
        icon="arrows-split-2",
        section=N_("Oversight"),
        needs=Permission.SEE_SEPARATION,
    ),
    Entry(
        title=N_("My certificates"),
        href="/my-certificates",
        icon="id-badge-2",
        section=N_("My own"),
        needs=Permission.OWN_CERTIFICATES,
    ),
    Entry(
        title=N_("Question bank"),
        href="/authoring",
        icon="books",
        section=N_("Questions"),
        needs=Permission.READ_QUESTIONS,
    ),
    Entry(
        title=N_("Exam office"),
        href="/exam-office",
        icon="calendar",
        section=N_("Examination"),
        needs=Permission.PLAN_SITTINGS,
    ),
    Entry(
        title=N_("Invigilation"),
        href="/invigilation",
        icon="layout-grid",
        section=N_("Examination"),
        needs=Permission.INVIGILATE,
    ),
    Entry(
        title=N_("Practicals"),
        href="/practical",
        icon="clipboard-list",
        section=N_("Examination"),
        needs=Permission.EXAMINE_PRACTICAL,
    ),
    Entry(
        title=N_("Practicals"),
        href="/practical",
        icon="clipboard-list",
        section=N_("Examination"),
        needs=Permission.ARRANGE_PRACTICAL,
    ),
    Entry(title=N_("My practical"), href="/my-practical", icon="clipboard-check", needs=Permission.OWN_PRACTICAL),
    Entry(
        title=N_("Practise: fire extinguisher"),
        href="/extinguisher-practice",
        icon="flame",
        needs=Permission.RUN_SIMULATION,
    ),
    Entry(
        title=N_("Accounts"),
        href="/accounts",
        icon="users",
        section=N_("Administration"),
        needs=Permission.OPEN_ACCOUNTS,
    ),
    Entry(
        title=N_("Organisations"),
        href="/organisations",
        icon="building",
        section=N_("Administration"),
        needs=Permission.REGISTER_ORGANISATIONS,
    ),
    Entry(
        title=N_("Deliveries"),
        href="/deliveries",
        icon="send",
        section=N_("Administration"),
        needs=Permission.KEEP_DELIVERIES,
    ),
    Entry(title=N_("Verify a certificate"), href="/verify", icon="qrcode", section=N_("For everybody")),
)


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


def entries_for(actor: Any, reach: Reach) -> tuple[Entry, ...]:
    """The places that `actor` may enter from here; nothing for a visitor who has not signed in."""
    if actor is None or actor.account_id is None:
        return ()
    open_ones = (entry for entry in ENTRIES if entry.needs is None or actor.may(entry.needs))
    reached = ((entry, reach.to(entry.href)) for entry in open_ones)
    return tuple(replace(entry, href=href) for entry, href in reached if href)


def is_current(entry: Entry, path: str) -> bool:
    """Whether `path` lies at or under the entry's address."""
    return path == entry.href or (entry.href != "/" and path.startswith(f"{entry.href}/"))
