"""The names of kinds of organisations, as screens say them."""

from kernel.errors import N_
from people.organisations.rules.employments import OrganisationKind

KIND_NAMES = {
    OrganisationKind.AUTHORITY: N_("Authority"),
    OrganisationKind.EXAM_BODY: N_("Exam body"),
    OrganisationKind.EXAM_CENTRE: N_("Exam centre"),
    OrganisationKind.TRAINING_PROVIDER: N_("Training provider"),
    OrganisationKind.ENTERPRISE: N_("Enterprise"),
}
