"""Each face can stand on a host of its own, and holds only what is its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from kernel.faces import Face
from kernel.keys import QUESTIONS, KeyNotHeld, Keyring, folders_of
from kernel.keys.files import make_key
from kernel.settings import libpq
from people.demonstration.rules import PASSWORD
from tests.cast.server import free_port, until_it_answers
from tests.cast.site import Site, serving

HOUSE = Path(__file__).parent.parent.parent.parent


@contextmanager
def a_host_for(face: Face, site: Site, var: Path) -> Iterator[str]:
    """`anpei serve --face …` in a process of its own, which knows one database login and no key of anybody else."""
    (var / "keys").mkdir()
    for name in folders_of(face):
        shutil.copytree(site.workplace.settings.keys_folder / name, var / "keys" / name)
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HOUSE),
        "ANPEI_VAR": str(var),
        "ANPEI_DEMONSTRATION": "true",
        f"ANPEI_FACE_DATABASE_URLS__{face.name}": libpq(site.workplace.engines.url(face)),
    }
    command = [
        sys.executable,
        "-c",
        "from host.cli import main; main()",
        "serve",
        "--face",
        face.value,
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, env=environment, cwd=HOUSE) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            until_it_answers(url, process)
            yield url
        finally:
            process.terminate()


def test_the_learning_face_runs_on_a_host_without_the_questions_key(site: Site, tmp_path: Path):
    with a_host_for(Face.LEARNING, site, tmp_path) as url:
        client = httpx.Client(base_url=url, headers={"Origin": url})
        assert client.post("/sign-in", data={"username": "zhang", "password": PASSWORD}).status_code == 303
        assert client.get("/").status_code == 200
        assert client.get("/my-learning").status_code == 200
        assert client.get("/exam-room").status_code == 404
        assert client.get("/authoring").status_code == 404
    kept = {path.name for path in tmp_path.rglob("*")}
    assert not kept & {"questions", "papers", "signing"}


@pytest.mark.parametrize("key", ["questions", "papers", "signing", "rows"])
def test_the_learning_face_is_refused_every_key_of_testing(tmp_path: Path, key: str):
    with pytest.raises(KeyNotHeld):
        getattr(Keyring(tmp_path, Face.LEARNING), key)
    assert not (tmp_path / key).exists()


def test_authoring_does_not_open_papers_and_the_registry_does_not_open_questions(tmp_path: Path):
    with pytest.raises(KeyNotHeld):
        _ = Keyring(tmp_path, Face.AUTHORING).papers
    with pytest.raises(KeyNotHeld):
        _ = Keyring(tmp_path, Face.REGISTRY).questions
    make_key(tmp_path, QUESTIONS, datetime(2026, 6, 1, tzinfo=UTC))
    assert Keyring(tmp_path, Face.EXAMINATION).questions.seal(b"a question", "version", UUID(int=1))


def test_the_public_face_answers_without_anybody_signed_in_and_hosts_nothing_else(site: Site):
    with serving(site.workplace, (Face.PUBLIC,)) as public:
        client = public.client()
        assert client.get("/").headers["location"] == "/verify"
        assert client.get("/verify").status_code == 200
        assert client.get("/sign-in").status_code == 404
        assert client.get("/staff").status_code == 404
