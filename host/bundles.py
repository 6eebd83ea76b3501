"""Makes one file of each script that a page loads, in words that old browsers know.

A page names its script as ``asset("scripts/exams/exam_room/room.js")``. Its source is ``web/exams/exam_room/room.js``,
beside the page; esbuild follows its imports and writes one file to ``web/static/scripts``, with a source map beside it.
A style sheet that is put together from several folders (``asset("scripts/components/kinds/kinds.css")``) is made alike.
The address carries a mark of the whole content, so that a browser keeps it for a year and loads no module anew.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "web"
SCRIPTS = WEB / "static" / "scripts"
ASKED_FOR = re.compile(r"""asset\(\s*["']scripts/([\w/]+\.(?:js|css))["']""")
# The oldest browsers that are promised; package.json says the same to the linter (`browserslist`).
BROWSERS = ("es2019", "chrome80", "safari13", "ios13")
# Destructuring: Safari 13 fails on a rare form of it that nobody writes, and esbuild cannot rewrite it.
WORDS = (f"--target={','.join(BROWSERS)}", "--supported:destructuring=true", "--minify", "--log-level=warning")
MADE = {".js", ".css", ".map"}
SCRIPT = ("--bundle", "--format=esm", "--sourcemap=linked", "--charset=utf8")


class BrokenScript(Exception):
    """esbuild refused a script: it says where and why."""


def entries(folder: Path = WEB) -> list[str]:
    """The scripts that templates under `folder` ask for, as paths under web/, sorted."""
    asked = (ASKED_FOR.findall(page.read_text(encoding="utf-8")) for page in folder.rglob("*.html"))
    return sorted({name for names in asked for name in names})


def bundle(esbuild: Path, scripts: Path = SCRIPTS, folder: Path = WEB) -> int:
    """Bring `scripts` up to date with the sources under `folder`; return how many files were written or removed.

    Everything is built each time, for it takes a moment, and what nobody asks for any more goes. A file that changed is
    put in place whole, so that a server or another build beside this one never reads half of it.
    """
    names = entries(folder)
    if not names:
        return _bring(scripts, {})
    scripts.parent.mkdir(parents=True, exist_ok=True)
    # A folder as deep as the real one: a source map tells where its sources are from there.
    with tempfile.TemporaryDirectory(dir=scripts.parent, prefix=".scripts-") as made:
        sources = [str(folder / name) for name in names]
        run(esbuild, [*sources, *SCRIPT, *WORDS, f"--outdir={made}", f"--outbase={folder}"])
        return _bring(scripts, {file.relative_to(made).as_posix(): file for file in _made(Path(made))})


def lower(esbuild: Path, source: Path, target: Path) -> int:
    """Rewrite one classic script of a package for old browsers; return how many files were written, 0 or 1."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".lower-") as made:
        run(esbuild, [str(source), *WORDS, f"--outfile={made}/{target.name}"])
        return int(_put(Path(made, target.name), target))


def missing(scripts: Path = SCRIPTS, folder: Path = WEB) -> list[str]:
    """Scripts that pages ask for and nobody has built."""
    return [name for name in entries(folder) if not (scripts / name).is_file()]


def run(esbuild: Path, arguments: Iterable[str]) -> None:
    """Run esbuild; raises BrokenScript with what it said."""
    done = subprocess.run([str(esbuild), *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode or done.stderr.strip():
        raise BrokenScript(done.stderr.strip())


def _bring(scripts: Path, built: dict[str, Path]) -> int:
    old = [file for file in _made(scripts) if file.relative_to(scripts).as_posix() not in built]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old) + sum(_put(file, scripts / name) for name, file in built.items())


def _made(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*.*") if file.suffix in MADE]


def _put(made: Path, target: Path) -> bool:
    if target.is_file() and target.read_bytes() == made.read_bytes():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    made.replace(target)
    return True
