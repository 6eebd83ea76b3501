from kernel.errors import N_, Invalid, NotFound


class ScenarioUnusable(Invalid):
    sentence = N_("The scenario %(scenario)s cannot be used: %(reason)s")


class NoSuchScenario(NotFound):
    sentence = N_("This scenario does not exist or is not offered here.")
