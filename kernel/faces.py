"""The faces: the parts of the platform that may run on hosts of their own, each with its own database role and keys."""

from enum import StrEnum


class Face(StrEnum):
    """One entrance to the platform, as a database role and a set of keys."""

    LEARNING = "learning"
    AUTHORING = "authoring"
    EXAMINATION = "examination"
    REGISTRY = "registry"
    PUBLIC = "public"

    @property
    def role(self) -> str:
        """The PostgreSQL login role of this face."""
        return _ROLES[self]


_ROLES = {
    Face.LEARNING: "anpei_teaching",
    Face.AUTHORING: "anpei_authoring",
    Face.EXAMINATION: "anpei_testing",
    Face.REGISTRY: "anpei_registry",
    Face.PUBLIC: "anpei_public",
}
