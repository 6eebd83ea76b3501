"""Why a version may not move on."""

from kernel.errors import N_, Invalid, Refused

SAY_WHY = N_("Say why, so that the author can put it right.")


class AuthorReviews(Refused):
    sentence = N_("You wrote this version, so somebody else must review it.")


class AuthorApproves(Refused):
    sentence = N_("You wrote this version, so somebody else must approve it.")


class ReviewerApproves(Refused):
    sentence = N_("You reviewed this version, so a third person must approve it.")


class EarlierAuthorJudges(Refused):
    sentence = N_("You wrote an earlier version of this question, so somebody else must judge this one.")


class NewerInUse(Refused):
    sentence = N_("A newer version of this question is in use already. Write it anew from that one.")


class NewerWritten(Refused):
    sentence = N_("A newer version of this question has been written. Write it anew from that one.")


class NotAtThisStep(Refused):
    sentence = N_("This version is no longer at this step. Open it again to see where it stands.")


class RemarkTooLong(Invalid):
    sentence = N_("Keep the remark to %(most)s characters.")
