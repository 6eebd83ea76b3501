"""The cast arrives once, with accounts, photos and the conflict that the platform must refuse later."""

import pytest

from kernel.actor import platform
from kernel.faces import Face
from people.accounts.queries import actor_of_account, photo
from people.demonstration.actions import settle_cast
from people.organisations.queries import employments_of, organisation, posts
from tests.cast.platform import Works


@pytest.fixture(scope="module")
def work(workplace):
    """The cast on an empty installation, rolled back at the end."""
    works = Works(workplace)
    settled = works(platform("demo"), Face.REGISTRY)
    assert settle_cast(settled, password="anpei-demo") is True
    yield settled
    works.close()


def test_the_cast_arrives_once(work):
    announced = len(work.announced)
    assert settle_cast(work, password="anpei-demo") is False
    assert len(work.announced) == announced
    manager = actor_of_account(work, "liu")
    assert manager is not None
    assert manager.organisation_id is not None
    plant = organisation(work, manager.organisation_id)
    assert plant.name == "江城安和机械制造有限公司"
    assert "维修电工" in [post.name for post in posts(work, plant.id)]


def test_listed_workers_are_employed_only_by_the_import(work):
    zhang = actor_of_account(work, "zhang")
    assert zhang is not None
    assert zhang.person_id is not None
    assert employments_of(work, zhang.person_id) == ()
    assert photo(work, zhang.person_id) is not None


def test_one_invigilator_also_teaches_at_the_provider(work):
    han = actor_of_account(work, "han")
    assert han is not None
    assert han.person_id is not None
    kinds = {organisation(work, row.organisation_id).kind.value for row in employments_of(work, han.person_id)}
    assert kinds == {"exam_centre", "training_provider"}
