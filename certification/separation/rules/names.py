"""What the parts of the platform are called on the separation page, with their names in the system behind."""

from collections.abc import Iterable

from kernel.faces import Face

Names = dict[str, str]

PACKAGES: dict[str, Names] = {
    "certification": {"zh": "证书（certification）", "en": "certification"},
    "exams": {"zh": "考试（exams）", "en": "exams"},
    "people": {"zh": "人员（people）", "en": "people"},
    "question_bank": {"zh": "题库（question_bank）", "en": "question_bank"},
    "simulations": {"zh": "模拟操作（simulations）", "en": "simulations"},
    "training": {"zh": "培训（training）", "en": "training"},
}
FACES: dict[str, Names] = {
    Face.LEARNING: {"zh": "学习端", "en": "learning"},
    Face.AUTHORING: {"zh": "命题端", "en": "authoring"},
    Face.EXAMINATION: {"zh": "考试端", "en": "examination"},
    Face.REGISTRY: {"zh": "发证端", "en": "registry"},
    Face.PUBLIC: {"zh": "公众查验端", "en": "public verification"},
}
KEYS: dict[str, Names] = {
    "questions": {"zh": "试题", "en": "questions"},
    "papers": {"zh": "试卷", "en": "papers"},
    "signing": {"zh": "证书签名", "en": "signing"},
}


def listed(names: Iterable[Names]) -> Names:
    """Several names as one, enumerated as each language does."""
    known = list(names)
    return {"zh": "、".join(each["zh"] for each in known), "en": ", ".join(each["en"] for each in known)}
