"""`anpei permissions`: the matrix of docs/permissions.md."""

from host.modules import load_everything
from kernel.work import ACTIONS, OPEN_TO_ALL
from people.access.rules import ROLES, Permission, Role


def as_markdown() -> str:
    """Which role holds which permission, and which deeds take it. Imports every package."""
    load_everything()
    roles = sorted(Role)
    lines = [
        "# Who may do what",
        "",
        "Written by `anpei permissions` from `people/access/rules.py` and the declared needs of all actions; a test",
        "compares it.",
        "",
        "| permission | " + " | ".join(role.value for role in roles) + " |",
        "|---|" + ":-:|" * len(roles),
    ]
    lines += [_row(permission, roles) for permission in Permission]
    lines += ["", "## Deeds", "", "| deed | needs |", "|---|---|"]
    lines += [f"| `{deed}` | {need} |" for deed, need in sorted(ACTIONS.items()) if need != OPEN_TO_ALL]
    lines += ["", "## Deeds open to all", ""]
    lines += [f"- `{deed}`" for deed, need in sorted(ACTIONS.items()) if need == OPEN_TO_ALL]
    return "\n".join(lines) + "\n"


def _row(permission: Permission, roles: list[Role]) -> str:
    return f"| `{permission.value}` | " + " | ".join("●" if permission in ROLES[role] else "" for role in roles) + " |"
