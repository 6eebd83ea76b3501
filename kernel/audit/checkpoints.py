"""Checkpoints: the registry signs that the chain had this digest at this position."""

from datetime import UTC, datetime

from kernel.keys import PublicKeys, Signature, SigningRing
from kernel.lasting import FormatUnknown, canonical_json, lasting
from kernel.tables import CheckpointRecord

CHECKPOINT = lasting("kernel.checkpoint")
SIGNED_AS = "audit checkpoint"


def checkpoint_message(point: CheckpointRecord) -> bytes:
    """What a checkpoint signs. Raises FormatUnknown."""
    if point.format != CHECKPOINT.format:
        raise FormatUnknown(kind=CHECKPOINT.name, format=point.format)
    content = {
        "site": point.site,
        "key": point.key_id,
        "position": point.position,
        "digest": point.digest.hex(),
        "at": point.at.astimezone(UTC).isoformat(),
    }
    return canonical_json(CHECKPOINT.written(content))


def is_checkpoint_signed(point: CheckpointRecord, public_keys: PublicKeys) -> bool:
    """Whether the registry signed this checkpoint, with the key of its time."""
    signature = Signature(point.algorithm, point.key_id, point.signature)
    try:
        message = checkpoint_message(point)
    except FormatUnknown:
        return False
    return public_keys.has_signed(signature, SIGNED_AS, message, point.at)


def signed_checkpoint(ring: SigningRing, position: int, digest: bytes, now: datetime, site: str) -> CheckpointRecord:
    """A checkpoint over the link at `position`."""
    key = ring.key(ring.state.current)
    point = CheckpointRecord(
        position=position,
        format=CHECKPOINT.format,
        site=site,
        digest=digest,
        at=now,
        algorithm=key.public.algorithm,
        key_id=key.id,
    )
    point.signature = key.sign(SIGNED_AS, checkpoint_message(point)).value
    return point
