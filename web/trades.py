"""How a trade is named on every screen."""

from collections.abc import Callable

from fastapi import Request

from people.positions.queries import vocabulary
from web.templating import language_of


def trade_names(request: Request) -> Callable[[str], str]:
    """What a template calls to name a qualification by its code, in the language of the page."""
    language = language_of(request)
    return lambda code: vocabulary().qualification(code).names.in_language(language)
