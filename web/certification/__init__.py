"""Screens of certification: holders, the certificate office, enterprises, overseers and everybody who verifies."""

from kernel.errors import N_
from kernel.faces import Face
from people.access.rules import Permission
from web.certification.board import pages as board
from web.certification.issuing import pages as issuing
from web.certification.my_certificates import pages as mine
from web.certification.separation import pages as separation
from web.certification.verify import pages as verify
from web.frame.navigation import Entry
from web.frame.screens import Screens

SCREENS = Screens(
    by_face={
        Face.REGISTRY: (board.router, issuing.router, mine.router, separation.router),
        Face.PUBLIC: (verify.router,),
    },
    entries=(
        Entry(
            at=300,
            title=N_("Certificate office"),
            href="/issuing",
            icon="certificate",
            section=N_("Certificates"),
            needs=Permission.DECIDE_CERTIFICATES,
        ),
        Entry(
            at=400,
            title=N_("Who may work"),
            href="/board",
            icon="clipboard-check",
            section=N_("Enterprise"),
            needs=Permission.SEE_COMPLIANCE,
        ),
        Entry(
            at=500,
            title=N_("Separation"),
            href="/separation",
            icon="arrows-split-2",
            section=N_("Oversight"),
            needs=Permission.SEE_SEPARATION,
        ),
        Entry(
            at=600,
            title=N_("My certificates"),
            href="/my-certificates",
            icon="id-badge-2",
            section=N_("My own"),
            needs=Permission.OWN_CERTIFICATES,
        ),
        Entry(at=1100, title=N_("Verify a certificate"), href="/verify", icon="qrcode", section=N_("For everybody")),
    ),
)
