from kernel.errors import N_, Invalid, Refused


class SceneUnusable(Invalid):
    sentence = N_("The scene %(scene)s cannot be used: %(reason)s")


class ModelUnknown(Refused):
    sentence = N_(
        "This run was made with version %(model)s of the model %(apparatus)s, which this program does not have. "
        "It cannot be replayed here."
    )
