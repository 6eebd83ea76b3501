from kernel.errors import N_, Refused


class FileTooLarge(Refused):
    sentence = N_("This file is larger than %(megabytes)s MB.")


class NotThisKindOfFile(Refused):
    sentence = N_("This file is not what it is said to be (%(media_type)s), or of a kind that is not kept here.")
