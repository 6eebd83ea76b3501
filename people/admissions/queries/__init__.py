"""What was brought on lists, and what was applied for."""

from people.admissions.queries.applications import (
    Application,
    application,
    application_record,
    applications,
    licence,
    of_same_code,
)
from people.admissions.queries.lists import (
    ORGANISATION_LIST,
    ListReport,
    list_report,
    list_reports,
    list_task,
    list_tasks,
)

__all__ = [
    "ORGANISATION_LIST",
    "Application",
    "ListReport",
    "application",
    "application_record",
    "applications",
    "licence",
    "list_report",
    "list_reports",
    "list_task",
    "list_tasks",
    "of_same_code",
]
