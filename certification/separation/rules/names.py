"""What the parts of the platform are called on the separation page, with their names in the system behind."""

from collections.abc import Iterable

from kernel.faces import Face
from kernel.names import Names

PACKAGES: dict[str, Names] = {
    "certification": Names("证书（certification）", "certification"),
    "exams": Names("考试（exams）", "exams"),
    "people": Names("人员（people）", "people"),
    "question_bank": Names("题库（question_bank）", "question_bank"),
    "simulations": Names("模拟操作（simulations）", "simulations"),
    "training": Names("培训（training）", "training"),
}
FACES: dict[str, Names] = {
    Face.LEARNING: Names("学习端", "learning"),
    Face.AUTHORING: Names("命题端", "authoring"),
    Face.EXAMINATION: Names("考试端", "examination"),
    Face.REGISTRY: Names("发证端", "registry"),
    Face.PUBLIC: Names("公众查验端", "public verification"),
}
KEYS: dict[str, Names] = {
    "questions": Names("试题", "questions"),
    "papers": Names("试卷", "papers"),
    "signing": Names("证书签名", "signing"),
}


def listed(names: Iterable[Names]) -> Names:
    """Several names as one, enumerated as each language does."""
    known = list(names)
    return Names("、".join(each.zh for each in known), ", ".join(each.en for each in known))
