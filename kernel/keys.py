"""Keys, and which face holds which.

    questions  AES-256-GCM  authoring, examination      question content at rest
    papers     AES-256-GCM  examination                 drawn papers and sittings' secrets
    rows       AES-256-GCM  registry                    rows of staff lists that wait to be mended
    audit      HMAC-SHA-256 every face, one key each    proves which process wrote an audit row
    signing    Ed25519      registry                    audit checkpoints, certificates' facts
    signing.public          whoever verifies            the public half of `signing`; no secret

A key is made once, with the installation (host/key_making.py), and never in passing: a new one in the place of a lost
one would open nothing, and would sign on as if nothing had happened. Where a file is missing, KeyMissing says which.

A host that runs only the learning face has neither the questions' nor the papers' key on its disk, and asking for it is
refused. Where one machine runs all faces the files lie side by side; the database roles still keep the faces apart.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kernel.errors import N_, Problem, Refused
from kernel.faces import Face

NONCE_BYTES = 12
QUESTION_HOLDERS = frozenset({Face.AUTHORING, Face.EXAMINATION})
PAPER_HOLDERS = frozenset({Face.EXAMINATION})
ROW_HOLDERS = frozenset({Face.REGISTRY})
SIGNERS = frozenset({Face.REGISTRY})
PUBLIC_KEY = "signing.public"
PUBLIC_KEY_BYTES = 32
VERIFIERS = frozenset({Face.REGISTRY, Face.PUBLIC})
HOLDERS = {"questions": QUESTION_HOLDERS, "papers": PAPER_HOLDERS, "rows": ROW_HOLDERS, "signing": SIGNERS}


def audit_key(face: Face) -> str:
    """The name of the key with which a face authenticates its audit rows."""
    return f"audit-{face}"


def keys_of(face: Face) -> list[str]:
    """The files that a host of this face needs, and no others."""
    held = [name for name, holders in HOLDERS.items() if face in holders]
    return [*held, *([PUBLIC_KEY] if face in VERIFIERS else []), audit_key(face)]


class KeyMissing(Problem):
    """Nothing is made in its place."""

    sentence = N_(
        "The key file %(file)s is missing in the keys folder of this host. Restore it from the backup, or copy it from "
        "the host that holds it; a new one could not take its place."
    )


class KeyNotHeld(Refused):
    sentence = N_("This part of the platform does not hold the key %(key)s.")


class SealBroken(Refused):
    sentence = N_("Sealed content does not open: it was altered, moved, or sealed with another key.")


@dataclass(frozen=True, slots=True)
class SealingKey:
    """Seals bytes with AES-256-GCM; `bound_to` names the one place where they belong."""

    secret: bytes = field(repr=False)  # a log or a traceback shows values as they describe themselves

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        """Nonce (12 bytes) followed by ciphertext and tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, plaintext, bound_to)

    def unseal(self, sealed: bytes, bound_to: bytes) -> bytes:
        """The plaintext. Raises SealBroken when a single bit, the key or the place differs."""
        try:
            return AESGCM(self.secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise SealBroken from None


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Signs with Ed25519 (RFC 8032)."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 bytes with which anyone can check a signature."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` was made by the holder of the secret behind `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one face in this process. A file is read when its key is asked for."""

    folder: Path
    face: Face

    @property
    def questions(self) -> SealingKey:
        """The key of question content; raises KeyNotHeld on faces that must not see questions."""
        return SealingKey(self._held("questions", QUESTION_HOLDERS))

    @property
    def papers(self) -> SealingKey:
        """The key of drawn papers and sitting secrets; raises KeyNotHeld outside the examination face."""
        return SealingKey(self._held("papers", PAPER_HOLDERS))

    @property
    def rows(self) -> SealingKey:
        """The key of imported rows that were not taken; raises KeyNotHeld outside the registry."""
        return SealingKey(self._held("rows", ROW_HOLDERS))

    @property
    def signing(self) -> SigningKey:
        """The registry's signing key; raises KeyNotHeld elsewhere."""
        return SigningKey(self._held("signing", SIGNERS))

    @property
    def public(self) -> bytes:
        """The registry's public key, which verifies what it signed. Holding it lets nobody sign."""
        return read_key(self.folder, PUBLIC_KEY)

    def audit_mac(self, message: bytes) -> bytes:
        """Proof that this face wrote `message`: HMAC-SHA-256, 32 bytes."""
        return hmac.digest(read_key(self.folder, audit_key(self.face)), message, hashlib.sha256)

    def require(self) -> None:
        """Have every key that this face needs. Raises KeyMissing."""
        for name in keys_of(self.face):
            read_key(self.folder, name)

    def _held(self, name: str, holders: frozenset[Face]) -> bytes:
        if self.face not in holders:
            raise KeyNotHeld(key=name)
        return read_key(self.folder, name)


def read_key(folder: Path, name: str) -> bytes:
    """The bytes of a key. Raises KeyMissing."""
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise KeyMissing(file=name) from None
