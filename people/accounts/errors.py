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


class UserNameTaken(Invalid):
    sentence = N_("The user name %(username)s is taken.")


class PasswordTooShort(Invalid):
    sentence = N_("A password has at least %(length)s characters; a Chinese one counts as two.")


class PasswordNotYours(Invalid):
    sentence = N_("This is not your password until now.")


class PasswordsDiffer(Invalid):
    sentence = N_("The two are not the same. Type the new password twice.")


class PasswordUnchanged(Invalid):
    sentence = N_("Choose another password than the one until now.")


class PasswordEasilyGuessed(Invalid):
    sentence = N_(
        "This password is guessed first: it is common, or made of your user name or telephone number. Choose another; "
        "a short sentence is easy to remember and hard to guess."
    )


class OneTimePasswordOver(Refused):
    sentence = N_("This one-time password is no longer good. Ask the office that gave it to you for a new one.")


class ChooseYourPasswordFirst(Refused):
    sentence = N_("Choose a password of your own at the office's address first; then sign in here.")


class DemonstrationAccount(Refused):
    sentence = N_("The accounts of the demonstration stay as they are. Try it with an account that you make yourself.")


class NotAPicture(Invalid):
    sentence = N_("This file is not a picture that can be read. Use a JPEG or PNG photo.")


class PictureTooLarge(Invalid):
    sentence = N_("This picture is too large. Use one of at most %(megabytes)s MB.")


class PictureHasTooManyPixels(Invalid):
    sentence = N_("This picture has too many pixels. Make it smaller: at most %(millions)s million of them.")


class NumberOfAnother(Invalid):
    sentence = N_("This ID number is registered for another person. Find out whose it is first.")
