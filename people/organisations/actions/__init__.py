"""Every write about organisations and who works for them. Managers act for their own enterprise only."""

from people.organisations.actions.founding import add_post, change_telephone, post_aliases, register_organisation
from people.organisations.actions.importing import import_staff, rows_to_mend
from people.organisations.actions.lines import (
    add_employment,
    change_post,
    end_employment,
    record_insurance,
    record_migrant_status,
)
from people.organisations.actions.long_lists import Brought, bring_list, cancel_list

__all__ = [
    "Brought",
    "add_employment",
    "add_post",
    "bring_list",
    "cancel_list",
    "change_post",
    "change_telephone",
    "end_employment",
    "import_staff",
    "post_aliases",
    "record_insurance",
    "record_migrant_status",
    "register_organisation",
    "rows_to_mend",
]
