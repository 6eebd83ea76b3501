"""Refusals around accounts."""

from kernel.errors import N_, Invalid, NotFound, Refused


class WrongNameOrPassword(Refused):
    sentence = N_("This user name and password do not match.")


class TooManyGuesses(Refused):
    sentence = N_("Too many attempts. Wait %(minutes)s minutes, then try again.")


class OnlyInTheDemonstration(Refused):
    sentence = N_("Demonstration people cannot sign in here.")


class AccountIsClosed(Refused):
    sentence = N_("This account is closed. Ask the office that opened it.")


class NoSuchPerson(NotFound):
    sentence = N_("There is no such person.")


class AlreadyKnown(Refused):
    sentence = N_("A person with this identity document is already registered under another name.")


class UserNameTaken(Refused):
    sentence = N_("The user name %(username)s is taken.")


class PasswordTooShort(Invalid):
    sentence = N_("A password has at least %(length)s characters.")


class NotAPicture(Invalid):
    sentence = N_("This file is not a picture that can be read. Use a JPEG or PNG photo.")


class PictureTooLarge(Invalid):
    sentence = N_("This picture is too large. Use one of at most %(megabytes)s MB.")
