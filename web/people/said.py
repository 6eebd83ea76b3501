"""How people's organisations and trades are said on every screen."""

from collections.abc import Callable

from fastapi import Request

from kernel.errors import N_
from people.organisations.rules.employments import OrganisationKind
from people.positions.queries import vocabulary
from web.frame.templating import language_of

KIND_NAMES = {
    OrganisationKind.AUTHORITY: N_("Authority"),
    OrganisationKind.EXAM_BODY: N_("Exam body"),
    OrganisationKind.EXAM_CENTRE: N_("Exam centre"),
    OrganisationKind.TRAINING_PROVIDER: N_("Training provider"),
    OrganisationKind.ENTERPRISE: N_("Enterprise"),
}


def trade_names(request: Request) -> Callable[[str], str]:
    """What a template calls to name a qualification by its code, in the language of the page."""
    language = language_of(request)
    return lambda code: vocabulary().qualification(code).names.in_language(language)
