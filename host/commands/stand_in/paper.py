"""A stand-in at a paper: the questions that are still empty, answered as a well prepared candidate would."""

import re
import secrets
from time import monotonic, sleep
from typing import Any

from rich.progress import track

from host.commands.stand_in.visit import InTheWay, Visit
from kernel.authored import parsed
from question_bank.exchange.actions import bank_folders

PACE = 0.2  # seconds an answer: slow enough to be watched in the invigilators' console
EVERY = 12  # each twelfth question is answered wrong, so that the result has weak points to show

Answer = bool | str | list[str]
Question = dict[str, Any]  # as the candidate's document has it
Keys = dict[str, bool | set[str]]  # stem -> true or false, or the texts of the right options


def do_paper(visit: Visit) -> list[str]:
    """Answer what is left of an open paper and hand it in; what was done, or nothing where no paper is open."""
    attempt = _open_attempt(visit)
    if attempt is None:
        return []
    desk = secrets.token_hex(32)
    given = visit.ask("POST", f"{attempt}/desk", {"desk": desk})
    opened = monotonic()
    known = known_answers()
    left = [one for one in given["paper"]["questions"] if not _is_answered(given, one)]
    for step, question in enumerate(track(left, f"{visit.who} answers"), given["sequence"] + 1):
        answer = answer_to(question, known, is_right=question["number"] % EVERY != 0)
        act = {"sequence": step, "question": question["number"], "act": "answer", "answer": answer, "flagged": False}
        act["page_ms"] = int((monotonic() - opened) * 1000)
        number = attempt.rpartition("/")[2]
        visit.ask("PUT", "/exam-room/answers", {"attempt": number, "desk": desk, "steps": [act]})
        sleep(PACE)
    visit.ask("POST", f"{attempt}/hand-in", {"desk": desk})
    return [f"{visit.who}: {len(left)} questions answered, paper handed in."]


def _open_attempt(visit: Visit) -> str | None:
    """The address of the attempt, begun where the button to begin is shown."""
    door = visit.read("/exam-room")
    begin = re.search(r"/exam-room/registrations/[0-9a-f-]{36}/start", door)
    if begin:
        return str(visit.press(begin[0]).headers["Location"])
    going_on = re.search(r"/exam-room/attempts/[0-9a-f-]{36}(?=\")", door)
    return going_on[0] if going_on else None


def _is_answered(given: dict[str, Any], question: Question) -> bool:
    return given["standing"].get(str(question["number"]), {}).get("answer") is not None


def answer_to(question: Question, known: Keys, *, is_right: bool) -> Answer:
    """The answer to save. Raises InTheWay at a question that no sample bank holds."""
    key = known.get(question["stem"])
    if key is None:
        raise InTheWay(f"Question {question['number']} is not in the sample banks; nobody stands in there.")
    if isinstance(key, bool):
        return key is is_right
    options = question["shown"]["options"]
    right = [option["letter"] for option in options if option["text"] in key]
    wrong = [option["letter"] for option in options if option["text"] not in key]
    chosen = right if is_right else wrong[:1]
    return chosen if question["kind"] == "multiple_choice" else chosen[0]


def known_answers() -> Keys:
    """What a well prepared candidate has in the head, from the published text of the sample banks.

    Of questions with a key; no paper of a sample bank draws those of other kinds.
    """
    files = [file for folder in bank_folders() for file in sorted(folder.glob("[0-9]*.yaml"))]
    questions = [each for file in files for each in parsed(file.read_text(encoding="utf-8"))["questions"]]
    return {each["stem"]: _key(each) for each in questions if "key" in each}


def _key(question: Question) -> bool | set[str]:
    if isinstance(question["key"], bool):
        return question["key"]
    return {question["options"][letter] for letter in question["key"]}
