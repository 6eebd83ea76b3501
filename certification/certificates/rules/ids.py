"""Identifiers of certificates: inside, and on the code that strangers scan."""

import base64
import hashlib
from typing import NewType
from uuid import UUID

from certification.certificates.rules.names import folded

CertificateId = NewType("CertificateId", UUID)

CODE_BYTES = 16


def public_code(randomness: bytes) -> str:
    """The code in a certificate's public address: 26 letters and digits that nobody can guess or count through."""
    return base64.b32encode(randomness).decode("ascii").rstrip("=")


def public_link(base_url: str, code: str) -> str:
    """The address that the QR code opens. The payload of the national code is not published; this is the platform's."""
    return f"{base_url.rstrip('/')}/verify/c/{code}"


def lookup_digest(number: str, name: str) -> bytes:
    """What finds a certificate by number and name: 32 bytes, so that the public view need not carry the number."""
    return hashlib.sha256(f"anpei certificate look-up\n{number}\n{folded(name)}".encode()).digest()
