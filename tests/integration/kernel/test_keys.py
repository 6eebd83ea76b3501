"""Keys are made with an installation. A lost one is asked for, and never replaced in silence."""

import shutil
import subprocess
import sys
from os import environ
from pathlib import Path

import pytest

from host.machine import Machine
from host.wiring import wiring
from kernel.actor import ANYONE
from kernel.audit import seal
from kernel.faces import Face
from kernel.keys import KeyDamaged, KeyMissing, Keyring, folders_of
from kernel.settings import libpq

HOUSE = Path(__file__).parent.parent.parent.parent
ALL = {name for face in Face for name in folders_of(face)}


@pytest.fixture
def installed(copies, tmp_path):
    """A migrated database, with the host that made it: its keys, and one sealed deed."""
    with copies.unfounded() as made:
        host = on_another_host(made, tmp_path / "first")
        assert host.migrate() == []
        place = host.workplace(wiring(host.settings))
        with place.transaction(ANYONE, Face.REGISTRY) as work:
            work.note("tests.happened")
        with place.transaction(ANYONE, Face.REGISTRY) as work:
            seal(work.session, work.keys, work.now)
        place.engines.dispose()
        yield host


def on_another_host(made: Machine, var: Path) -> Machine:
    """The same database as seen from a host with a `var` of its own, and no key there."""
    addresses = {face: libpq(made.face_url(face)) for face in Face}
    update = {
        "var": var,
        "witness_file": None,
        "database_url": libpq(made.owner_url()),
        "face_database_urls": addresses,
    }
    return Machine(made.settings.model_copy(update=update))


def kept(host: Machine) -> set[str]:
    folder = host.settings.keys_folder
    return {ring.name for ring in folder.iterdir()} - {"database"} if folder.exists() else set()


def content(host: Machine) -> dict[str, bytes]:
    folder = host.settings.keys_folder
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_an_installation_makes_every_key_when_it_is_made_and_none_twice(installed):
    assert kept(installed) == ALL
    before = content(installed)
    assert installed.migrate() == []
    assert before == content(installed)


def test_a_restore_without_the_keys_folder_makes_no_other_key_for_what_is_signed(installed, tmp_path):
    restored = on_another_host(installed, tmp_path / "second")
    assert set(restored.migrate()) == {"signing", "audit-registry"}
    assert not kept(restored) & {"signing", "signing.public", "audit-registry"}
    place = restored.workplace(wiring(restored.settings))
    with pytest.raises(KeyMissing, match="audit-registry"), place.transaction(ANYONE, Face.REGISTRY) as work:
        work.note("tests.happened")
    with pytest.raises(KeyMissing, match="signing"):
        restored.require_keys(Face.REGISTRY)
    place.engines.dispose()


@pytest.mark.parametrize("face", list(Face))
def test_a_ring_that_is_missing_is_named_and_not_made(installed, tmp_path, face):
    for number, name in enumerate(folders_of(face)):
        folder = tmp_path / str(number)
        for other in set(folders_of(face)) - {name}:
            shutil.copytree(installed.settings.keys_folder / other, folder / other)
        with pytest.raises(KeyMissing, match=name):
            Keyring(folder, face).require()
        assert not (folder / name).exists()


def test_a_key_file_that_was_exchanged_or_cut_is_found_before_anything_is_made_with_it(installed, tmp_path):
    shutil.copytree(installed.settings.keys_folder, tmp_path / "keys")
    (file,) = (tmp_path / "keys" / "papers").glob("*.key")
    for damaged in (bytes(32), file.read_bytes()[:31], b""):
        file.chmod(0o600)
        file.write_bytes(damaged)
        with pytest.raises(KeyDamaged, match=file.stem):
            Keyring(tmp_path / "keys", Face.EXAMINATION).require()
    file.unlink()
    with pytest.raises(KeyMissing, match=file.stem):
        Keyring(tmp_path / "keys", Face.EXAMINATION).require()


def verify(host: Machine, *arguments: str) -> subprocess.CompletedProcess[str]:
    return audit(host, "verify", *arguments)


def audit(host: Machine, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": environ["PATH"],
        "PYTHONPATH": str(HOUSE),
        "ANPEI_VAR": str(host.settings.var),
        "ANPEI_FACE_DATABASE_URLS__REGISTRY": libpq(host.face_url(Face.REGISTRY)),
        "ANPEI_WITNESS_FILE": str(host.settings.var / "witness.log"),
    }
    command = [sys.executable, "-c", "from host.cli import main; main()", "audit", *arguments]
    return subprocess.run(command, env=environment, cwd=HOUSE, capture_output=True, text=True, check=False, timeout=120)


def test_an_auditor_verifies_with_the_public_key_alone_and_makes_none(installed, tmp_path):
    auditor = on_another_host(installed, tmp_path / "auditor")
    alone = verify(auditor)
    assert alone.returncode == 1
    assert "signing.public is missing" in alone.stdout
    (public,) = (installed.settings.keys_folder / "signing.public").iterdir()
    auditor.settings.var.mkdir(exist_ok=True)
    (auditor.settings.var / "witness.log").write_bytes(b"")
    checked = verify(auditor, "--public-key", str(public))
    assert checked.returncode == 0, checked.stdout
    assert "3 rows walked, 0 findings." in checked.stdout
    assert "cannot be authenticated here" in checked.stdout
    assert kept(auditor) == set()


def test_an_outsider_checks_a_bundle_with_a_public_key_and_nothing_else(installed, tmp_path):
    """Neither an address nor a key of ours is told to the second command."""
    file, outside = tmp_path / "audit.jsonl", {"PATH": environ["PATH"], "PYTHONPATH": str(HOUSE)}
    assert "written to" in audit(installed, "bundle", str(file)).stdout
    (public,) = (installed.settings.keys_folder / "signing.public").iterdir()
    command = [sys.executable, "-c", "from host.cli import main; main()", "audit", "check-bundle", str(file)]
    command += ["--public-key", str(public)]
    given = {"env": outside, "cwd": tmp_path, "capture_output": True, "text": True, "timeout": 120}
    checked = subprocess.run(command, check=False, **given)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "positions 1 to 3" in checked.stdout
    file.write_text(file.read_text().replace('"registry",2', '"registry",3'))
    assert subprocess.run(command, check=False, **given).returncode == 1
    assert not (tmp_path / "var").exists()


def test_what_is_no_public_key_is_said_to_be_none(installed, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not a key")
    assert "holds no public key" in verify(installed, "--public-key", str(wrong)).stdout
