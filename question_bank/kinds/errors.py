"""What can be wrong with any question's texts and with lettered options, each in one sentence for its author."""

from kernel.errors import N_, Problem


class TextMissing(Problem):
    sentence = N_("Write something here.")


class NotText(Problem):
    sentence = N_("This is not plain text. In a file, put it in quotation marks.")


class TextTooLong(Problem):
    sentence = N_("Keep this to %(most)s characters; it has %(length)s.")


class TextUnprintable(Problem):
    sentence = N_("This holds a character that cannot be printed. Type it again without pasting.")


class OptionCount(Problem):
    sentence = N_("Give %(least)s to %(most)s options; there are %(count)s.")


class OptionLettersBroken(Problem):
    sentence = N_("Letter the options A, B, C … without a gap.")


class OptionRepeated(Problem):
    sentence = N_("Options %(first)s and %(second)s say the same.")


class OptionNamesOthers(Problem):
    sentence = N_("Option %(letter)s speaks about other options. Options are shuffled, so each must stand alone.")


class KeyNotAmongOptions(Problem):
    sentence = N_("The key %(key)s is not among the options.")
