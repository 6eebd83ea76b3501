"""The platform, and the browser to look at it with: the Chromium that this machine has."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from host import static_build
from tests.browser import chromium
from tests.cast.platform import copies, machine, own_workplace, settings, site, work_as, workplace
from tests.cast.visitors import COMPLAINTS

__all__ = ["copies", "machine", "own_workplace", "settings", "site", "work_as", "workplace"]

# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)

# Looked up while tests are collected: it asks Playwright, and two of Playwright's loops do not nest.
CHROMIUM = chromium.find()


@pytest.fixture(scope="session", autouse=True)
def browser_files() -> None:
    """No browser is shown a script older than its source: what changed is built before the first page opens."""
    static_build.build()


@pytest.fixture(autouse=True)
def no_browser_complains() -> Iterator[None]:
    """An error in a script, or a broken content policy, fails the test in which it came up."""
    COMPLAINTS.clear()
    yield
    assert COMPLAINTS == []


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # Chromium's own sandbox cannot start for root, which is who runs most build machines.
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}
