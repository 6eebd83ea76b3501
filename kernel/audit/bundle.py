"""A bundle: a stretch of the audit that an outsider can check, without our database and with none of our keys.

It is text, one JSON value a line, and holds digests: every link of the chain, every checkpoint over it, and how each
signing key follows another. What the rows say stays here, but for those that are disclosed: their bytes stand in the
bundle, and prove to be what was sealed. Whoever was given one public key of the registry, or noted a digest that it
published, finds whether anything was altered, taken out or put in.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.audit.chain import GENESIS, leaf_of, link
from kernel.audit.checkpoints import is_checkpoint_signed
from kernel.audit.rows import Found, rows_found
from kernel.errors import N_, Problem
from kernel.keys import PublicKey, PublicKeys, Succession
from kernel.lasting import FormatUnknown, lasting
from kernel.ledger import successions
from kernel.tables import AuditRecord, ChainRecord, CheckpointRecord, LinkState

BUNDLE = lasting("kernel.audit_bundle")
AT_ONCE = 2_000


class NoBundle(Problem):
    sentence = N_("Line %(line)s of this file is not what a bundle of the audit has there.")


# Writing


def lines_of(session: Session, *, site: str, after: int = 0, about: Collection[UUID] = ()) -> Iterator[str]:
    """The lines of a bundle of what is sealed after the position `after`; rows about these subjects are disclosed."""
    start = session.get(ChainRecord, after) if after else None
    position, digest = (start.position, start.digest) if start else (0, GENESIS)
    yield _line("bundle", BUNDLE.written({"site": site, "after": position, "digest": digest.hex()}))
    for each in successions(session):
        yield _line("key", _key(each))
    while links := _links(session, position):
        points = _points(session, position, links[-1][0].position)
        for chain, found in links:
            position, leaf = chain.position, leaf_of(chain, found)
            yield _line("link", [position, chain.face, chain.number, chain.state, leaf.hex() if leaf else None])
            if found and found.canonical and found.record.subject in about:
                yield _line("row", [position, found.canonical.decode()])
            if position in points:
                yield _line("checkpoint", _checkpoint(points[position]))


def _line(what: str, value: object) -> str:
    return json.dumps({what: value}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _links(session: Session, after: int) -> list[tuple[ChainRecord, Found | None]]:
    links = select(ChainRecord, AuditRecord).outerjoin(AuditRecord, AuditRecord.id == ChainRecord.audit_id)
    some = links.where(ChainRecord.position > after).order_by(ChainRecord.position).limit(AT_ONCE)
    return [(chain, found) for chain, found in rows_found(session, some)]


def _points(session: Session, after: int, until: int) -> dict[int, CheckpointRecord]:
    points = select(CheckpointRecord).where(CheckpointRecord.position > after, CheckpointRecord.position <= until)
    return {point.position: point for point in session.scalars(points)}


def _key(each: Succession) -> dict[str, Any]:
    return {
        "algorithm": each.key.algorithm,
        "public": each.key.public.hex(),
        "begins_at": each.begins_at.isoformat(),
        "predecessor": each.predecessor,
        "by_itself": each.by_itself.hex(),
        "by_predecessor": each.by_predecessor.hex() if each.by_predecessor else None,
    }


def _checkpoint(point: CheckpointRecord) -> dict[str, Any]:
    plain = ("position", "format", "site", "algorithm", "key_id")
    return {
        **{name: getattr(point, name) for name in plain},
        "digest": point.digest.hex(),
        "at": point.at.isoformat(),
        "signature": point.signature.hex(),
    }


# Checking: nothing here knows a database or a key that is secret.


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a bundle."""

    sentence: str
    data: Mapping[str, object]


BROKEN = N_("The link at position %(position)s does not follow the one before it.")
GAP = N_("After number %(before)s of face %(face)s the chain goes on with %(number)s.")
SAID = {
    LinkState.REFUSED: N_("Number %(number)s of face %(face)s is sealed as a row that nobody vouches for."),
    LinkState.MISSING: N_("Number %(number)s of face %(face)s was taken away before it was sealed."),
}
UNSIGNED = N_("The checkpoint at position %(position)s is not signed by a key that follows from the one you trust.")
DIFFERS = N_("The checkpoint at position %(position)s does not agree with the chain.")
NO_END = N_("The chain ends at position %(position)s without a checkpoint.")
OTHER_ROW = N_("The row disclosed at position %(position)s is not what was sealed there.")
NOT_SEEN = N_("You noted another digest at position %(position)s, or the bundle does not reach there.")


