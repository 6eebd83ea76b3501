"""Why a version may not move on."""

from kernel.errors import N_, Refused


class AuthorReviews(Refused):
    sentence = N_("You wrote this version, so somebody else must review it.")


class AuthorApproves(Refused):
    sentence = N_("You wrote this version, so somebody else must approve it.")


class ReviewerApproves(Refused):
    sentence = N_("You reviewed this version, so a third person must approve it.")


class NotAtThisStep(Refused):
    sentence = N_("This version is no longer at this step. Open it again to see where it stands.")


class ReasonMissing(Refused):
    sentence = N_("Say why, so that the author can put it right.")


class RemarkTooLong(Refused):
    sentence = N_("Keep the remark to %(most)s characters.")
