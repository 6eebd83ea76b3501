"""The browser of the browser tests: the Chromium that this machine has."""

import pytest

from tests.browser import chromium

# Looked up while tests are collected: it asks Playwright, and two of Playwright's loops do not nest.
CHROMIUM = chromium.find()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # Chromium's own sandbox cannot start for root, which is who runs most build machines.
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}
