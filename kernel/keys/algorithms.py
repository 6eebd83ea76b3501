"""What keys do: seal, authenticate, sign. Everything they make names the key, and begins with what it is for.

Nothing made for one purpose can be passed off as made for another: the name of the purpose, and of the thing, is part
of what is sealed, authenticated or signed.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kernel.keys.errors import SealBroken
from kernel.keys.purposes import SIGNING, Way
from kernel.lasting import FormatUnknown, lasting

AES_256_GCM = "aes-256-gcm"
HMAC_SHA_256 = "hmac-sha-256"
ED25519 = "ed25519"
ALGORITHM_OF = {Way.SEALING: AES_256_GCM, Way.MAC: HMAC_SHA_256, Way.SIGNING: ED25519}

SEAL = lasting("kernel.seal")
NONCE_BYTES = 12
ID_BYTES = 6
HEAD_BYTES = 1 + ID_BYTES
PUBLIC_KEY_BYTES = 32


def key_id(purpose: str, told_by: bytes) -> str:
    """The id of a key, 12 hexadecimal digits: a digest of its purpose and the key (the public half, if it has one)."""
    return hashlib.sha256(b"anpei key id\0" + purpose.encode() + b"\0" + told_by).hexdigest()[: 2 * ID_BYTES]


@dataclass(frozen=True, slots=True)
class SealingKey:
    """Seals bytes with AES-256-GCM for one place: the thing `what` of the owner `of`, and nowhere else."""

    purpose: str
    secret: bytes = field(repr=False)  # a log or a traceback shows values as they describe themselves

    @property
    def id(self) -> str:
        """The id that everything sealed with this key names."""
        return key_id(self.purpose, self.secret)

    def seal(self, plaintext: bytes, what: str, of: UUID) -> bytes:
        """The number of this layout (1 byte), the key's id (6), a nonce (12), then ciphertext and tag."""
        head, nonce = bytes([SEAL.format]) + bytes.fromhex(self.id), os.urandom(NONCE_BYTES)
        return head + nonce + AESGCM(self.secret).encrypt(nonce, plaintext, self._bound(head, what, of))

    def unseal(self, sealed: bytes, what: str, of: UUID) -> bytes:
        """The plaintext. Raises SealBroken when a single bit, the key or the place differs."""
        head, nonce = sealed[:HEAD_BYTES], sealed[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES]
        try:
            return AESGCM(self.secret).decrypt(nonce, sealed[HEAD_BYTES + NONCE_BYTES :], self._bound(head, what, of))
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise SealBroken from None

    def _bound(self, head: bytes, what: str, of: UUID) -> bytes:
        return b"\0".join([b"anpei seal", head, self.purpose.encode(), what.encode(), of.bytes])


def sealed_with(sealed: bytes) -> str:
    """The id of the key that sealed these bytes. Raises FormatUnknown; SealBroken where there is not even a head."""
    if len(sealed) < HEAD_BYTES:
        raise SealBroken
    if sealed[0] != SEAL.format:
        raise FormatUnknown(kind=SEAL.name, format=sealed[0])
    return sealed[1:HEAD_BYTES].hex()


@dataclass(frozen=True, slots=True)
class Mac:
    """Proof that the holder of the key `key_id` wrote something: HMAC-SHA-256, 32 bytes."""

    key_id: str
    value: bytes


@dataclass(frozen=True, slots=True)
class MacKey:
    """Authenticates with HMAC-SHA-256; `purpose` is part of what is authenticated."""

    purpose: str
    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The id that every proof made with this key names."""
        return key_id(self.purpose, self.secret)

    def mac(self, message: bytes) -> Mac:
        """Proof that a holder of this key wrote `message`."""
        value = hmac.digest(self.secret, b"anpei mac\0" + self.purpose.encode() + b"\0" + message, hashlib.sha256)
        return Mac(self.id, value)


@dataclass(frozen=True, slots=True)
class Signature:
    """Of which algorithm, with which key, and the signature itself."""

    algorithm: str
    key_id: str
    value: bytes


@dataclass(frozen=True, slots=True)
class PublicKey:
    """With it anyone can check a signature, and nobody make one."""

    algorithm: str
    public: bytes

    @property
    def id(self) -> str:
        """The id that every signature of this key names."""
        return key_id(SIGNING.name, self.public)

    def has_signed(self, what: str, message: bytes, signature: Signature) -> bool:
        """Whether the holder of the secret half signed `message` as `what`."""
        check = VERIFY.get(signature.algorithm)
        named_right = (signature.algorithm, signature.key_id) == (self.algorithm, self.id)
        return named_right and check is not None and check(self.public, signature.value, _signed(what, message))


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Signs with Ed25519 (RFC 8032)."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """The half that may be given to anybody."""
        return PublicKey(ED25519, Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw())

    @property
    def id(self) -> str:
        """The id that every signature of this key names."""
        return self.public.id

    def sign(self, what: str, message: bytes) -> Signature:
        """A signature over ``anpei <what>``, a line feed, and `message`."""
        value = Ed25519PrivateKey.from_private_bytes(self.secret).sign(_signed(what, message))
        return Signature(ED25519, self.id, value)


def _signed(what: str, message: bytes) -> bytes:
    return b"anpei " + what.encode() + b"\n" + message


def _ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: not the length of a key
        return False
    return True


# Whether `signature` over `message` was made by the holder of the secret behind `public`.
VERIFY: Mapping[str, Callable[[bytes, bytes, bytes], bool]] = {ED25519: _ed25519}
