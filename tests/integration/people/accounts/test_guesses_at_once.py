"""Many guesses in one moment: no more of them are judged than one after the other, and memory is bounded."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from time import sleep

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from kernel.actor import ANYONE
from kernel.faces import Face
from people.accounts.actions import passwords, sign_in
from people.accounts.errors import TooManyGuesses, WrongNameOrPassword
from people.accounts.rules import GUESSES_FROM_ONE_PLACE, PASSWORDS_AT_ONCE
from tests.cast.waiting import LIMIT_SECONDS

AT_ONCE = 14


def test_of_fourteen_guesses_in_one_moment_five_are_judged(own_workplace):
    together = Barrier(AT_ONCE)

    def guess(number):
        together.wait()
        with own_workplace.transaction(ANYONE, Face.REGISTRY) as work:
            outcome = sign_in(work, username="owner", password=f"{number}", address="192.0.2.1", demonstration=False)
        return type(outcome.problem)

    with ThreadPoolExecutor(AT_ONCE) as guessers:
        answers = list(guessers.map(guess, range(AT_ONCE)))
    assert answers.count(WrongNameOrPassword) == GUESSES_FROM_ONE_PLACE
    assert answers.count(TooManyGuesses) == AT_ONCE - GUESSES_FROM_ONE_PLACE


class Watched(Argon2Hasher):
    """Hashes as Argon2 does once as many are at it as may be, and remembers how many were."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.lock, self.now, self.most, self.together = Lock(), 0, 0, Barrier(PASSWORDS_AT_ONCE)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.together.wait(LIMIT_SECONDS)
        sleep(0.05)  # in which one too many would come in
        with self.lock:
            self.now -= 1
        return super().hash(password, salt=salt)


def test_so_many_passwords_are_hashed_together_and_the_others_wait(monkeypatch):
    watched = Watched()
    monkeypatch.setattr(passwords, "PASSWORDS", PasswordHash((watched,)))
    callers = PASSWORDS_AT_ONCE * 3
    with ThreadPoolExecutor(callers) as together:
        hashes = list(together.map(passwords.hashed, map(str, range(callers))))
    assert watched.most == PASSWORDS_AT_ONCE
    assert all(passwords.is_right(str(number), each) for number, each in enumerate(hashes))
