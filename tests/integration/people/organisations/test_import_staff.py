"""Importing a staff list: what is taken, what is reported, and that doing it twice changes nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from kernel import sheets
from kernel.errors import Forbidden
from kernel.keys import SealBroken
from kernel.tables import SealedRowsRecord
from people.access.rules import Role, permissions_of
from people.accounts.queries import documents, person
from people.organisations import errors, queries
from people.organisations.actions import (
    add_post,
    end_employment,
    import_staff,
    register_organisation,
    rows_to_mend,
)
from people.organisations.formats.workbooks import uploaded
from people.organisations.queries import StaffFilter
from people.organisations.rules.employments import OrganisationKind
from people.organisations.rules.import_reports import from_json
from people.organisations.rules.staff_lists import Column

from .conftest import a_code, a_list, a_row, an_id, as_manager_of


def names(work):
    return {row.name for row in queries.all_staff(work, StaffFilter())}


def test_good_rows_are_employed_and_bad_ones_kept_with_number_and_reason(plant):
    content = a_list(a_row(1), a_row(2, "李卫国", post="飞行员"), a_row(3, "王秀英", post="普工"), a_row(1, "赵丽"))
    report = queries.staff_import(plant, import_staff(plant, file=uploaded(content), file_name="花名册.xlsx"))
    assert (report.taken, report.unchanged, report.refused) == (2, 0, 2)
    assert names(plant) == {"张伟强", "王秀英"}
    bad = from_json(report.bad_rows)
    assert [each.row for each in bad] == [3, 5]
    assert "飞行员" in str(bad[0].problems[0].problem)
    assert bad[0].problems[0].problem.sentence == errors.PostUnknown.sentence


def test_what_is_recorded_is_what_the_row_said(plant):
    import_staff(plant, file=uploaded(a_list(a_row(1, phone="10000000001"))), file_name="a.xlsx")
    (row,) = queries.all_staff(plant, StaffFilter())
    assert (row.post_name, row.post_kind, row.hired_on) == ("维修电工", "maintenance_electrician", date(2026, 5, 6))
    assert (row.migrant_worker, row.injury_insurance, row.phone) == (True, False, "10000000001")
    known = person(plant, row.person_id)
    assert known is not None
    assert documents(plant, [row.person_id])[row.person_id][1] == an_id(1)
    assert queries.masked_numbers(plant, [row.person_id]) == {row.person_id: an_id(1)[:4] + "*" * 10 + an_id(1)[14:]}


def test_importing_the_same_list_again_changes_nothing(plant):
    content = a_list(a_row(1), a_row(2, "李卫国"))
    import_staff(plant, file=uploaded(content), file_name="a.xlsx")
    before = queries.all_staff(plant, StaffFilter())
    announced = len(plant.announced)
    again = queries.staff_import(plant, import_staff(plant, file=uploaded(content), file_name="a.xlsx"))
    assert (again.taken, again.unchanged, again.refused) == (0, 2, 0)
    assert queries.all_staff(plant, StaffFilter()) == before
    assert [event.NAME for event in plant.announced[announced:]] == ["people.staff_imported"]


def test_a_line_that_contradicts_the_record_is_reported_and_nothing_overwritten(plant):
    import_staff(plant, file=uploaded(a_list(a_row(1))), file_name="a.xlsx")
    changed = a_list(a_row(1, post="焊工"), a_row(2, "李卫国"))
    report = queries.staff_import(plant, import_staff(plant, file=uploaded(changed), file_name="b.xlsx"))
    assert (report.taken, report.refused) == (1, 1)
    assert {row.post_name for row in queries.all_staff(plant, StaffFilter()) if row.name == "张伟强"} == {"维修电工"}


def test_an_old_list_does_not_employ_again_who_has_left(plant):
    content = a_list(a_row(1))
    import_staff(plant, file=uploaded(content), file_name="a.xlsx")
    (row,) = queries.all_staff(plant, StaffFilter())
    end_employment(plant, employment_id=row.employment_id, left_on=date(2026, 6, 30))
    report = queries.staff_import(plant, import_staff(plant, file=uploaded(content), file_name="a.xlsx"))
    assert (report.taken, report.unchanged) == (0, 1)
    later = a_list(a_row(1, hired=date(2026, 9, 1)))
    assert queries.staff_import(plant, import_staff(plant, file=uploaded(later), file_name="b.xlsx")).taken == 1


def test_the_same_person_may_work_at_two_enterprises_but_under_one_name(plant):
    import_staff(plant, file=uploaded(a_list(a_row(1))), file_name="a.xlsx")
    plant.actor = plant.actor.__class__(name="registrar", is_platform=True)
    other = register_organisation(
        plant, kind=OrganisationKind.ENTERPRISE, name="乙化工", credit_code=a_code(2), is_demonstration=True
    )
    as_manager_of(plant, other)
    add_post(plant, name="维修电工", kind="maintenance_electrician")
    report = queries.staff_import(
        plant, import_staff(plant, file=uploaded(a_list(a_row(1), a_row(2, "李卫国"))), file_name="a.xlsx")
    )
    assert report.taken == 2
    wrong = queries.staff_import(
        plant, import_staff(plant, file=uploaded(a_list(a_row(1, "张强"))), file_name="b.xlsx")
    )
    assert wrong.refused == 1
    assert "another name" in str(from_json(wrong.bad_rows)[0].problems[0].problem)


def test_a_file_that_cannot_be_read_leaves_nothing_behind(plant):
    another_list = sheets.workbook("价目表", ["品名", "单价"], [["安全帽", "45"]], [20, 10])
    with pytest.raises(errors.StaffListUnusable):
        import_staff(plant, file=uploaded(another_list), file_name="a.xlsx")
    assert plant.is_undone


def test_only_who_keeps_staff_may_import(plant):
    plant.actor = plant.actor.__class__(name="worker", permissions=permissions_of([Role.WORKER]))
    with pytest.raises(Forbidden):
        import_staff(plant, file=uploaded(a_list(a_row(1))), file_name="a.xlsx")


def test_a_real_enterprise_cannot_import_demonstration_people(plant):
    plant.actor = plant.actor.__class__(name="registrar", is_platform=True)
    real = register_organisation(
        plant, kind=OrganisationKind.ENTERPRISE, name="真实企业", credit_code="91350100M000100Y43"
    )
    as_manager_of(plant, real)
    add_post(plant, name="维修电工", kind="maintenance_electrician")
    report = queries.staff_import(plant, import_staff(plant, file=uploaded(a_list(a_row(1))), file_name="a.xlsx"))
    assert (report.taken, report.refused) == (0, 1)


def test_numbers_in_rows_that_were_not_taken_are_seen_whole_only_in_the_file_to_mend_and_every_look_is_audited(plant):
    wrong, in_the_wrong_cell = an_id(2)[:-1] + "?", an_id(3)
    content = a_list(
        a_row(1, post="飞行员"), a_row(2, "李卫国", id=wrong), a_row(3, f"王芳{in_the_wrong_cell}", id="无")
    )
    import_id = import_staff(plant, file=uploaded(content), file_name="a.xlsx")
    kept = queries.staff_import(plant, import_id).bad_rows
    for number in (an_id(1), wrong, in_the_wrong_cell):
        assert number not in str(kept)
        assert number[4:14] not in str(kept)
    assert from_json(kept)[0].typed[Column.ID_NUMBER] == an_id(1)[:4] + "*" * 10 + an_id(1)[14:]
    whole = rows_to_mend(plant, import_id)
    assert [row.typed[Column.ID_NUMBER] for row in whole] == [an_id(1), wrong, "无"]
    assert in_the_wrong_cell in whole[2].typed[Column.NAME]
    looks = [row for row in plant.audit_rows() if row.name == "people.id_numbers_shown"]
    assert [(row.subject, row.facts["rows"]) for row in looks] == [(import_id, 3)]


def test_nobody_moves_sealed_rows_to_another_import(plant):
    content = a_list(a_row(1, post="飞行员"))
    first, other = (import_staff(plant, file=uploaded(content), file_name=name) for name in ("a.xlsx", "b.xlsx"))
    plant.session.flush()
    sealed = plant.session.scalars(select(SealedRowsRecord.sealed).where(SealedRowsRecord.of == first)).one()
    assert plant.keys.rows.unseal(sealed, "staff_import_rows", first)
    with pytest.raises(SealBroken):
        plant.keys.rows.unseal(sealed, "staff_import_rows", other)
