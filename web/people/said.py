"""How people's organisations and trades are said on every screen."""

from collections.abc import Callable, Collection

from fastapi import Request

from kernel.errors import N_
from kernel.work import Reading
from people.accounts.rules import DocumentKind
from people.organisations.rules.employments import OrganisationKind
from people.positions.queries import vocabulary
from people.regions.queries import regions, regions_of
from people.regions.rules import Level, wholes_of
from web.frame.templating import language_of
from web.words import named

KIND_NAMES = {
    OrganisationKind.AUTHORITY: N_("Authority"),
    OrganisationKind.EXAM_BODY: N_("Exam body"),
    OrganisationKind.EXAM_CENTRE: N_("Exam centre"),
    OrganisationKind.TRAINING_PROVIDER: N_("Training provider"),
    OrganisationKind.ENTERPRISE: N_("Enterprise"),
}

DOCUMENT_NAMES = {
    DocumentKind.RESIDENT_ID: N_("Resident ID card"),
    DocumentKind.HONG_KONG_MACAO_PERMIT: N_("Mainland travel permit, Hong Kong and Macao"),
    DocumentKind.TAIWAN_PERMIT: N_("Mainland travel permit, Taiwan"),
    DocumentKind.FOREIGN_PERMANENT_RESIDENCE: N_("Foreigner's permanent residence card"),
    DocumentKind.PASSPORT: N_("Passport"),
}


def region_options(request: Request, reading: Reading) -> list[tuple[str, str]]:
    """The regions that somebody may choose, down to counties: code, and the way to it from the province on."""
    language = language_of(request)
    names: dict[str, str] = {}
    options: list[tuple[str, str]] = []
    for region in regions(reading, smallest=Level.COUNTY):
        names[region.code] = named(region.names, language)
        path = (names[each] for each in reversed(wholes_of(region.code)) if each in names)
        options.append((region.code, " / ".join(path)))
    return options


def region_names(request: Request, reading: Reading, codes: Collection[str | None]) -> dict[str | None, str]:
    """The names of regions by code, in the language of the page."""
    language = language_of(request)
    return {code: named(region.names, language) for code, region in regions_of(reading, codes).items()}


def trade_names(request: Request) -> Callable[[str], str]:
    """What a template calls to name a qualification by its code, in the language of the page."""
    language = language_of(request)
    return lambda code: vocabulary().qualification(code).names.in_language(language)
