"""The separation page: each rule with the evidence as found at this moment."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import column, func, select, table, text

from certification.certificates.queries import register_count
from certification.certificates.queries.genuine import false_certificates
from certification.certificates.rules.genuine import masked_number
from certification.separation.queries.imports import WALLS, imports_across
from certification.separation.rules import findings as said
from certification.separation.rules.findings import (
    FORBIDDEN_SCHEMAS,
    HISTORY,
    UNFINISHED,
    Depth,
    Evidence,
    Finding,
    Said,
)
from certification.separation.rules.names import FACES, KEYS, PACKAGES, listed
from exams.centres.rules import DUTY_NAMES, Duty
from exams.integrity.rules import CANDIDATE, Conflict, Ground, reasons_of
from kernel.audit import SEALED_WITHIN, waiting
from kernel.faces import Face
from kernel.keys import PAPERS, PUBLIC_HALVES, PURPOSES, QUESTIONS, SIGNING, KeyNotHeld, Keyring
from kernel.ledger import public_keys
from kernel.names import Names
from kernel.tables import AuditRecord, ChainRecord, CheckpointRecord
from kernel.walk import Walk, faults_at_the_end
from kernel.work import Reading
from people.access.rules import ROLE_NAMES, ROLES, TEACHING_ROLES, TESTING_ROLES, Role
from people.accounts.queries import people, roles_by_person

RIGHTS = text(
    """
    SELECT n.nspname || '.' || c.relname AS relation,
           CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(:role, c.oid, 'USAGE, SELECT, UPDATE')
                ELSE has_table_privilege(:role, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                     OR has_any_column_privilege(:role, c.oid, 'SELECT, INSERT, UPDATE') END AS has_right
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = :schema AND c.relkind IN ('r', 'v', 'm', 'p', 'S')
     ORDER BY 1
    """
)
MIGHT = text(
    """
    SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole
           OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid)
      FROM pg_roles r WHERE r.rolname = :role
    """
)
# What each table's guards are called upon for; those that are off, or on for replicas only, guard nothing.
TRIGGERS = text(
    """
    SELECT n.nspname || '.' || c.relname AS relation, bit_or(t.tgtype::integer) AS events
      FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_proc p ON p.oid = t.tgfoid
     WHERE p.proname IN ('refuse_change', 'keep_promise', 'keep_version', 'keep_last_copy', 'take_numbers')
       AND t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal
     GROUP BY 1 ORDER BY 1
    """
)
ON_UPDATE, ON_DELETE, ON_TRUNCATE = 16, 8, 32  # bits of pg_trigger.tgtype
ON_ANY_CHANGE = ON_UPDATE | ON_DELETE | ON_TRUNCATE

# Exams' own summary for the registry: conflicts that came to light after somebody was assigned.
CONFLICTS = table(
    "conflict_findings",
    *[
        column(name)
        for name in (
            *("sitting_id", "sitting_code", "starts_at", "person_id", "name", "duty", "ground", "candidate"),
            *("provider", "found_at", "relieved_at"),
        )
    ],
    schema="exams",
)
CONFLICTS_SHOWN = 100
# A page answers within seconds. The rest is for `anpei audit verify`, which takes the time that it takes.
WALKED_AT_MOST = 50_000
CERTIFICATES_WALKED = 10_000
CERTIFICATES_LOOKED_AT = 500

ANNULLED = table(
    "annulled_sittings",
    *[column(name) for name in ("sitting_code", "starts_at", "off_at", "off_because", "off_by", "candidates")],
    schema="exams",
)


def separation(reading: Reading, *, witness: Path, walk: bool = False) -> list[Finding]:
    """Every rule of separation with its evidence.

    Args:
        reading: as the registry, which may read the audit and PostgreSQL's catalogues.
        witness: the file outside the database that has seen the audit's checkpoints.
        walk: follow the newest WALKED_AT_MOST rows of the audit as well; that takes some seconds.
    """
    return [
        *(_code(source, forbidden) for source, forbidden in WALLS),
        *(_database(reading, face, schemas) for face, schemas in FORBIDDEN_SCHEMAS.items()),
        _history(reading),
        _keys(reading),
        _roles(),
        _accounts(reading),
        _staff(reading),
        _annulled(reading),
        _certificates(reading, walk=walk),
        _audit(reading, witness, walk=walk),
    ]


def _code(source: str, forbidden: tuple[str, ...]) -> Finding:
    read = imports_across(source, forbidden)
    evidence = [
        Evidence(said.AN_IMPORT, {"module": each.module, "line": each.line, "target": each.target}, breaks=True)
        for each in read.across
    ]
    return Finding(
        Depth.CODE,
        Said(said.CODE_RULE, {"source": PACKAGES[source], "forbidden": _packages(forbidden)}),
        Said(said.CODE_ENFORCED),
        tuple(evidence) or (Evidence(said.NO_IMPORT, {"modules": read.modules}),),
    )


def _database(reading: Reading, face: Face, schemas: tuple[str, ...]) -> Finding:
    evidence = [_might(reading, face)]
    for schema in schemas:
        rows = reading.session.execute(RIGHTS, {"role": face.role, "schema": schema}).all()
        rights = [row.relation for row in rows if row.has_right]
        evidence += [Evidence(said.A_RIGHT, {"relation": relation}, breaks=True) for relation in rights]
        if not rights:
            evidence.append(Evidence(said.NO_RIGHT, {"count": len(rows), "schema": PACKAGES[schema]}))
    places = {"face": FACES[face], "role": face.role, "schemas": _packages(schemas)}
    rule = Said(said.DATABASE_RULE, places)
    return Finding(Depth.DATABASE, rule, Said(said.DATABASE_ENFORCED), tuple(evidence))


def _packages(names: Iterable[str]) -> Names:
    return listed(PACKAGES[name] for name in names)


def _might(reading: Reading, face: Face) -> Evidence:
    if reading.session.scalar(MIGHT, {"role": face.role}):
        return Evidence(said.MIGHTY_ROLE, breaks=True)
    return Evidence(said.PLAIN_ROLE)


def _history(reading: Reading) -> Finding:
    events = {row.relation: row.events for row in reading.session.execute(TRIGGERS)}
    wanted = dict.fromkeys(HISTORY, ON_ANY_CHANGE) | dict.fromkeys(UNFINISHED, ON_UPDATE)
    missing = sorted(relation for relation, needs in wanted.items() if events.get(relation, 0) & needs != needs)
    evidence = [Evidence(said.NO_TRIGGER, {"relation": relation}, breaks=True) for relation in missing]
    for sentence, relations in ((said.A_TRIGGER, HISTORY), (said.A_STEP, UNFINISHED)):
        guarded = sorted(relations - set(missing))
        evidence.append(Evidence(sentence, {"count": len(guarded)}, names=tuple(guarded)))
    return Finding(Depth.DATABASE, Said(said.HISTORY_RULE), Said(said.HISTORY_ENFORCED), tuple(evidence))


def _keys(reading: Reading) -> Finding:
    holders = {each.name: each.holders for each in (QUESTIONS, PAPERS, SIGNING)}
    evidence = [
        each
        for name, holding in holders.items()
        for each in _asked_for(reading.keys.folder, name, [face for face in Face if face not in holding])
    ]
    files = sorted(ring.name for ring in reading.keys.folder.iterdir() if ring.name in {*PURPOSES, PUBLIC_HALVES})
    evidence.append(Evidence(said.KEY_FILES, {"files": ", ".join(files)}))
    return Finding(Depth.SECRETS, Said(said.KEYS_RULE), Said(said.KEYS_ENFORCED), tuple(evidence))


def _asked_for(folder: Path, name: str, faces: list[Face]) -> list[Evidence]:
    """Ask for one key as every face that should not have it. Holders are not asked: asking would make a missing key."""
    given = [face for face in faces if _is_given(Keyring(folder, face), name)]
    evidence = [Evidence(said.KEY_GIVEN, {"key": KEYS[name], "face": FACES[face]}, breaks=True) for face in given]
    refused = listed(FACES[face] for face in faces if face not in given)
    return [*evidence, Evidence(said.KEY_REFUSED, {"key": KEYS[name], "faces": refused})]


def _is_given(keyring: Keyring, name: str) -> bool:
    try:
        getattr(keyring, name)
    except KeyNotHeld:
        return False
    return True


def _roles() -> Finding:
    sides = ((TEACHING_ROLES, ("question_bank:", "exams:")), (TESTING_ROLES, ("training:",)))
    evidence = [
        Evidence(said.ROLE_ACROSS, {"role": ROLE_NAMES[role], "permission": permission}, breaks=True)
        for roles, other_side in sides
        for role in sorted(roles)
        for permission in sorted(ROLES[role])
        if permission.startswith(other_side)
    ]
    apart = Evidence(said.ROLES_APART, {"teaching": len(TEACHING_ROLES), "testing": len(TESTING_ROLES)})
    return Finding(Depth.PEOPLE, Said(said.ROLES_RULE), Said(said.ROLES_ENFORCED), tuple(evidence) or (apart,))


def _accounts(reading: Reading) -> Finding:
    held = roles_by_person(reading)
    across = {person: roles for person, roles in held.items() if _is_on_both_sides(roles)}
    names = people(reading, list(across))
    evidence = [
        Evidence(said.ACCOUNT_ACROSS, {"name": names[person].name, "roles": _roles_named(roles)}, breaks=True)
        for person, roles in across.items()
    ]
    apart = Evidence(said.ACCOUNTS_APART, {"count": len(held)})
    return Finding(Depth.PEOPLE, Said(said.ACCOUNTS_RULE), Said(said.ACCOUNTS_ENFORCED), tuple(evidence) or (apart,))


def _roles_named(roles: Iterable[str]) -> Names:
    return listed(ROLE_NAMES[Role(role)] for role in sorted(roles))


def _is_on_both_sides(roles: frozenset[str]) -> bool:
    known = {Role(role) for role in roles}
    return bool(known & TEACHING_ROLES) and bool(known & TESTING_ROLES)


def _staff(reading: Reading) -> Finding:
    rows = reading.session.execute(select(*CONFLICTS.c).order_by(CONFLICTS.c.found_at.desc()).limit(CONFLICTS_SHOWN))
    together: dict[tuple[UUID, UUID, bool], list[Any]] = {}
    for row in rows:
        together.setdefault((row.sitting_id, row.person_id, row.duty == CANDIDATE), []).append(row)
    evidence = tuple(_conflict(found) for found in together.values())
    apart = Evidence(said.STAFF_APART)
    return Finding(Depth.PEOPLE, Said(said.STAFF_RULE), Said(said.STAFF_ENFORCED), evidence or (apart,))


def _conflict(found: list[Any]) -> Evidence:
    """All that was found about one person in one sitting, as one sentence."""
    reasons = reasons_of(
        Conflict(row.person_id, row.name, Ground(row.ground), candidate=row.candidate, provider=row.provider)
        for row in found
    )
    newest = found[0]
    places = {
        "sitting": newest.sitting_code,
        "starts": newest.starts_at,
        "name": newest.name,
        "reasons": reasons,
        "found": min(row.found_at for row in found),
    }
    if newest.duty == CANDIDATE:
        return Evidence(said.CANDIDATE_MADE_QUESTIONS, places, breaks=True)
    places |= {"duty": DUTY_NAMES[Duty(newest.duty)], "relieved": newest.relieved_at}
    return Evidence(said.STAFF_RELIEVED if newest.relieved_at else said.STAFF_ON_DUTY, places, breaks=True)


def _annulled(reading: Reading) -> Finding:
    """Sittings that were held and count for nobody: allowed, and to be looked at."""
    newest = select(*ANNULLED.c).order_by(ANNULLED.c.off_at.desc()).limit(CONFLICTS_SHOWN)
    rows = reading.session.execute(newest).all()
    names = people(reading, [row.off_by for row in rows if row.off_by])
    evidence = [
        Evidence(
            said.AN_ANNULLED,
            {
                "sitting": row.sitting_code,
                "starts": row.starts_at,
                "candidates": row.candidates,
                "at": row.off_at,
                "name": names[row.off_by].name if row.off_by in names else "",
                "reason": row.off_because,
            },
        )
        for row in rows
    ]
    rule, enforced = Said(said.ANNULLED_RULE), Said(said.ANNULLED_ENFORCED)
    return Finding(Depth.PEOPLE, rule, enforced, tuple(evidence) or (Evidence(said.NOTHING_ANNULLED),))


def _certificates(reading: Reading, *, walk: bool) -> Finding:
    newest = CERTIFICATES_WALKED if walk else CERTIFICATES_LOOKED_AT
    false = [record for some in false_certificates(reading, newest=newest) for record in some]
    evidence = [
        Evidence(said.CERTIFICATE_FALSE, {"number": masked_number(each.number), "name": each.name}, breaks=True)
        for each in false
    ]
    genuine = Evidence(said.CERTIFICATES_GENUINE, {"count": min(newest, register_count(reading, search=""))})
    return Finding(
        Depth.AUDIT, Said(said.CERTIFICATES_RULE), Said(said.CERTIFICATES_ENFORCED), tuple(evidence) or (genuine,)
    )


def _audit(reading: Reading, witness: Path, *, walk: bool) -> Finding:
    rows = reading.session.scalar(select(func.count()).select_from(AuditRecord)) or 0
    sealed = reading.session.scalar(select(func.count()).select_from(ChainRecord)) or 0
    last = reading.session.scalars(select(CheckpointRecord).order_by(CheckpointRecord.position.desc()).limit(1)).first()
    evidence = [
        Evidence(said.AUDIT_COUNTED, {"sealed": sealed, "rows": rows, "position": last.position, "at": last.at})
        if last
        else Evidence(said.AUDIT_NOT_SEALED)
    ]
    late = waiting(reading.session)
    if late.longest > SEALED_WITHIN:
        seconds = round(late.longest.total_seconds())
        evidence.append(Evidence(said.AUDIT_WAITS, {"rows": late.rows, "seconds": seconds}, breaks=True))
    if walk:
        evidence += _walked(reading, witness, rows)
    else:
        faults = faults_at_the_end(reading.session, public_keys(reading.session, reading.keys), witness)
        evidence += [Evidence(each.sentence, each.data, breaks=True) for each in faults]
    return Finding(Depth.AUDIT, Said(said.AUDIT_RULE), Said(said.AUDIT_ENFORCED), tuple(evidence))


def _walked(reading: Reading, witness: Path, rows: int) -> list[Evidence]:
    keys = public_keys(reading.session, reading.keys)
    path = Walk(reading.session, reading.keys.folder, keys, witness, newest=WALKED_AT_MOST)
    found = [Evidence(each.sentence, each.data, breaks=each.is_fault) for each in path.findings()]
    if any(each.breaks for each in found):
        return found
    walked = said.AUDIT_WALKED if rows <= WALKED_AT_MOST else said.AUDIT_WALKED_NEWEST
    return [*found, Evidence(walked, {"rows": path.rows})]
