from kernel.errors import N_, Problem, Refused


class StoreNotHeld(Refused):
    sentence = N_("This part of the platform does not hold the files of %(purpose)s.")


class StoreIsAway(Problem):
    sentence = N_("Files can be neither read nor kept at the moment. Nothing was changed. Try again in a moment.")


class StoreUnusable(Problem):
    """Told at the terminal, to whoever set it."""

    sentence = N_("The store of files %(address)s cannot be used: %(why)s.")


class FileIsGone(Problem):
    sentence = N_(
        "A file of %(purpose)s is missing in its store (%(name)s). It has to be restored there from the backup."
    )
