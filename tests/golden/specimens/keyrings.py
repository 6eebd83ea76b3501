"""Seals, rings, and keys that follow one another."""

import json
from base64 import b64decode, b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

from kernel.faces import Face
from kernel.files.sealing import HEAD, FileSeal, stored_size
from kernel.files.sealing import LAYOUT as SEALED_FILE
from kernel.keys import PAPERS, QUESTIONS, SIGNING, SigningKey, Succession
from kernel.keys.algorithms import SEAL, sealed_with
from kernel.keys.files import RING, state_of
from kernel.keys.succession import SUCCESSION
from tests.golden import keys
from tests.golden.specimens.question_bank import question
from tests.golden.specimens.what import NOW, SECRET, VERSION, Content, Specimen, hold


def write_seal() -> dict[str, Any]:
    sealed = keys.sealing(QUESTIONS).seal(question().canonical_bytes(), "version", VERSION)
    return {
        "head": sealed[:7].hex(),
        "length": len(sealed),
        "plain": question().canonical_bytes().decode(),
        "sealed": sealed.hex(),
    }


def verify_seal(kept: Content) -> None:
    sealed = bytes.fromhex(kept["sealed"])
    hold(sealed_with(sealed) == keys.sealing(QUESTIONS).state.current, "sealed bytes name another key")
    opened = keys.sealing(QUESTIONS).unseal(sealed, "version", VERSION)
    hold(opened.decode() == kept["plain"], "sealed bytes do not open to what was sealed")


def file_seal() -> FileSeal:
    return FileSeal(SECRET, "photos", VERSION)


def write_sealed_file() -> dict[str, Any]:
    plain = b"anpei" * 14_000  # more than one chunk
    sealed = b"".join(file_seal().sealed([plain]))
    return {"size": len(plain), "digest": sha256(plain).hexdigest(), "sealed": b64encode(sealed).decode()}


def verify_sealed_file(kept: Content) -> None:
    sealed, size = b64decode(kept["sealed"]), kept["size"]
    opened = b"".join(file_seal().opened([sealed[HEAD:]], size, 0, size))
    hold(len(sealed) == stored_size(size) and sealed[0] == SEALED_FILE.format, "a sealed file is of another layout")
    hold(sha256(opened).hexdigest() == kept["digest"], "a sealed file does not open to what was sealed")


def write_ring() -> dict[str, Any]:
    path = keys.folder() / PAPERS.name / "ring.json"
    return {"content": json.loads(path.read_text(encoding="utf-8"))}


def verify_ring(kept: Content) -> None:
    hold(RING.read(kept["content"])["current"] == state_of(keys.folder(), PAPERS).current, "a ring is not read")


def write_succession() -> dict[str, Any]:
    former = keys.ring(Face.REGISTRY).signing.key(keys.ring(Face.REGISTRY).signing.state.current)
    made = Succession.of(SigningKey(SECRET), NOW + timedelta(days=365), former)
    assert made.by_predecessor is not None
    return {
        "message": made.message.decode(),
        "by_itself": made.by_itself.hex(),
        "by_predecessor": made.by_predecessor.hex(),
    }


def verify_succession(kept: Content) -> None:
    said = SUCCESSION.read(json.loads(kept["message"]))
    key = SigningKey(SECRET)
    former = keys.ring(Face.REGISTRY).public_halves[said["predecessor"]]
    begins = NOW.fromisoformat(said["begins_at"])
    itself, predecessor = bytes.fromhex(kept["by_itself"]), bytes.fromhex(kept["by_predecessor"])
    made = Succession(key.public, begins, former.id, itself, predecessor)
    hold(made.is_signed_by(key.public, itself), "a key does not say whom it follows")
    hold(made.is_signed_by(former, predecessor), f"the key of {SIGNING.name} does not say who follows it")


SPECIMENS = (
    Specimen(SEAL.name, SEAL.format, write_seal, verify_seal, fresh=("sealed",)),
    Specimen(SEALED_FILE.name, SEALED_FILE.format, write_sealed_file, verify_sealed_file),
    Specimen(RING.name, RING.format, write_ring, verify_ring),
    Specimen(SUCCESSION.name, SUCCESSION.format, write_succession, verify_succession),
)
