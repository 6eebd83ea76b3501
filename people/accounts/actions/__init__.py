"""Every write about people and accounts."""

from people.accounts.actions.first_time import (
    Chosen,
    is_guessing_codes,
    note_guessed_code,
    open_own_account,
    require_usable,
)
from people.accounts.actions.photos import keep_photo, put_photo
from people.accounts.actions.registering import (
    Identity,
    open_account,
    put_account,
    register_people,
    register_person,
    show_id_number,
)
from people.accounts.actions.signing_in import (
    Outcome,
    change_own_password,
    end_demonstration,
    end_sessions_of,
    sign_in,
    sign_out,
    stay_signed_in,
)

__all__ = [
    "Chosen",
    "Identity",
    "Outcome",
    "change_own_password",
    "end_demonstration",
    "end_sessions_of",
    "is_guessing_codes",
    "keep_photo",
    "note_guessed_code",
    "open_account",
    "open_own_account",
    "put_account",
    "put_photo",
    "register_people",
    "register_person",
    "require_usable",
    "show_id_number",
    "sign_in",
    "sign_out",
    "stay_signed_in",
]
