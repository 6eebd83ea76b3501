"""What is wrong with a rule of law as it was written down."""

from kernel.errors import N_, Problem


class ConfidenceUnknown(Problem):
    sentence = N_("“%(given)s” says nothing of how sure it is; one of %(known)s does")


class FigureUnusable(Problem):
    sentence = N_("%(name)s: %(fault)s")


class SourceMissing(Problem):
    sentence = N_("no source is named")


class NotADay(Problem):
    sentence = N_("“%(given)s” is not a day such as 2026-06-01")


class EndsBeforeItBegins(Problem):
    sentence = N_("it ends on %(ends)s, before it begins on %(begins)s")


class NotARegion(Problem):
    sentence = N_("“%(given)s” is not the code of a region (GB/T 2260: six digits, in quotes)")


class RulesOverlap(Problem):
    sentence = N_("%(one)s and %(other)s both hold for %(subject)s on %(day)s")


class RuleMissing(Problem):
    sentence = N_("no rule holds for %(subject)s from %(begins)s to %(ends)s, between %(one)s and %(other)s")
