"""What may be done in exams, and who may do it. No role of teaching may do any of it."""

from people.access.rules.rights import Grants, Right
from people.access.rules.roles import Role


class Exams:
    """The permissions of exams, alphabetical by their text."""

    INVIGILATE = Right("exams:attempts:invigilate")
    SIT_EXAMS = Right("exams:attempts:sit")
    KEEP_BARS = Right("exams:bars:keep")
    MANAGE_CENTRES = Right("exams:centres:manage")
    CHECK_CONFLICTS = Right("exams:integrity:check")
    COMMIT_SECRETS = Right("exams:papers:commit")
    DRAW_PAPERS = Right("exams:papers:draw")
    REVEAL_SECRETS = Right("exams:papers:reveal")
    VERIFY_PAPERS = Right("exams:papers:verify")
    ARRANGE_PRACTICAL = Right("exams:practicals:arrange")
    EXAMINE_PRACTICAL = Right("exams:practicals:examine")
    OWN_PRACTICAL = Right("exams:practicals:own")
    NOTE_ATTENDANCE = Right("exams:registrations:attendance")
    OWN_REGISTRATION = Right("exams:registrations:own")
    SEE_REGISTRATIONS = Right("exams:registrations:see")
    ANSWER_RECHECKS = Right("exams:results:answer_recheck")
    OWN_RESULTS = Right("exams:results:own")
    RECORD_RESULTS = Right("exams:results:record")
    RELEASE_RESULTS = Right("exams:results:release")
    ANNUL_SITTINGS = Right("exams:sittings:annul")
    OPEN_SITTINGS = Right("exams:sittings:open")
    PLAN_SITTINGS = Right("exams:sittings:plan")
    TAKE_UP_DUTY = Right("exams:sittings:take_up_duty")


TO_EVERY_ROLE: frozenset[Right] = frozenset()

GRANTS: Grants = {
    Role.AUDITOR: frozenset({Exams.VERIFY_PAPERS}),
    Role.EXAMINER: frozenset({Exams.EXAMINE_PRACTICAL, Exams.RECORD_RESULTS, Exams.TAKE_UP_DUTY}),
    Role.EXAM_OFFICER: frozenset(
        {
            Exams.KEEP_BARS,
            Exams.MANAGE_CENTRES,
            Exams.CHECK_CONFLICTS,
            Exams.COMMIT_SECRETS,
            Exams.DRAW_PAPERS,
            Exams.REVEAL_SECRETS,
            Exams.VERIFY_PAPERS,
            Exams.ARRANGE_PRACTICAL,
            Exams.SEE_REGISTRATIONS,
            Exams.ANSWER_RECHECKS,
            Exams.RELEASE_RESULTS,
            Exams.ANNUL_SITTINGS,
            Exams.PLAN_SITTINGS,
        }
    ),
    Role.INVIGILATOR: frozenset({Exams.INVIGILATE, Exams.NOTE_ATTENDANCE, Exams.OPEN_SITTINGS, Exams.TAKE_UP_DUTY}),
    Role.WORKER: frozenset({Exams.SIT_EXAMS, Exams.OWN_PRACTICAL, Exams.OWN_REGISTRATION, Exams.OWN_RESULTS}),
}
