"""The separation page: every rule that keeps teaching and testing apart, and the evidence of this moment."""

from fastapi import APIRouter, Request, Response

from certification.separation.queries import separation
from certification.separation.rules.findings import Depth, Said
from kernel.errors import N_
from people.access.rules import Permission
from web import words
from web.frame.access import needs
from web.frame.templating import language_of, page
from web.frame.work import Reads, workplace

router = APIRouter(prefix="/separation", dependencies=[needs(Permission.SEE_SEPARATION)])

DEPTHS = {
    Depth.CODE: N_("In the code"),
    Depth.DATABASE: N_("In the database"),
    Depth.SECRETS: N_("In the keys"),
    Depth.PEOPLE: N_("Among people"),
    Depth.AUDIT: N_("In the audit"),
}


@router.get("")
def look(request: Request, reading: Reads, walk: bool = False) -> Response:  # noqa: FBT001, FBT002 - the word in the address
    """Every rule with what was found just now; with `walk`, the audit is followed as well."""
    witness = workplace(request).settings.witness
    found = list(enumerate(separation(reading, witness=witness, walk=walk), start=1))
    language = language_of(request)

    def said(what: Said) -> str:
        places = {name: words.readable(value, language) for name, value in what.data.items()}
        return words.sentence(what.sentence, language) % places

    context = {
        "by_depth": [(DEPTHS[depth], [pair for pair in found if pair[1].depth is depth]) for depth in Depth],
        "broken": [pair for pair in found if not pair[1].holds],
        "count": len(found),
        "said": said,
        "now": reading.now,
        "walked": walk,
        "clock_problem": workplace(request).clock.problem(),
    }
    return page(request, "certification/separation/separation.html", context)
