"""What the parts of the platform are called on screens."""

from kernel.errors import N_
from kernel.faces import Face

FACE_WORDS = {
    Face.LEARNING: N_("Teaching"),
    Face.AUTHORING: N_("Question bank"),
    Face.EXAMINATION: N_("Examination"),
    Face.REGISTRY: N_("Registry"),
    Face.PUBLIC: N_("Public verification"),
}
