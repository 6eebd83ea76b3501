"""A rule of separation, how it is enforced, and the evidence found just now."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kernel.errors import N_
from kernel.faces import Face


class Depth(StrEnum):
    """Where a rule is enforced."""

    CODE = "code"
    DATABASE = "database"
    SECRETS = "secrets"
    PEOPLE = "people"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Said:
    """A message id with the values of its places."""

    sentence: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence(Said):
    """One thing found. `breaks` says that it breaks the rule; `names` are what was counted, to be unfolded."""

    breaks: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule, how it is enforced, and what was found."""

    depth: Depth
    rule: Said
    enforced: Said
    evidence: tuple[Evidence, ...]

    @property
    def holds(self) -> bool:
        return not any(each.breaks for each in self.evidence)


# What no role of a face may touch at all.
FORBIDDEN_SCHEMAS: dict[Face, tuple[str, ...]] = {
    Face.LEARNING: ("question_bank", "exams"),
    Face.AUTHORING: ("exams", "training", "certification"),
    Face.EXAMINATION: ("training",),
    Face.REGISTRY: ("question_bank",),
    Face.PUBLIC: ("people", "question_bank", "exams", "training", "simulations"),
}

# What must refuse every change; a test holds both lists against what the migrations guard.
_HISTORY: dict[str, tuple[str, ...]] = {
    "certification": (
        *("applications", "certificates", "decisions", "eligibilities"),
        *("passed_parts", "reopenings", "result_revisions", "signatures", "status_log"),
    ),
    "exams": (
        *("attempt_marks", "attempt_steps", "bar_lifts", "bars", "eligibilities", "findings", "lots"),
        *("paper_draws", "papers"),
        *(
            "practical_draws",
            "practical_endings",
            "practical_examiners",
            "practical_items",
            "practical_outcomes",
            "practical_runs",
        ),
        *("practical_signatures", "practical_steps", "practicals", "recheck_answers", "rechecks", "releases"),
        *("results", "room_notes"),
    ),
    "kernel": (
        *(
            "audit",
            "audit_chain",
            "audit_checkpoints",
            "installation",
            "deed_ends",
            "deed_signatures",
            "prepared_deeds",
        ),
        "signing_keys",
    ),
    "people": ("message_attempts", "message_outcomes", "messages"),
    "question_bank": ("outlines", "points", "questions", "review_steps"),
    "simulations": ("operations", "runs", "scores"),
    "training": (
        *("attendance_strikes", "attendances", "check_attempts", "classes", "courses", "lesson_completions", "lessons"),
        "presence_answers",
    ),
}
HISTORY = frozenset(f"{schema}.{name}" for schema, names in _HISTORY.items() for name in names)
# What has one step still to take, such as an attempt that ends: a trigger lets that step pass and refuses the rest.
UNFINISHED = frozenset(
    {
        *("exams.attempts", "exams.breaches", "exams.sealed", "exams.sitting_secrets", "exams.sittings"),
        *("kernel.audit_numbers", "kernel.file_keys", "kernel.file_references"),
        *("people.sealed", "question_bank.sealed", "question_bank.versions"),
    }
)

CODE_RULE = N_("The code of %(source)s never reaches into %(forbidden)s.")
CODE_ENFORCED = N_("Import contracts run with every test; a line that breaks one breaks the build.")
NO_IMPORT = N_("%(modules)s modules read just now: not one import across the wall.")
AN_IMPORT = N_("%(module)s, line %(line)s, imports %(target)s.")

DATABASE_RULE = N_("The database role of the part %(face)s (%(role)s) has no right in %(schemas)s.")
DATABASE_ENFORCED = N_("PostgreSQL itself refuses: each part of the platform signs in with a role of its own.")
NO_RIGHT = N_("PostgreSQL asked about %(count)s relations of %(schema)s: no right to any of them.")
A_RIGHT = N_("The role has a right to %(relation)s.")
PLAIN_ROLE = N_("The role is no superuser, owns no table and does not pass row-level security by.")
MIGHTY_ROLE = N_("The role is a superuser, owns tables or passes row-level security by.")

