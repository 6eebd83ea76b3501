"""Every write about appointments. A password that is given is shown once and kept only as its hash."""

from people.appointments.actions.offices import (
    appoint,
    change_roles,
    close_account,
    end_sessions,
    keep_holders_photo,
    reopen_account,
    reset_password,
)
from people.appointments.actions.own_staff import admit_worker, admit_workers, keep_staff_photo, renew_workers_password
from people.appointments.actions.slips import SignInSlip

__all__ = [
    "SignInSlip",
    "admit_worker",
    "admit_workers",
    "appoint",
    "change_roles",
    "close_account",
    "end_sessions",
    "keep_holders_photo",
    "keep_staff_photo",
    "renew_workers_password",
    "reopen_account",
    "reset_password",
]
