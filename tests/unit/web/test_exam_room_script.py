"""What the exam room's page does with an answer that is none of ours, and with a hasty hand."""

import json
import subprocess
from typing import Any

import pytest

from host.modules import load_everything
from kernel.errors import Problem
from web.frame import access, errors, templating

SCREEN = templating.WEB / "exams" / "exam_room"
ASK = """
    import {{ Refused, ask }} from "{centre}";
    globalThis.fetch = async () => new Response({body}, {{ status: {status} }});
    const said = await ask("GET", "/").then((answer) => ["answer", answer], (problem) =>
        [problem instanceof Refused ? problem.kind : "again"]);
    console.log(JSON.stringify(said));
"""
WRITE = """
    import {{ Journal }} from "{journal}";
    const kept = new Map();
    const storage = {{
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => kept.set(key, value),
        removeItem: (key) => kept.delete(key),
    }};
    let journal = new Journal("x", storage);
    const write = (question, answer) => journal.write(question, {{ answer, flagged: false }}, 0);
    const steps = () => journal.steps.map((step) => [step.sequence, step.question, step.answer]);
    const reload = () => {{ journal = new Journal("x", storage); }};
    {deeds}
    console.log(JSON.stringify(steps()));
"""


def run(script: str) -> Any:
    node = ["node", "--input-type=module", "--no-warnings", "-e", script]
    done = subprocess.run(node, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def asked(status: int, body: object) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return run(ASK.format(centre=SCREEN / "centre.js", body=json.dumps(text), status=status))


def written(deeds: str) -> Any:
    return run(WRITE.format(journal=SCREEN / "journal.js", deeds=deeds))


# the centre


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (408, ""),
        (413, "This is more than can be sent at once."),
        (429, "<html>slow down</html>"),
        (404, {"kind": "Status", "message": "no such backend"}),
        (409, {"kind": "AtTheSameMoment", "problem": "..."}),
        (502, "<html>bad gateway</html>"),
        (503, {"kind": "Busy", "problem": "..."}),
        (200, "<html>Sign in to the wireless network</html>"),
    ],
)
def test_what_is_not_our_servers_last_word_is_tried_again(status, body):
    assert asked(status, body) == ["again"]


@pytest.mark.parametrize(("status", "kind"), [(401, "SignInFirst"), (404, "NoSuchAttempt"), (409, "TimeIsUp")])
def test_our_servers_refusals_are_final(status, kind):
    assert asked(status, {"kind": kind, "problem": "..."}) == [kind]


def test_an_answer_is_an_answer():
    assert asked(200, {"state": "open"}) == ["answer", {"state": "open"}]


def test_every_final_word_is_one_that_our_server_knows():
    load_everything()
    known = {access.SignInFirst, access.ChoosePasswordFirst, errors.WrongAddress} | set(_all(Problem))
    source = (SCREEN / "centre.js").read_text(encoding="utf-8")
    listed = json.loads("[" + source.split("new Set([")[1].split("])")[0].rstrip().rstrip(",") + "]")
    assert len(listed) > 10
    assert set(listed) <= {kind.__name__ for kind in known}


def _all(kind: type[Problem]) -> list[type[Problem]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_all(sub))]


# the journal


def test_a_hasty_hand_fills_no_journal():
    assert written("for (let i = 0; i < 500; i++) { write(7, i % 2 ? 'A' : 'B'); write(8, 'C'); }") == [
        [1, 7, "A"],
        [2, 8, "C"],
    ]


def test_what_may_have_left_never_changes_under_its_number():
    assert written("write(7, 'A'); journal.leaving(journal.steps); write(7, 'B'); write(7, 'C')") == [
        [1, 7, "A"],
        [2, 7, "C"],
    ]


def test_after_a_reload_everything_may_have_left():
    assert written("write(7, 'A'); reload(); write(7, 'B')") == [[1, 7, "A"], [2, 7, "B"]]


def test_numbers_go_on_without_a_gap():
    deeds = "write(1, 'A'); journal.leaving(journal.steps); journal.confirm([1]); journal.write(2, { answer: 'B' }, 1)"
    assert written(deeds) == [[2, 2, "B"]]
