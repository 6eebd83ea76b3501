"""What may be done with people, their accounts and organisations, and who may do it."""

from people.access.rules.rights import Grants, Right
from people.access.rules.roles import Role


class People:
    """The permissions of people, alphabetical by their text."""

    KEEP_PHOTOS = Right("people:accounts:keep_photos")
    OPEN_ACCOUNTS = Right("people:accounts:open")
    OWN_ACCOUNT = Right("people:accounts:own")
    REGISTER_PEOPLE = Right("people:accounts:register")
    SEE_ID_NUMBER = Right("people:accounts:see_id_number")
    CORRECT_PEOPLE = Right("people:corrections:correct")
    KEEP_STAFF = Right("people:organisations:keep_staff")
    REGISTER_ORGANISATIONS = Right("people:organisations:register")


TO_EVERY_ROLE: frozenset[Right] = frozenset({People.OWN_ACCOUNT})

GRANTS: Grants = {
    Role.ADMINISTRATOR: frozenset(
        {
            People.KEEP_PHOTOS,
            People.OPEN_ACCOUNTS,
            People.REGISTER_PEOPLE,
            People.CORRECT_PEOPLE,
            People.REGISTER_ORGANISATIONS,
        }
    ),
    Role.CERTIFICATE_OFFICER: frozenset({People.SEE_ID_NUMBER}),
    Role.ENTERPRISE_MANAGER: frozenset({People.REGISTER_PEOPLE, People.KEEP_STAFF}),
    Role.EXAM_OFFICER: frozenset({People.SEE_ID_NUMBER}),
    Role.INVIGILATOR: frozenset({People.SEE_ID_NUMBER}),
}
