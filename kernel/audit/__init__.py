"""The audit: what happened, who did it, and proof that nothing of it was altered.

Rows are written by the deeds themselves. The database numbers them, for each face without a gap, and the face that
wrote a row proves it with a MAC over the number too (`rows`). The sealer, running as the registry, follows the numbers
(never an id or a time that a writer chose), chains what it finds and signs checkpoints (`chain`, `checkpoints`),
without making writers of different faces queue for one lock. `kernel.walk` follows the chain and finds: a row edited,
removed, inserted without a face's key, or reordered. `kernel.witness` is what has seen the checkpoints outside the
database.
"""

from kernel.audit.chain import (
    GENESIS,
    SEALED_WITHIN,
    ChainNotSigned,
    End,
    Waiting,
    end_of_chain,
    leaf_of,
    link,
    seal,
    waiting,
)
from kernel.audit.checkpoints import CHECKPOINT, SIGNED_AS, checkpoint_message, is_checkpoint_signed
from kernel.audit.noted import Noted, noted_about, noted_with
from kernel.audit.rows import NOTE_FORMAT, ROW, Authors, Authorship, ClockApart, authenticate, canonical, write_rows

__all__ = [
    "CHECKPOINT",
    "GENESIS",
    "NOTE_FORMAT",
    "ROW",
    "SEALED_WITHIN",
    "SIGNED_AS",
    "Authors",
    "Authorship",
    "ChainNotSigned",
    "ClockApart",
    "End",
    "Noted",
    "Waiting",
    "authenticate",
    "canonical",
    "checkpoint_message",
    "end_of_chain",
    "is_checkpoint_signed",
    "leaf_of",
    "link",
    "noted_about",
    "noted_with",
    "seal",
    "waiting",
    "write_rows",
]
