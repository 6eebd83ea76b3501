"""Stand-ins at a practical: sheets completed as they stand, and every signature that may be given."""

import re
from collections.abc import Sequence

from host.commands.stand_in.visit import Visit

ID = r"[0-9a-f-]{36}"
ROUNDS = 3  # both examiners complete, the candidate signs, both examiners sign: whatever order they are named in


def do_practical(people: Sequence[Visit]) -> list[str]:
    """What was done, one line a sheet or signature. The simulated item stays for the candidate's own hands."""
    return [line for _ in range(ROUNDS) for visit in people for line in (*_examine(visit), *_sign(visit))]


def _examine(examiner: Visit) -> list[str]:
    """Complete and sign the sheets of every practical that is under way."""
    practicals = _links(examiner.read("/practical"), rf"/practical/{ID}")
    sheets = [one for each in practicals for one in _links(examiner.read(each), rf"/practical/{ID}/sheets/\w+")]
    return [line for sheet in sheets for line in _do_sheet(examiner, sheet)]


def _do_sheet(examiner: Visit, sheet: str) -> list[str]:
    done = []
    page = examiner.read(sheet)
    completing = next((form for form in _forms(page, f"{sheet}/steps") if form["deed"] == "complete"), None)
    if completing is not None:
        examiner.press(f"{sheet}/steps", completing)
        done.append(f"{examiner.who}: sheet {sheet[-2:]} complete.")
    for _ in _forms(page, f"{sheet}/signature"):
        examiner.press(f"{sheet}/signature")
        done.append(f"{examiner.who}: sheet {sheet[-2:]} signed.")
    return done


def _sign(candidate: Visit) -> list[str]:
    """Look at every scored sheet of one's own and sign it."""
    done = []
    for item in _links(candidate.read("/my-practical"), rf"/my-practical/{ID}/items/\w+"):
        for _ in _forms(candidate.read(item), f"{item}/signature"):
            candidate.press(f"{item}/signature")
            done.append(f"{candidate.who}: {item[-2:]} seen and signed.")
    return done


def _links(page: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page)))


def _forms(page: str, action: str) -> list[dict[str, str]]:
    """The hidden fields of each form that is sent to `action`."""
    forms = re.findall(rf'<form\s+method="post"\s+action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    return [dict(re.findall(r'<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', form)) for form in forms]
