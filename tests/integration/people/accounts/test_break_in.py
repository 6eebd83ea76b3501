"""What a face is not given of people: hashes of passwords, phones, birth dates, photos, documents."""

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.faces import Face
from people.access.rules import permissions_of
from tests.cast.site import Site
from tests.house.test_routes import needs
from web.app import PACKAGES

INSIDERS = [face for face in Face if face is not Face.PUBLIC]
CLOSED: dict[str, set[Face]] = {
    "password_hash FROM people.accounts": set(INSIDERS),
    "phone FROM people.persons": {Face.LEARNING, Face.AUTHORING, Face.EXAMINATION},
    "birth_date FROM people.persons": {Face.LEARNING, Face.AUTHORING},
    "masked_phone FROM people.persons": {Face.AUTHORING, Face.EXAMINATION},
    "sealed FROM kernel.file_keys": {Face.AUTHORING},  # teaching sees those of no photo: a row policy
    "number FROM people.identity_documents": {Face.LEARNING, Face.AUTHORING},
    "bad_rows FROM people.staff_imports": {Face.LEARNING, Face.AUTHORING, Face.EXAMINATION},
    "person_id FROM people.employments": {Face.AUTHORING},
}


@pytest.mark.parametrize("what", CLOSED)
def test_a_face_reads_of_people_only_what_it_needs(site: Site, what: str):
    for face in INSIDERS:
        with site.workplace.engines.of(face).connect() as connection:
            if face not in CLOSED[what]:
                connection.execute(text(f"SELECT {what}"))
                continue
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(text(f"SELECT {what}"))


def has_a_screen(roles: list[str], face: Face) -> bool:
    held = permissions_of(roles)
    routes = [
        route
        for package in PACKAGES
        for router in (*package.by_face.get(face, ()), *package.hot.get(face, ()))
        for route in router.routes
    ]
    asked = {
        need for it in routes if isinstance(it, APIRoute) for said in needs(it.dependant) for need in said.split(" or ")
    }
    return bool(held & asked)


@pytest.mark.parametrize("face", INSIDERS)
def test_a_face_gets_the_hash_of_one_name_and_only_where_its_holder_works(site: Site, face: Face):
    with site.workplace.engines.of(face).connect() as connection:
        accounts = connection.execute(text("SELECT username, roles FROM people.accounts")).all()
        for username, roles in accounts:
            found = connection.scalar(text("SELECT people.password_hash_of(:login)"), {"login": username})
            assert (found is not None) is has_a_screen(roles, face), (username, face)


def test_strangers_get_none(site: Site):
    with (
        site.workplace.engines.of(Face.PUBLIC).connect() as connection,
        pytest.raises(ProgrammingError, match="denied"),
    ):
        connection.execute(text("SELECT people.password_hash_of('zhang')"))


def test_a_sign_in_that_ended_is_opened_again_by_nobody(site: Site):
    client = site.client("tursun")
    kept = client.cookies["anpei_session"]
    client.post("/sign-out")
    opened_again = "UPDATE people.sessions SET ended_at = NULL WHERE ended_at IS NOT NULL"
    for face in INSIDERS:
        with site.workplace.engines.of(face).connect() as connection, pytest.raises(ProgrammingError, match="denied"):
            connection.execute(text(opened_again))
    client.cookies.set("anpei_session", kept)
    assert "买买提江" not in client.get("/").text
