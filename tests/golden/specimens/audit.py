"""Rows and checkpoints of the audit."""

import json
from typing import Any
from uuid import UUID

from kernel.audit import (
    CHECKPOINT,
    GENESIS,
    ROW,
    SIGNED_AS,
    authenticate,
    bundle,
    canonical,
    checkpoint_message,
    leaf_of,
    link,
)
from kernel.audit.bundle import BUNDLE
from kernel.audit.checkpoints import signed_checkpoint
from kernel.audit.rows import Found
from kernel.faces import Face
from kernel.keys import Succession
from kernel.tables import AuditRecord, ChainRecord, CheckpointRecord, LinkState
from tests.golden import keys
from tests.golden.specimens.what import NOW, PERSON, SITTING, Content, Specimen, hold, signed


def audit_row() -> AuditRecord:
    row = AuditRecord(
        id=UUID("01970000-0000-7000-8000-000000000001"),
        site="main",
        number=12,
        at=NOW,
        written_at=NOW,
        face=Face.EXAMINATION.value,
        actor_account=UUID(int=1),
        actor_person=PERSON,
        actor_name="赵考务",
        name="exams.result_released",
        subject=SITTING,
        fact_format=1,
        facts={"score": "90.00", "passed": True},
    )
    authenticate(row, keys.ring(Face.EXAMINATION))
    return row


def write_row() -> dict[str, Any]:
    row = audit_row()
    fields = {name: getattr(row, name) for name in ("format", "site", "face", "actor_name", "name", "fact_format")}
    return {
        **fields,
        "id": str(row.id),
        "number": row.number,
        "at": row.at.isoformat(),
        "written_at": row.written_at.isoformat(),
        "actor": [str(row.actor_account), str(row.actor_person)],
        "subject": str(row.subject),
        "facts": row.facts,
        "key_id": row.key_id,
        "mac": row.mac.hex(),
        "canonical": canonical(row).decode(),
        "first_link": first_link(row).hex(),
    }


def first_link(row: AuditRecord) -> bytes:
    chain = ChainRecord(face=row.face, number=row.number, state=LinkState.WHOLE)
    leaf = leaf_of(chain, found(row))
    assert leaf is not None
    return link(GENESIS, leaf)


def found(row: AuditRecord) -> Found:
    return Found(row, json.dumps(row.facts), canonical(row), is_readable=True)


def verify_row(kept: Content) -> None:
    plain = ("format", "site", "face", "actor_name", "name", "fact_format", "facts", "key_id", "number")
    row = AuditRecord(
        id=UUID(kept["id"]),
        at=NOW.fromisoformat(kept["at"]),
        written_at=NOW.fromisoformat(kept["written_at"]),
        actor_account=UUID(kept["actor"][0]),
        actor_person=UUID(kept["actor"][1]),
        subject=UUID(kept["subject"]),
        mac=bytes.fromhex(kept["mac"]),
        **{name: kept[name] for name in plain},
    )
    hold(canonical(row).decode() == kept["canonical"], "a row of the audit is not what was chained")
    hold(first_link(row).hex() == kept["first_link"], "a row of the audit gives another link")
    mac = keys.ring(Face(row.face)).audit.key(row.key_id).mac(canonical(row))
    hold(mac.value == row.mac, "a row of the audit is not authentic")


def write_checkpoint() -> dict[str, Any]:
    key = keys.ring(Face.REGISTRY).signing
    point = CheckpointRecord(
        position=1,
        format=CHECKPOINT.format,
        site="main",
        digest=GENESIS,
        at=NOW,
        algorithm="ed25519",
        key_id=key.state.current,
    )
    signature = key.sign(SIGNED_AS, checkpoint_message(point))
    return {
        **{name: getattr(point, name) for name in ("position", "format", "site", "algorithm", "key_id")},
        "digest": point.digest.hex(),
        "at": point.at.isoformat(),
        "message": checkpoint_message(point).decode(),
        "signature": signature.value.hex(),
    }


def verify_checkpoint(kept: Content) -> None:
    plain = {name: kept[name] for name in ("position", "format", "site", "algorithm", "key_id")}
    at, digest = NOW.fromisoformat(kept["at"]), bytes.fromhex(kept["digest"])
    point = CheckpointRecord(**plain, digest=digest, at=at)
    hold(checkpoint_message(point).decode() == kept["message"], "a checkpoint says something else")
    signed(kept, SIGNED_AS, checkpoint_message(point))


def write_bundle() -> dict[str, Any]:
    row, key = audit_row(), keys.ring(Face.REGISTRY).signing
    signing = key.key(key.state.current)
    chain = ChainRecord(position=1, face=row.face, number=1, state=LinkState.WHOLE)
    leaf = leaf_of(chain, found(row))
    assert leaf is not None
    point = signed_checkpoint(key, 1, link(GENESIS, leaf), NOW, "main")
    return {
        "lines": [
            bundle._line("bundle", BUNDLE.written({"site": "main", "after": 0, "digest": GENESIS.hex()})),
            bundle._line("key", bundle._key(Succession.of(signing, NOW))),
            bundle._line("link", [1, row.face, 1, LinkState.WHOLE, leaf.hex()]),
            bundle._line("row", [1, canonical(row).decode()]),
            bundle._line("checkpoint", bundle._checkpoint(point)),
        ]
    }


def verify_bundle(kept: Content) -> None:
    report = bundle.Check(keys.ring(Face.REGISTRY).public_halves, {}).read(kept["lines"])
    hold(not report.faults and report.disclosed == 1, "a bundle of the audit does not verify")


SPECIMENS = (
    Specimen(ROW.name, ROW.format, write_row, verify_row),
    Specimen(CHECKPOINT.name, CHECKPOINT.format, write_checkpoint, verify_checkpoint),
    Specimen(BUNDLE.name, BUNDLE.format, write_bundle, verify_bundle),
)
