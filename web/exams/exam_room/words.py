"""The words that the exam room's modules show, in the person's language. Places are written {n}."""

from collections.abc import Callable
from typing import Any

from kernel.errors import N_

WORDS: dict[str, Any] = {
    "time": {
        "minutes": N_("{n} min"),
        "seconds": N_("{n} s"),
        "announced": N_("{n} minutes left."),
        "over": N_("The time is up. Your last answers are being sent to the centre; stay on this page."),
        "arrived": N_("The time is up. All your answers are at the centre; your paper is being taken in."),
    },
    "saved": {
        "here": N_("Saved on this machine"),
        "notHere": N_("This machine keeps nothing: do not close the page"),
        "there": N_("Saved at the centre"),
        "waiting": N_("{n} on the way to the centre"),
        "away": N_("No connection; {n} wait here, go on working"),
    },
    "sheet": {
        "answered": N_("answered"),
        "unanswered": N_("not answered"),
        "flagged": N_("flagged"),
        "comma": N_(", "),
        "count": N_("{n} of {all} answered"),
    },
    "question": {
        "mark": N_("1 point"),
        "marks": N_("{n} points"),
        "heading": N_("{number}. {kind} ({marks})"),
    },
    "stopped": {
        "raiseHand": N_("Raise your hand"),
        "signIn": N_("You are signed out"),
        "lost": N_(
            "Questions whose last answer did not reach the centre before your paper was taken in: {n}. The answers are "
            "kept on this machine. Leave this page open and tell the invigilator."
        ),
    },
}


def translated(words: Any, translate: Callable[[str], str]) -> Any:
    """The same tree with every message id translated."""
    if isinstance(words, dict):
        return {name: translated(value, translate) for name, value in words.items()}
    return translate(words)
