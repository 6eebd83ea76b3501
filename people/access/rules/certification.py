"""What may be done with certificates, compliance and oversight, and who may do it."""

from people.access.rules.rights import Grants, Right
from people.access.rules.roles import Role


class Certification:
    """The permissions of certification, alphabetical by their text."""

    DECIDE_CERTIFICATES = Right("certification:certificates:decide")
    OWN_CERTIFICATES = Right("certification:certificates:own")
    SEE_COMPLIANCE = Right("certification:compliance:see")
    SEE_SEPARATION = Right("certification:separation:see")


TO_EVERY_ROLE: frozenset[Right] = frozenset({Certification.OWN_CERTIFICATES})

GRANTS: Grants = {
    Role.AUDITOR: frozenset({Certification.SEE_SEPARATION}),
    Role.CERTIFICATE_OFFICER: frozenset({Certification.DECIDE_CERTIFICATES}),
    Role.ENTERPRISE_MANAGER: frozenset({Certification.SEE_COMPLIANCE}),
}
