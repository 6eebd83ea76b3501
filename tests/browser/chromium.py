"""Finds a Chromium for the browser tests, or gets one: Playwright's own build, else the distribution's package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The headless shell first: the same engine without the windows around it takes a quarter less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium-headless-shell", "chromium")


def find() -> str | None:
    """The path of a Chromium on this machine, or None."""
    given = os.environ.get("ANPEI_CHROMIUM")
    if given:
        return given
    own = _playwrights_own()
    if own:
        return own
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def get() -> str | None:
    """Install a Chromium in the way that works here; its path, or None where neither way does."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        commands.append([*prefix, "apt-get", "update", "-qq"])
        commands += [[*prefix, "apt-get", "install", "-y", "-qq", package] for package in PACKAGES]
    for command in commands:
        print(f"No Chromium yet: {' '.join(command)}", flush=True)  # noqa: T201
        try:
            subprocess.run(command, check=False, timeout=600)
        except (subprocess.TimeoutExpired, FileNotFoundError):
            continue
        path = find()
        if path:
            return path
    return None


if __name__ == "__main__":
    chromium = find() or get()
    if chromium is None:
        sys.exit("The browser tests need Chromium, and neither Playwright's installer nor apt-get could get one here.")
    print(f"browser tests use {chromium}")  # noqa: T201
