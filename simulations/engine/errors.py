from kernel.errors import N_, Invalid, Refused


class OperationUnreadable(Invalid):
    sentence = N_("The simulation does not know this operation.")


class OperationsOutOfOrder(Refused):
    sentence = N_("The operations of this run do not follow each other. The run cannot be replayed.")
