"""Refusals around first sign-ins."""

from kernel.errors import N_, Invalid, Refused


class NoSmsGateway(Refused):
    sentence = N_("This installation sends no text messages, so that no first sign-in can go to a telephone.")


class NoTelephone(Refused):
    sentence = N_("No telephone is known of %(name)s. Write one down first.")


class HasSomebodyAlready(Refused):
    sentence = N_("Somebody has signed in for %(name)s already. Further accounts are opened under “Accounts”.")


class NobodyToSendTo(Refused):
    sentence = N_("There is nobody to whom a first sign-in could be sent now.")


class NoRoleHere(Refused):
    sentence = N_("%(name)s is an authority or an exam body: its accounts are opened under “Accounts”.")


class TelephoneMissing(Invalid):
    sentence = N_("Type the mobile number of whoever speaks for the organisation.")
