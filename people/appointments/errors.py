"""Refusals around appointments."""

from kernel.errors import N_, Invalid, NotFound, Refused

SAY_WHY = N_("Say why, so that whoever reads the audit later understands it.")


class NoSuchAccount(NotFound):
    sentence = N_("There is no such account.")


class UserNameShape(Invalid):
    sentence = N_(
        "A user name has 3 to 40 small letters and digits; dots, hyphens and underscores may stand between them."
    )


class NoRole(Invalid):
    sentence = N_("Choose at least one role.")


class RolesOnBothSides(Invalid):
    sentence = N_("Nobody holds roles of teaching and of testing at once, not even in two accounts.")


class RoleElsewhere(Invalid):
    sentence = N_(
        "One of these roles is held elsewhere: managing an enterprise at enterprises, teaching at training providers,"
        " examining at exam centres, exam bodies and authorities, issuing and oversight at authorities."
    )


class OrganisationMissing(Invalid):
    sentence = N_("These roles are held at an organisation. Choose it.")


class RoleForNoRegion(Invalid):
    sentence = N_(
        "Only administrators, exam officers, certificate officers and inspectors hold their roles for a region. The"
        " others act for an organisation, in a duty, or everywhere: open another account for them."
    )


class RegionOfYoursMissing(Invalid):
    sentence = N_("You act for a region. Choose a region within it for this role.")


class RoleBeyondRegions(Invalid):
    sentence = N_("Auditors and those who make questions act everywhere. Only who acts everywhere appoints them.")


class NotYourOwn(Refused):
    sentence = N_("Nobody changes or closes the own account here. Ask another administrator.")


class AccountIsOpen(Refused):
    sentence = N_("This account is open already.")


class HasASignIn(Refused):
    sentence = N_("%(name)s can sign in already.")


class NotAWorkersAccount(Refused):
    sentence = N_("The account of %(name)s holds other roles too; only the administrator may give it a new password.")


class NoSignInYet(Refused):
    sentence = N_("%(name)s has no account yet.")


class SignInIsClosed(Refused):
    sentence = N_("The account of %(name)s was closed. Only the administrator of the platform opens it again.")


class EverybodyHasASignIn(Refused):
    sentence = N_("Everybody chosen has an account already.")


class NobodyChosen(Invalid):
    sentence = N_("Choose at least one person.")


class TooManyAtOnce(Refused):
    sentence = N_("At most %(most)d first sign-ins are made at a time. Choose fewer people.")


class SignInIsNotOurs(Refused):
    sentence = N_(
        "Only the administrator of the platform gives %(name)s a new password: the account was opened elsewhere, or"
        " another enterprise employs this person too."
    )


class PhotoIsNotOurs(Refused):
    sentence = N_(
        "Only the administrator of the platform replaces the photo of %(name)s: this person works or has an account"
        " elsewhere too."
    )
