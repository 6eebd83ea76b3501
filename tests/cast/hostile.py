"""Requests that nobody means well: each route of the application with everything that does not belong in it.

A route's own signature says which places it has; every place gets every awkward value while the others hold something
plausible, so that the request comes as far as it can. Files have values of their own, see `tests/cast/bad_files.py`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import params
from fastapi.routing import APIRoute
from pydantic import BaseModel

from tests.cast.bad_files import bad_files
from tests.cast.sampling import sampled

NIL = "00000000-0000-0000-0000-000000000000"
LONG = "长" * 3_000
LONGEST_IN_AN_ADDRESS = 300
# In an address and in a form everything is text. The bytes of a lone surrogate are no UTF-8, but can be sent.
TEXTS: tuple[str | bytes, ...] = (
    *("", " ", "\0", "a\0b", b"\xed\xa0\x80", b"\xff\xfe", "\ufffe\u202e\u200b", LONG),
    *("0", "-1", "1000000000", "99999999999999999999", "1e999", "NaN", "-0.0", "²", "١٢٣", "½", "0x10"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "24:61", "true", "null", "[]", '{"a": 1}'),
    *(
        "../../etc/passwd",
        "..\\..\\windows",
        "%s%(id)s{0}{{7*7}}",
        "'; DROP TABLE people.persons; --",
        "<script>",
        "a\r\nX: y",
    ),
    *(NIL, "not-a-uuid", "{" + NIL + "}", "urn:uuid:" + NIL),
)
IN_JSON: tuple[Any, ...] = (
    *(None, True, "", "a\0b", "\ud800", "²", LONG, "1" * 64, "\0" * 64, "长" * 64, NIL, "not-a-uuid"),
    *(0, -1, 2**31, 2**63, 10**30, 1.5, 1e308, float("nan"), float("inf")),
    *([], {}, [[[[[]]]]], [None], ["a\0b"], ["\ud800"], [0, -1], {"a\0b": "\ud800"}, {"": {}}, [{}] * 5_000),
)
PLAUSIBLE: Mapping[str, Any] = {
    **dict.fromkeys(("day", "hired_on", "changed_on", "left_on", "earliest_on", "held_on"), "2026-11-23"),
    **dict.fromkeys(("migrant_worker", "injury_insurance"), "yes"),
    "desk": "a" * 64,
    "before": [],
    "sequence": 1,
    "played": [0, 1_000],
    "place": 0,
    "number": 1,
    "given": {},
    "seen": "0",
    "time": "09:00",
    "capacity": "10",
    "minutes": "5",
    "hours": "1",
    "count": "1",
    "order": "number",
    "exam": "low_voltage/theory",
    "qualification": "low_voltage",
    "part": "theory",
    "subject": "K1",
    "kind": "true_false",
    "difficulty": "0.5",
    "depth": "know",
    "key": "T",
    "bank": "low_voltage",
    "name": "look",
    "deed": "complete",
    "duty": "invigilator",
    "step": "confirm",
    "code": "LV-L01",
    "language": "en",
    "steps": [{"sequence": 1, "question": 1, "answer": "A", "flagged": False}],
    "username": "nobody",
    "next": "/",
    "person": NIL,
    "course": "low_voltage",
    "page": "1",
}
ROUNDABOUT = ("q", "page", "state", "kind", "part", "exam", "post", "migrant", "insurance", "standing", "light", "next")


@dataclass(frozen=True)
class Hostile:
    """One request: what it is, and how it is sent."""

    what: str
    method: str
    url: str
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    files: dict[str, Any] | None = None


@dataclass
class Places:
    """The places of one route with a plausible value in each. `ids`: real ids by the name of the place."""

    route: APIRoute
    method: str
    ids: Mapping[str, list[str]]

    def url(
        self, path: Mapping[str, str | bytes] | None = None, query: list[tuple[str, str | bytes]] | None = None
    ) -> str:
        at = self.route.path_format
        for name in (place.name for place in self.route.dependant.path_params):
            typed = (path or {}).get(name, self.plausible(name))
            written = quote(typed if isinstance(typed, bytes) else str(typed), safe="")
            at = at.replace("{" + name + "}", written, 1)
        return f"{at}?{urlencode(query)}" if query else at

    def plausible(self, name: str) -> Any:
        return self.ids.get(name, [PLAUSIBLE.get(name, "x")])[0]

    def fields(self, kind: type[params.Body]) -> dict[str, Any]:
        """The names in the body, where the body is of this kind, with something plausible for each."""
        found: dict[str, Any] = {}
        for place in self.route.dependant.body_params:
            if type(place.field_info) is not kind:
                continue
            model = place.field_info.annotation
            names = (
                list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else [place.name]
            )
            for name in names:
                found[name] = self.plausible(name)
        return found


def requests_to(route: APIRoute, ids: Mapping[str, list[str]], *, one_in: int = 1) -> Iterator[Hostile]:
    """Everything awkward that can be sent to a route; with `one_in`, the day's sample of it."""
    for method in sorted(route.methods or ()):
        places = Places(route, method, ids)
        every = [*_addresses(places), *_forms(places), *_jsons(places), *_files(places)]
        yield from sampled(every, route.path, one_in=one_in)
        yield Hostile("plausible", method, places.url(), **_form(places.fields(params.Form)))


