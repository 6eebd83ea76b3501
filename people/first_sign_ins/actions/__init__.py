"""Every write about first sign-ins."""

from people.first_sign_ins.actions.coming_in import Outcome, come_in
from people.first_sign_ins.actions.sending import (
    cancel_sending,
    send_first_sign_in,
    send_first_sign_ins,
    write_telephone,
)

__all__ = ["Outcome", "cancel_sending", "come_in", "send_first_sign_in", "send_first_sign_ins", "write_telephone"]