HISTORY_RULE = N_("History is added to and never changed: audit, certificates, papers, results.")
HISTORY_ENFORCED = N_("A database trigger refuses every update and removal.")
A_TRIGGER = N_("%(count)s tables refuse every change.")
A_STEP = N_("%(count)s tables let one more step pass, such as the end of an attempt, and refuse every other change.")
NO_TRIGGER = N_("Lacks its trigger, or it is switched off: %(relation)s.")

KEYS_RULE = N_("Only the parts that need a key hold it.")
KEYS_ENFORCED = N_("Every part asks its own keyring, which refuses keys of the others.")
KEY_REFUSED = N_("The key of %(key)s, asked for as %(faces)s: refused every time.")
KEY_GIVEN = N_("The key of %(key)s, asked for as %(face)s: given out.")
KEY_FILES = N_("Key files on this host: %(files)s. A host that runs one part only holds only that part's files.")

ROLES_RULE = N_("No role of teaching may do anything of testing, and no role of testing anything of teaching.")
ROLES_ENFORCED = N_("All permissions stand on one page, and a test holds the two sides against each other.")
ROLES_APART = N_("%(teaching)s roles of teaching and %(testing)s of testing compared: no permission of the other side.")
ROLE_ACROSS = N_("The role %(role)s holds %(permission)s.")

ACCOUNTS_RULE = N_("Nobody has a part on both sides of the wall.")
ACCOUNTS_ENFORCED = N_("Found afresh whenever this page is opened, over all accounts of a person.")
ACCOUNTS_APART = N_("%(count)s people with open accounts looked at: nobody stands on both sides.")
ACCOUNT_ACROSS = N_("%(name)s holds roles on both sides: %(roles)s.")

STAFF_RULE = N_(
    "Whoever teaches candidates or made the questions is not on duty; whoever made them does not sit the exam."
)
STAFF_ENFORCED = N_("Checked when assigned, again when the sitting opens, and every ten minutes afterwards.")
STAFF_APART = N_("No conflict has come to light in any sitting.")
STAFF_ON_DUTY = N_(
    "Sitting %(sitting)s on %(starts)s: %(name)s, %(duty)s, %(reasons)s. Found on %(found)s; not relieved."
)
STAFF_RELIEVED = N_(
    "Sitting %(sitting)s on %(starts)s: %(name)s, %(duty)s, %(reasons)s. Found on %(found)s; relieved on %(relieved)s."
)

CANDIDATE_MADE_QUESTIONS = N_(
    "Sitting %(sitting)s on %(starts)s: the candidate %(name)s %(reasons)s. Found on %(found)s."
)

ANNULLED_RULE = N_("An exam that was held is annulled only as a whole sitting, and never once its results are out.")
ANNULLED_ENFORCED = N_(
    "There is no such deed for one candidate; the reason is kept for ever and told to every candidate."
)
NOTHING_ANNULLED = N_("No sitting was ever annulled.")
AN_ANNULLED = N_(
    "Sitting %(sitting)s of %(starts)s, %(candidates)s candidates, was annulled on %(at)s by %(name)s: %(reason)s"
)

CERTIFICATES_RULE = N_("Every certificate is what the registry signed when it was issued.")
CERTIFICATES_ENFORCED = N_(
    "Facts and what strangers are shown are signed at issue, and verified wherever they are shown."
)
CERTIFICATES_GENUINE = N_("The signatures of the newest %(count)s certificates were verified just now: all agree.")
CERTIFICATE_FALSE = N_("The record of %(name)s, %(number)s, does not agree with its signature.")

AUDIT_RULE = N_("The audit is chained and signed, so that an edit, removal, insertion or reorder is found.")
AUDIT_ENFORCED = N_(
    "Rows are chained every few seconds; checkpoints are signed and shown to a witness outside the database."
)
AUDIT_COUNTED = N_("%(sealed)s of %(rows)s rows are chained; the last checkpoint stands at row %(position)s, %(at)s.")
AUDIT_WAITS = N_("%(rows)s rows wait for their seal, the oldest for %(seconds)s seconds: the sealer stands still.")
AUDIT_NOT_SEALED = N_("Nothing is chained yet.")
AUDIT_WALKED = N_("Walked from the first row to the last just now: %(rows)s rows, nothing altered.")
AUDIT_WALKED_NEWEST = N_(
    "The newest %(rows)s rows were walked just now: nothing altered. The command anpei audit verify walks all of them."
)
