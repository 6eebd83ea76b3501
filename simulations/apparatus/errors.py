from kernel.errors import N_, Invalid


class SceneUnusable(Invalid):
    sentence = N_("The scene %(scene)s cannot be used: %(reason)s")
