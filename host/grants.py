"""What each face's role may touch, read from PostgreSQL's own catalogue: the truth, not what was meant."""

from collections import defaultdict

from sqlalchemy import Connection, text

from kernel.db import SCHEMAS
from kernel.faces import Face

RELATIONS = """
    SELECT n.nspname AS schema, c.relname AS name, a.grantee::regrole::text AS role, a.privilege_type AS privilege,
           NULL AS column_name, c.relrowsecurity AS by_row
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
    WHERE n.nspname = ANY(:schemas) AND c.relkind IN ('r', 'v', 'm', 'p', 'S')
    UNION ALL
    SELECT n.nspname, c.relname, a.grantee::regrole::text, a.privilege_type, t.attname, c.relrowsecurity
    FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
         aclexplode(t.attacl) a
    WHERE n.nspname = ANY(:schemas) AND t.attacl IS NOT NULL
    UNION ALL
    SELECT n.nspname, p.proname || '()', a.grantee::regrole::text, a.privilege_type, NULL, false
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, aclexplode(p.proacl) a
    WHERE n.nspname = ANY(:schemas)
    UNION ALL
    SELECT n.nspname, '', a.grantee::regrole::text, a.privilege_type, NULL, false
    FROM pg_namespace n, aclexplode(n.nspacl) a
    WHERE n.nspname = ANY(:schemas)
"""


def granted(connection: Connection) -> dict[tuple[str, str], dict[Face, list[str]]]:
    """Privileges by face and (schema, relation or function; nothing for the schema itself).

    Those of columns are written ``SELECT (one, other)``.
    """
    roles = {face.role: face for face in Face}
    columns: dict[tuple[str, str, str, str, bool], list[str]] = defaultdict(list)
    for row in connection.execute(text(RELATIONS), {"schemas": list(SCHEMAS)}):
        if row.role in roles:
            columns[row.schema, row.name, row.role, row.privilege, row.by_row].append(row.column_name)
    found: dict[tuple[str, str], dict[Face, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (schema, name, role, privilege, by_row), names in columns.items():
        of_columns = f" ({', '.join(sorted(names))})" if None not in names else ""
        found[schema, name][roles[role]].append(privilege + of_columns + (" by row" if by_row else ""))
    return found


def as_pages(connection: Connection) -> dict[str, str]:
    """The grants as they are kept in docs/grants, by the name of the file: one for each schema."""
    by_schema: dict[str, list[str]] = {schema: [] for schema in sorted(SCHEMAS)}
    for (schema, name), by_face in sorted(granted(connection).items()):
        cells = [", ".join(sorted(by_face.get(face, []))) for face in Face]
        what = f"{schema}.{name}" if name else f"schema {schema}"
        by_schema[schema].append(f"| {what} | " + " | ".join(cells) + " |")
    return {f"{schema}.md": _page(schema, lines) for schema, lines in by_schema.items()}


def _page(schema: str, lines: list[str]) -> str:
    faces = list(Face)
    head = [
        f"# What each face may touch: {schema}",
        "",
        "Written by `anpei grants` from the catalogue of a migrated database; a test compares it. *by row*: row-level",
        "security shows each role only its own rows. No role may do what is not listed here: another test asks that",
        "nothing is granted to everybody (PUBLIC), and that no role is a superuser, an owner or a member of another.",
        "",
        "| relation | " + " | ".join(f"{face.value} (`{face.role}`)" for face in faces) + " |",
        "|---|" + "---|" * len(faces),
    ]
    return "\n".join(head + lines) + "\n"
