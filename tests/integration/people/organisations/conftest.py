"""A machinery plant with three posts and its manager, made anew for each test and rolled back with it."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from kernel.actor import platform
from kernel.faces import Face
from kernel.work import Work
from people.access.rules import Role, permissions_of
from people.accounts.rules.id_numbers import check_digit
from people.organisations.actions import add_post, register_organisation
from people.organisations.rules.credit_codes import check_character, organisation_check_character
from people.organisations.rules.employments import OrganisationKind

HEADINGS = ("姓名", "身份证号", "岗位", "手机号", "入职日期", "农民工", "工伤保险")


def an_id(serial, born="19880412"):
    first_17 = f"990101{born}{serial:03d}"
    return first_17 + check_digit(first_17)


def a_code(serial):
    eight = f"MA{serial:06d}"
    first_17 = f"91990100{eight}{organisation_check_character(eight)}"
    return first_17 + check_character(first_17)


def a_row(serial=1, name="张伟强", **changes):
    row = {
        "id": an_id(serial),
        "post": "维修电工",
        "phone": None,
        "hired": date(2026, 5, 6),
        "migrant": "是",
        "insured": "否",
    }
    return [name, *(row | changes).values()]


def a_list(*rows: list[Any]):
    book = openpyxl.Workbook()
    for row in ([*HEADINGS], *rows):
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_manager_of(work: Work, organisation_id) -> Work:
    work.actor = replace(
        platform("test"),
        is_platform=False,
        organisation_id=organisation_id,
        permissions=permissions_of([Role.ENTERPRISE_MANAGER]),
    )
    return work


@pytest.fixture
def plant(work_as):
    """A work of the plant's manager, through the registry."""
    work = work_as(platform("test"), Face.REGISTRY)
    organisation_id = register_organisation(
        work, kind=OrganisationKind.ENTERPRISE, name="甲机械厂", credit_code=a_code(1), is_demonstration=True
    )
    as_manager_of(work, organisation_id)
    for name, kind in (("维修电工", "maintenance_electrician"), ("焊工", "welder"), ("普工", "general_worker")):
        add_post(work, name=name, kind=kind)
    return work