@dataclass
class Report:
    """What a bundle says, and what is wrong with it."""

    site: str = ""
    after: int = 0
    until: int = 0
    sealed_at: datetime | None = None
    disclosed: int = 0
    faults: list[Fault] = field(default_factory=list)

    def fault(self, sentence: str, **data: object) -> None:
        """Something is wrong."""
        self.faults.append(Fault(sentence, data))


class Check:
    """One reading of a bundle, line by line, however long it is."""

    def __init__(self, given: Mapping[str, PublicKey], seen: Mapping[int, str]) -> None:
        """Trust the keys that were `given`, and the digests that somebody noted: position -> hexadecimal digest."""
        self.given = given
        self.seen = dict(seen)
        self.report = Report()
        self._keys: list[Succession] = []
        self._digest, self._leaf = GENESIS, b""
        self._numbers: dict[str, int] = {}
        self._last: CheckpointRecord | None = None

    def read(self, lines: Iterable[str]) -> Report:
        """Read all of it. Raises NoBundle, FormatUnknown."""
        takes: dict[str, Callable[[Any], None]] = {
            "bundle": self._begin,
            "key": self._key,
            "link": self._link,
            "row": self._row,
            "checkpoint": self._point,
        }
        for number, line in enumerate(lines, start=1):
            try:
                ((what, value),) = json.loads(line).items()
                if (what == "bundle") != (number == 1):
                    raise NoBundle(line=number)
                takes[what](value)
            except FormatUnknown:
                raise
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise NoBundle(line=number) from None
        self._end()
        return self.report

    def _begin(self, value: Mapping[str, Any]) -> None:
        content = BUNDLE.read(value)
        self.report.site, self.report.after = content["site"], content["after"]
        self.report.until, self._digest = content["after"], bytes.fromhex(content["digest"])
        if not content["after"]:
            self._digest = GENESIS
        self._look(self.report.after)

    def _key(self, value: Mapping[str, Any]) -> None:
        former = value["by_predecessor"]
        self._keys.append(
            Succession(
                PublicKey(value["algorithm"], bytes.fromhex(value["public"])),
                datetime.fromisoformat(value["begins_at"]),
                value["predecessor"],
                bytes.fromhex(value["by_itself"]),
                bytes.fromhex(former) if former else None,
            )
        )

    def _link(self, value: list[Any]) -> None:
        position, face, number, state, leaf = value
        known = self._numbers.get(face, 0 if not self.report.after else number - 1)
        if position != self.report.until + 1 or leaf is None:
            self.report.fault(BROKEN, position=position)
        if number != known + 1:
            self.report.fault(GAP, face=face, before=known, number=number)
        if LinkState(state) in SAID:
            self.report.fault(SAID[LinkState(state)], face=face, number=number)
        self._leaf = bytes.fromhex(leaf or "")
        self._digest = link(self._digest, self._leaf)
        self._numbers[face], self.report.until = number, position
        self._look(position)

    def _look(self, position: int) -> None:
        noted = self.seen.get(position)
        if noted is not None and noted.lower() == self._digest.hex():
            del self.seen[position]

    def _row(self, value: list[Any]) -> None:
        position, content = value
        if position != self.report.until or hashlib.sha256(content.encode()).digest() != self._leaf:
            self.report.fault(OTHER_ROW, position=position)
        self.report.disclosed += 1

    def _point(self, value: Mapping[str, Any]) -> None:
        plain = {name: value[name] for name in ("position", "format", "site", "algorithm", "key_id")}
        digest, signature = bytes.fromhex(value["digest"]), bytes.fromhex(value["signature"])
        point = CheckpointRecord(**plain, at=datetime.fromisoformat(value["at"]), digest=digest, signature=signature)
        if not is_checkpoint_signed(point, PublicKeys(self.given, self._keys)):
            self.report.fault(UNSIGNED, position=point.position)
        elif (point.position, digest) != (self.report.until, self._digest):
            self.report.fault(DIFFERS, position=point.position)
        self._last, self.report.sealed_at = point, point.at

    def _end(self) -> None:
        reached = self._last.position if self._last else self.report.after
        if reached != self.report.until:
            self.report.fault(NO_END, position=self.report.until)
        for position in self.seen:
            self.report.fault(NOT_SEEN, position=position)
