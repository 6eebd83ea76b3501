"""Deeds that one person prepares and another confirms; `data/two_people.yaml` lists them.

Preparing does nothing yet: it shows what would happen and keeps that, in words, for whoever confirms. Confirming asks
everything once more at that moment, and does the deed only where it is still what was prepared. A room declares a deed
(`declare`), and its code carries the same name (`@action(by_two=...)`), so that there is no way around.
"""

from kernel.two_people.actions import cancel, confirm, lapse, prepare
from kernel.two_people.deeds import DEEDS, Arguments, Deed, declare
from kernel.two_people.queries import lately, prepared, prepared_about, prepared_of, waiting
from kernel.two_people.rules import Foreseen, How, Prepared, Sentence, Signature, Standing

__all__ = [
    "DEEDS",
    "Arguments",
    "Deed",
    "Foreseen",
    "How",
    "Prepared",
    "Sentence",
    "Signature",
    "Standing",
    "cancel",
    "confirm",
    "declare",
    "lapse",
    "lately",
    "prepare",
    "prepared",
    "prepared_about",
    "prepared_of",
    "waiting",
]
