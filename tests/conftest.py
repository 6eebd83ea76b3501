"""What every test has, pure ones too. Of the platform only its clock is imported here: see `tests/cast/platform.py`."""

import os

import hypothesis
import pytest

from tests.cast import sampling

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """One seed for all processes of a run, also of one that is at work at midnight."""
    os.environ.setdefault(sampling.SEED, str(sampling.seed()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.TESTS_FAILED:
        terminalreporter.write_line(f"generated tests were sampled by {sampling.SEED}={sampling.seed()}")
