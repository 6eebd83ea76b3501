"""Refusals that keep teaching and testing apart. Each names the person and the reason."""

from kernel.errors import N_, Problem, Refused


class StaffInConflict(Refused):
    sentence = N_("%(name)s may not be on duty in this sitting: %(reasons)s.")


class StaffInConflictAndMore(Refused):
    sentence = N_("%(one)s %(more)s")


class AndAlso(Problem):
    sentence = N_("%(one)s; %(more)s")


class Taught(Problem):
    sentence = N_("taught %(candidates)s")


class OfTheProvider(Problem):
    sentence = N_("belongs to %(provider)s, which trained %(candidates)s")


class IsCandidate(Problem):
    sentence = N_("sits this exam")


class MadeQuestions(Problem):
    sentence = N_("wrote, reviewed or approved questions that this exam draws from")


class CandidatesMadeQuestions(Refused):
    sentence = N_(
        "%(names)s wrote, reviewed or approved questions that this exam draws from and may not sit it. "
        "Take the seat back."
    )


class NobodyFree(Refused):
    sentence = N_("The pool has no further %(duty)s who is free at that time and in no conflict.")
