"""Screens of people: signing in, accounts, organisations and their staff."""

from kernel.errors import N_
from kernel.faces import Face
from people.access.rules import Permission
from web.frame.navigation import Entry
from web.frame.screens import Screens
from web.people.accounts import pages as accounts
from web.people.apply import pages as apply
from web.people.corrections import pages as corrections
from web.people.deliveries import pages as deliveries
from web.people.first_sign_in import pages as first_sign_in
from web.people.first_sign_ins import pages as first_sign_ins
from web.people.home import pages as home
from web.people.my_account import pages as my_account
from web.people.organisation_applications import pages as organisation_applications
from web.people.organisation_import import pages as organisation_import
from web.people.organisations import pages as organisations
from web.people.sent_messages import pages as sent_messages
from web.people.sign_in import pages as sign_in
from web.people.staff import pages as staff
from web.people.staff_import import pages as staff_import
from web.people.staff_sign_ins import pages as staff_sign_ins

SCREENS = Screens(
    doors=(home.router, sign_in.router),
    public_doors=(home.public_router,),
    by_face={
        Face.REGISTRY: (
            accounts.router,
            corrections.router,
            deliveries.router,
            first_sign_in.router,
            first_sign_ins.router,
            my_account.router,
            organisation_applications.router,
            organisation_import.router,
            organisations.router,
            sent_messages.router,
            staff.router,
            staff_import.router,
            staff_sign_ins.router,
        ),
        Face.PUBLIC: (apply.router,),
    },
    entries=(
        Entry(at=0, title=N_("Start"), href="/", icon="home"),
        Entry(
            at=200,
            title=N_("Staff"),
            href="/staff",
            icon="users",
            section=N_("Enterprise"),
            needs=Permission.KEEP_STAFF,
        ),
        Entry(
            at=210,
            title=N_("Import a staff list"),
            href="/staff-import",
            icon="file-import",
            section=N_("Enterprise"),
            needs=Permission.KEEP_STAFF,
        ),
        Entry(
            at=1000,
            title=N_("Accounts"),
            href="/accounts",
            icon="users",
            section=N_("Administration"),
            needs=Permission.OPEN_ACCOUNTS,
        ),
        Entry(
            at=1010,
            title=N_("Organisations"),
            href="/organisations",
            icon="building",
            section=N_("Administration"),
            needs=Permission.REGISTER_ORGANISATIONS,
        ),
        Entry(
            at=1012,
            title=N_("Applications of organisations"),
            href="/organisation-applications",
            icon="building-plus",
            section=N_("Administration"),
            needs=Permission.REGISTER_ORGANISATIONS,
        ),
        Entry(
            at=1015,
            title=N_("First sign-ins by telephone"),
            href="/first-sign-ins",
            icon="device-mobile-message",
            section=N_("Administration"),
            needs=Permission.REGISTER_ORGANISATIONS,
        ),
        Entry(
            at=1020,
            title=N_("Deliveries"),
            href="/deliveries",
            icon="send",
            section=N_("Administration"),
            needs=Permission.KEEP_DELIVERIES,
        ),
    ),
)
