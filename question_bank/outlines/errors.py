"""What can be wrong with an outline."""

from kernel.errors import N_, NotFound, Refused


class NoSuchBank(NotFound):
    sentence = N_("There is no question bank %(bank)s.")


class OutlineUnusable(Refused):
    sentence = N_("The outline in %(file)s cannot be used: %(why)s")
