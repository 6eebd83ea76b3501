"""The cast arrives once, with accounts, photos and the conflict that the platform must refuse later."""

from kernel.actor import platform
from kernel.faces import Face
from people.accounts.queries import actor_of_account, photo
from people.demonstration.actions import settle_cast
from people.organisations.queries import employments_of, organisation, own_organisation, posts


def test_the_cast_arrives_once(work_as):
    work = work_as(platform("demo"), Face.REGISTRY)
    assert settle_cast(work, password="anpei-demo") is True
    announced = len(work.announced)
    assert settle_cast(work, password="anpei-demo") is False
    assert len(work.announced) == announced
    manager = actor_of_account(work, "liu")
    assert manager is not None
    work.actor = manager
    assert own_organisation(work).name == "江城安和机械制造有限公司"
    assert "维修电工" in [post.name for post in posts(work, own_organisation(work).id)]


def test_listed_workers_are_employed_only_by_the_import(work_as):
    work = work_as(platform("demo"), Face.REGISTRY)
    settle_cast(work, password="anpei-demo")
    zhang = actor_of_account(work, "zhang")
    assert zhang is not None
    assert zhang.person_id is not None
    assert employments_of(work, zhang.person_id) == ()
    assert photo(work, zhang.person_id) is not None


def test_one_invigilator_also_teaches_at_the_provider(work_as):
    work = work_as(platform("demo"), Face.REGISTRY)
    settle_cast(work, password="anpei-demo")
    han = actor_of_account(work, "han")
    assert han is not None
    assert han.person_id is not None
    kinds = {organisation(work, row.organisation_id).kind.value for row in employments_of(work, han.person_id)}
    assert kinds == {"exam_centre", "training_provider"}
