"""The exam room's page knows the last words of our server by name: a name that no refusal has would never be heard."""

import json

from host.modules import load_everything
from kernel.errors import Problem
from web.frame import access, errors, templating

CENTRE = templating.WEB / "exams" / "exam_room" / "centre.js"


def test_every_final_word_is_one_that_our_server_knows():
    load_everything()
    known = {access.SignInFirst, access.ChoosePasswordFirst, errors.WrongAddress} | set(_all(Problem))
    source = CENTRE.read_text(encoding="utf-8")
    listed = json.loads("[" + source.split("new Set([")[1].split("])")[0].rstrip().rstrip(",") + "]")
    assert len(listed) > 10
    assert set(listed) <= {kind.__name__ for kind in known}


def _all(kind: type[Problem]) -> list[type[Problem]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_all(sub))]