def _addresses(places: Places) -> Iterator[Hostile]:
    for place in places.route.dependant.path_params:
        others = [other for name, known in places.ids.items() if name != place.name for other in known[:1]][:3]
        for value in (*TEXTS[1:], *others, *places.ids.get(place.name, [])[1:3]):
            yield Hostile(f"{place.name}={value!r:.40}", places.method, places.url({place.name: value}))
    names = [place.alias for place in places.route.dependant.query_params]
    cut = [value[:LONGEST_IN_AN_ADDRESS] for value in TEXTS]
    for value in cut if places.method == "GET" else cut[:6]:
        query: list[tuple[str, str | bytes]] = [(name, value) for name in dict.fromkeys((*names, *ROUNDABOUT))]
        yield Hostile(f"query {value!r:.40}", places.method, places.url(query=query))
    yield Hostile("query twice", places.method, places.url(query=[(name, "1") for name in (*ROUNDABOUT, *ROUNDABOUT)]))


def _forms(places: Places) -> Iterator[Hostile]:
    fields = places.fields(params.Form)
    if places.method in {"GET", "HEAD"}:
        return
    at = places.url()
    for name in fields:
        for value in TEXTS:
            yield Hostile(f"{name}={value!r:.40}", places.method, at, **_form(fields | {name: value}))
        yield Hostile(f"{name} twice", places.method, at, **_form(fields | {name: [fields[name], "x", ""]}))
        yield Hostile(f"{name} missing", places.method, at, **_form({k: v for k, v in fields.items() if k != name}))
        yield Hostile(f"{name} a file", places.method, at, files={name: ("a\\..\\..\0b.txt", b"\0\xff", "text/html")})
    for kind, content in BODIES:
        yield Hostile(f"body {kind} {content[:20]!r}", places.method, at, content, {"Content-Type": kind})


BODIES = (
    *(("application/json", it) for it in (b"", b"{", b"null", b"[]", b'"\\ud800"', b"\xff", b"[" * 50_000)),
    *(("application/x-www-form-urlencoded", it) for it in (b"", b"%", b"=&=&", b"\xff=%ff", b"a&" * 5_000)),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--\r\n"),
    ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut'),
    ("multipart/form-data; boundary=b", b"--b\r\n" + b"X: y\r\n" * 2_000),
    ("text/plain; charset=utf-99", b"x"),
    ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
)


def _form(fields: Mapping[str, Any]) -> dict[str, Any]:
    content = urlencode(fields, doseq=True).encode()
    return {"content": content, "headers": {"Content-Type": "application/x-www-form-urlencoded"}} if fields else {}


def _jsons(places: Places) -> Iterator[Hostile]:
    fields = places.fields(params.Body)
    for name in fields:
        for value in IN_JSON:
            yield _json(places, f"{name}: {value!r:.40}", fields | {name: value})
        yield _json(places, f"{name} missing", {k: v for k, v in fields.items() if k != name})
        for inner in fields[name] if name == "steps" else []:
            for key in inner:
                for value in IN_JSON:
                    yield _json(places, f"{name}.{key}: {value!r:.40}", fields | {name: [inner | {key: value}]})
    if fields:
        yield _json(places, "plausible", fields)


def _json(places: Places, what: str, body: Any) -> Hostile:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return Hostile(what, places.method, places.url(), json.dumps(body).encode(), headers)


def _files(places: Places) -> Iterator[Hostile]:
    for name in places.fields(params.File):
        for what, content in bad_files():
            for file_name in ("list.xlsx", "../../\0etc/passwd\r\n长.exe"):
                yield Hostile(
                    f"file {what}", places.method, places.url(), files={name: (file_name, content, "image/png")}
                )
            file_name = "a" * 5_000
        yield Hostile("file as text", places.method, places.url(), **_form({name: "not a file"}))
