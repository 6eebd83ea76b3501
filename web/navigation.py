"""Where a signed-in person can go. One table, in the order in which it is shown."""

from dataclasses import dataclass
from typing import Any

from kernel.errors import N_
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
    Entry(title=N_("Verify a certificate"), href="/verify", icon="qrcode", section=N_("For everybody")),
)


def entries_for(actor: Any) -> tuple[Entry, ...]:
    """The places that `actor` may enter; nothing for a visitor who has not signed in."""
    if actor is None or actor.account_id is None:
        return ()
    return tuple(entry for entry in ENTRIES if entry.needs is None or actor.may(entry.needs))


def is_current(entry: Entry, path: str) -> bool:
    """Whether `path` lies at or under the entry's address."""
    return path == entry.href or (entry.href != "/" and path.startswith(f"{entry.href}/"))
