"""What can be wrong with a question, each in one sentence for its author."""

from kernel.errors import N_, Invalid, NotFound, Problem


class QuestionNotUsable(Invalid):
    sentence = N_("The question cannot be kept yet. The fields below say why.")


class NoSuchQuestion(NotFound):
    sentence = N_("There is no such question, or it is not yours to see.")


class NotOneOf(Problem):
    sentence = N_("“%(value)s” is not one of the choices here.")


class DifficultyOutOfRange(Problem):
    sentence = N_("Give the expected share of right answers between %(least)s and %(most)s.")


class TranslationUneven(Problem):
    sentence = N_("A translation says exactly what the question says: the stem and each of its texts.")
