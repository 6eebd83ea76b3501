"""What every test has, pure ones too. Of the platform only its clock is imported here: see `tests/cast/platform.py`."""

import os

import hypothesis
import pytest
from hypothesis import core

from tests.cast import sampling

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """One seed for all processes of a run, also of one that is at work at midnight, and for Hypothesis too: what one
    run of a day finds, each finds."""
    os.environ.setdefault(sampling.SEED, str(sampling.seed()))
    if core.global_force_seed is None:  # or `--hypothesis-seed` says which
        core.global_force_seed = sampling.seed()  # type: ignore[assignment]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.TESTS_FAILED:
        terminalreporter.write_line(f"generated tests were sampled by {sampling.SEED}={sampling.seed()}")
