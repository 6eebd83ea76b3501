"""The browser of the browser tests: the Chromium that this machine has."""

import pytest
from playwright.sync_api import expect

from tests.browser import chromium

# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)

# Looked up while tests are collected: it asks Playwright, and two of Playwright's loops do not nest.
CHROMIUM = chromium.find()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # Chromium's own sandbox cannot start for root, which is who runs most build machines.
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}
