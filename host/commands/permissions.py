"""`anpei permissions`: the pages of docs/permissions, one for each package."""

from host.modules import load_everything
from kernel.work import ACTIONS, OPEN_TO_ALL
from people.access.rules import ROLES, VOCABULARIES, Right, Role, rights_of


def as_pages() -> dict[str, str]:
    """By the name of the file: who holds which permission of a package, and which deeds take it.

    Imports every package, so that all deeds are known.
    """
    load_everything()
    return dict(_page(rights_of(vocabulary)) for vocabulary in VOCABULARIES)


def _page(rights: tuple[Right, ...]) -> tuple[str, str]:
    package = rights[0].partition(":")[0]
    roles = sorted(role for role in Role if ROLES[role].intersection(rights))
    deeds = sorted((deed, need) for deed, need in ACTIONS.items() if deed.startswith(f"{package}."))
    lines = [
        f"# Who may do what: {package}",
        "",
        f"Written by `anpei permissions` from `people/access/rules/{package}.py` and the declared needs of its deeds;",
        "a test compares it. A role that is not named here holds none of these permissions.",
        "",
        "| permission | " + " | ".join(role.value for role in roles) + " |",
        "|---|" + ":-:|" * len(roles),
    ]
    lines += [_row(right, roles) for right in rights]
    lines += ["", "## Deeds", "", "| deed | needs |", "|---|---|"]
    lines += [f"| `{deed}` | {'open to all' if need == OPEN_TO_ALL else need} |" for deed, need in deeds]
    return f"{package}.md", "\n".join(lines) + "\n"


def _row(right: Right, roles: list[Role]) -> str:
    return f"| `{right}` | " + " | ".join("●" if right in ROLES[role] else "" for role in roles) + " |"
