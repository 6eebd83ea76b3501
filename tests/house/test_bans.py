"""What only one module may do is done nowhere else: each ban is seen to hold on a planted line."""

import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import yaml", "kernel/authored.py reads"),
        ("from yaml import safe_load", "kernel/authored.py reads"),
        ("import random", "drawn by kernel/chance.py"),
        ("from random import shuffle", "drawn by kernel/chance.py"),
        ("import random2", "drawn by kernel/chance.py"),
        ("from random2 import Random", "drawn by kernel/chance.py"),
        ("import time\n\nNOW = time.time()", "Only kernel/clock.py reads the time"),
        ("from datetime import date\n\nTODAY = date.today()", "Only kernel/clock.py reads the time"),
    ],
)
def test_a_line_that_does_it_elsewhere_is_found(tmp_path, line, said):
    planted = tmp_path / "certification" / "programmes" / "rules.py"
    planted.parent.mkdir(parents=True)
    planted.write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff", "check", "--config", str(HOUSE / "pyproject.toml"), "--select", "TID251"]
    found = subprocess.run([*ruff, planted], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert said in found.stdout
