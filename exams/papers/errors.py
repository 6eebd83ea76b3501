"""Why papers cannot be drawn, opened or verified."""

from kernel.errors import N_, NotFound, Problem, Refused


class PoolTooSmall(Refused):
    """`cells` is a `CellShort`, or several joined by `CellsShort`."""

    sentence = N_("The approved questions cannot fill this paper: %(cells)s.")


class CellShort(Problem):
    """One cell; `kind` carries both names."""

    sentence = N_("%(point)s needs %(wanted)s of %(kind)s and has %(there)s")


class CellsShort(Problem):
    sentence = N_("%(first)s; %(rest)s")


class BlueprintUnusable(Refused):
    sentence = N_("The blueprint %(code)s cannot be used: %(why)s")


class NoSuchBlueprint(NotFound):
    sentence = N_("There is no blueprint %(code)s.")


class SecretAlreadyCommitted(Refused):
    sentence = N_("The secret of this sitting is already committed; a second one would make the draw doubtful.")


class SecretNotCommitted(Refused):
    sentence = N_("Commit the secret of this sitting first, so that nobody can choose it to suit the papers.")


class SecretAlreadyRevealed(Refused):
    sentence = N_("The secret of this sitting is revealed. No paper can be drawn for it any more.")


class SecretNotRevealed(Refused):
    sentence = N_("The secret of this sitting is not revealed yet. Papers are verified after the sitting.")


class AdmissionRepeated(Refused):
    sentence = N_("Admission number %(number)s has a paper already or stands twice in the list.")


class NoSuchPaper(NotFound):
    sentence = N_("There is no paper for this candidate in this sitting.")


class NothingDrawn(NotFound):
    sentence = N_("No papers were drawn for this sitting.")
