"""The secret of a sitting, the promise about it, and the seed of each candidate.

Before any paper exists, the sitting's secret (32 random bytes) is promised in the audit by its commitment,
SHA-256(secret || sitting id as 16 bytes). After the sitting the secret is revealed; whoever holds it can compute every
seed, HMAC-SHA-256(key = secret, message = admission number in UTF-8), and so repeat every draw. The layout of question
n has a seed of its own, with the message "<admission number>/question/<n>": it can be had again without the others.
"""

import hashlib
import hmac
from uuid import UUID

SECRET_BYTES = 32


def commitment(secret: bytes, sitting_id: UUID) -> str:
    """The promise made before the draw, in hexadecimal."""
    return hashlib.sha256(secret + sitting_id.bytes).hexdigest()


def keeps_promise(secret: bytes, sitting_id: UUID, promised: str) -> bool:
    """Is this the secret that was promised."""
    return hmac.compare_digest(commitment(secret, sitting_id), promised)


def candidate_seed(secret: bytes, admission_number: str) -> int:
    """The 256-bit seed of one candidate's draw: the HMAC read as a big-endian number."""
    return int.from_bytes(hmac.digest(secret, admission_number.encode(), "sha256"), "big")


def layout_seed(secret: bytes, admission_number: str, number: int) -> int:
    """The 256-bit seed of how question `number` of one candidate's paper is laid out."""
    return candidate_seed(secret, f"{admission_number}/question/{number}")
