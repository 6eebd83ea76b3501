"""An administrator's office and a plant with one worker, made anew for each test and rolled back with it."""

from uuid import uuid4

import pytest

from kernel.actor import Actor, platform
from kernel.faces import Face
from people.access.rules import Role, permissions_of
from people.organisations.actions import add_post, import_staff, register_organisation
from people.organisations.formats.workbooks import uploaded
from people.organisations.queries import StaffFilter, all_staff
from people.organisations.rules.employments import OrganisationKind, Standing
from tests.integration.people.organisations.conftest import a_code, a_list, a_row, as_manager_of

PHONE = "13800001234"


def administrator() -> Actor:
    return Actor(name="tian", account_id=uuid4(), permissions=permissions_of([Role.ADMINISTRATOR]))


def an_enterprise(work, serial, name):
    """Registers an enterprise with one post; the work goes on as its manager."""
    work.actor = platform("test")
    own = register_organisation(
        work, kind=OrganisationKind.ENTERPRISE, name=name, credit_code=a_code(serial), is_demonstration=True
    )
    as_manager_of(work, own)
    add_post(work, name="维修电工", kind="maintenance_electrician")
    return own


def employ(work, serial=71):
    """The manager's enterprise puts the worker of this number on its list; answers with the line."""
    import_staff(work, file=uploaded(a_list(a_row(serial, phone=PHONE))), file_name="x.xlsx")
    return the_line(work)


def the_line(work):
    return all_staff(work, StaffFilter(standing=Standing.ALL))[0]


@pytest.fixture
def office(work_as):
    return work_as(administrator(), Face.REGISTRY)


@pytest.fixture
def plant(work_as):
    """The plant's manager, with one worker of the staff list."""
    work = work_as(platform("test"), Face.REGISTRY)
    an_enterprise(work, 73, "乙机械厂")
    employ(work)
    return work
