from kernel.errors import N_, NotFound, Refused


class NoSuchRun(NotFound):
    sentence = N_("This run does not exist, or it is not yours.")


class RunIsOver(Refused):
    sentence = N_("This run has ended. Nothing more is recorded.")


class PageIsBehind(Refused):
    sentence = N_("This run was continued elsewhere. The page shows it again as it is now.")


class TooManyOperations(Refused):
    sentence = N_("More was done in this run than hands can do. What was recorded until then counts.")


class NotSimulatedHere(Refused):
    sentence = N_("Simulations run only while learning or during an examination.")
