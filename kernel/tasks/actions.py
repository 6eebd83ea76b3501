"""Starting and cancelling a long task. Parts of deeds, no deeds themselves: the room says who may."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from kernel.actor import Actor
from kernel.ids import new_id
from kernel.tasks.kinds import Kind
from kernel.tasks.rules import Task
from kernel.tasks.tables import CancellationRecord, TaskRecord
from kernel.work import Work


def start(work: Work, kind: Kind, *, about: UUID | None, facts: Mapping[str, Any]) -> UUID:
    """Have a task done by the workers, if and when this work is committed; its id.

    It is done in the actor's name, with what the actor may do now.
    """
    task_id = new_id()
    work.session.add(
        TaskRecord(
            id=task_id,
            role=kind.face.role,
            kind=kind.name,
            about=about,
            facts=dict(facts),
            actor=_actor_as_json(work.actor),
            started_at=work.now,
            run_after=work.now,
        )
    )
    work.session.flush()
    work.note("kernel.task_started", subject=task_id, kind=kind.name)
    return task_id


def cancel(work: Work, task: Task) -> None:
    """Let a task stop after the step that is under way; what it did stays done. Twice is once."""
    if task.outcome is not None or task.is_cancelled:
        return
    asked = insert(CancellationRecord).values(task_id=task.id, asked_at=work.now)
    work.session.execute(asked.on_conflict_do_nothing())
    work.note("kernel.task_cancelled", subject=task.id, kind=task.kind)


def note_down(work: Work, task: Task, noted: Mapping[str, Any]) -> None:
    """What a step found and later ones need, in the place of what was noted before. Committed with the step."""
    work.session.execute(update(TaskRecord).where(TaskRecord.id == task.id).values(noted=dict(noted)))


def _actor_as_json(actor: Actor) -> dict[str, Any]:
    plain = asdict(actor)
    ids = {name: str(plain[name]) for name in ("account_id", "person_id", "organisation_id") if plain[name]}
    return plain | ids | {"permissions": sorted(actor.permissions), "roles": sorted(actor.roles)}


def actor_from_json(written: Mapping[str, Any]) -> Actor:
    """Whoever started a task."""

    def known(name: str) -> UUID | None:
        return UUID(written[name]) if written[name] else None

    return Actor(
        name=written["name"],
        account_id=known("account_id"),
        person_id=known("person_id"),
        organisation_id=known("organisation_id"),
        region=written["region"],
        permissions=frozenset(written["permissions"]),
        roles=frozenset(written["roles"]),
        is_platform=written["is_platform"],
    )
