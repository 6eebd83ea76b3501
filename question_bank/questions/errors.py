"""What can be wrong with a question, each in one sentence for its author."""

from kernel.errors import N_, Invalid, NotFound, Problem


class QuestionNotUsable(Invalid):
    sentence = N_("The question cannot be kept yet. The fields below say why.")


class NoSuchQuestion(NotFound):
    sentence = N_("There is no such question, or it is not yours to see.")


class TextMissing(Problem):
    sentence = N_("Write something here.")


class NotText(Problem):
    sentence = N_("This is not plain text. In a file, put it in quotation marks.")


class TextTooLong(Problem):
    sentence = N_("Keep this to %(most)s characters; it has %(length)s.")


class TextUnprintable(Problem):
    sentence = N_("This holds a character that cannot be printed. Type it again without pasting.")


class NotOneOf(Problem):
    sentence = N_("“%(value)s” is not one of the choices here.")


class DifficultyOutOfRange(Problem):
    sentence = N_("Give the expected share of right answers between %(least)s and %(most)s.")


class OptionsNotWanted(Problem):
    sentence = N_("A true/false question has no options of its own.")


class OptionCount(Problem):
    sentence = N_("Give %(least)s to %(most)s options; there are %(count)s.")


class OptionLettersBroken(Problem):
    sentence = N_("Letter the options A, B, C … without a gap.")


class OptionRepeated(Problem):
    sentence = N_("Options %(first)s and %(second)s say the same.")


class OptionNamesOthers(Problem):
    sentence = N_("Option %(letter)s speaks about other options. Options are shuffled, so each must stand alone.")


class KeyNotTrueOrFalse(Problem):
    sentence = N_("Say whether the statement is true or false.")


class KeyNotAmongOptions(Problem):
    sentence = N_("The key %(key)s is not among the options.")


class KeyNotOne(Problem):
    sentence = N_("A single-choice question has exactly one right option.")


class KeyTooFew(Problem):
    sentence = N_("A multiple-choice question has at least two right options.")
