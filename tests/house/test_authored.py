"""Every file that comes with the program can be used, and is read in one way."""

import subprocess
import sys
from pathlib import Path

from host.modules import load_everything
from kernel.authored import LOADERS, read_all

HOUSE = Path(__file__).parent.parent.parent


def test_every_file_that_comes_with_the_program_can_be_used():
    load_everything()
    read_all()
    assert {loader.__module__.split(".")[0] for loader in LOADERS} == {
        "kernel",
        "people",
        "simulations",
        "training",
        "exams",
        "certification",
    }


def test_no_room_reads_yaml_by_itself(tmp_path):
    planted = tmp_path / "certification" / "programmes" / "rules.py"
    planted.parent.mkdir(parents=True)
    planted.write_text('"""Planted."""\n\nimport yaml\n\nRULES = yaml.safe_load("a: 1")\n', encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff", "check", "--config", str(HOUSE / "pyproject.toml"), "--select", "TID251"]
    said = subprocess.run([*ruff, planted], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "kernel/authored.py reads" in said.stdout
