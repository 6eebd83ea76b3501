from kernel.errors import N_, Problem, Refused


class KeyMissing(Problem):
    """Nothing is made in its place."""

    sentence = N_(
        "The key file %(file)s is missing in the keys folder of this host. Restore it from the backup, or copy it from "
        "the host that holds it; a new one could not take its place."
    )


class KeyDamaged(Problem):
    """A key's id follows from the key, so a file that was exchanged or cut is found before anything is written."""

    sentence = N_(
        "The key file %(file)s does not hold the key that its name says: it was exchanged or damaged. Restore it from "
        "the backup."
    )


class KeyNotHeld(Refused):
    sentence = N_("This part of the platform does not hold the key %(key)s.")


class SealBroken(Refused):
    sentence = N_("Sealed content does not open: it was altered, moved, or sealed with another key.")


class KeyUnknown(SealBroken):
    sentence = N_(
        "Sealed content does not open: the key %(id)s of %(key)s, which it names, is not on this host. Restore its "
        "file from the backup, or copy it from the host that holds it."
    )
