"""From the parsed catalogue files to the vocabulary, refusing files that contradict themselves or each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from kernel.law import Book, confidence, dated
from kernel.names import Names
from people.positions.errors import CatalogueBroken
from people.positions.rules.posts import PostKind, PostRequirement
from people.positions.rules.vocabulary import (
    Catalogue,
    Category,
    ItemsStanding,
    Position,
    Provenance,
    Qualification,
    Vocabulary,
)

Document = Mapping[str, Any]


def vocabulary_from(documents: Sequence[Document]) -> Vocabulary:
    """The whole vocabulary.

    Args:
        documents: the parsed files in any order: catalogues of special operations, of managers, and kinds of post.

    Raises:
        CatalogueBroken: a reference that leads nowhere, a code that is given twice.
        RulesOverlap, RuleMissing: two catalogues in force at once, or none between two.
    """
    by_code = {each["code"]: each for each in documents if "code" in each}
    found = sorted((_catalogue(each, by_code) for each in by_code.values()), key=lambda each: each.begins)
    _check_codes(found)
    # A day on which two catalogues list one qualification would leave its rule ambiguous.
    catalogues = Book(found, about=lambda catalogue: [each.code for each in catalogue.qualifications])
    # Later catalogues come last and win: a code is described as the newest catalogue describes it.
    qualifications = {listed.code: listed for each in catalogues for listed in each.qualifications}
    posts = {entry["code"]: _post_kind(entry, qualifications) for each in documents for entry in each.get("posts", ())}
    return Vocabulary(catalogues=catalogues, by_code=qualifications, post_kinds=posts)


def _catalogue(document: Document, others: Mapping[str, Document]) -> Catalogue:
    return Catalogue(
        **dated(document),
        version=document["version"],
        names=Names.exactly(document["name"]),
        instrument=document["instrument"],
        items_standing=ItemsStanding(document["items_standing"]),
        note=Names.exactly(document["note"]),
        provenance=_provenance(document, document),
        qualifications=_qualifications(document, others),
    )


def _qualifications(document: Document, others: Mapping[str, Document]) -> tuple[Qualification, ...]:
    if "items_from" in document:
        if document["items_from"] not in others:
            raise CatalogueBroken(code=document["code"], fault=f"there is no {document['items_from']}")
        return _qualifications(others[document["items_from"]], others)
    if "industries" in document:
        return _managers(document)
    return tuple(_operations(document))


def _operations(document: Document) -> list[Qualification]:
    found: list[Qualification] = []
    for entry in document["categories"]:
        category = Category(entry["code"], entry["slug"], Names.exactly(entry["name"]), _provenance(entry, document))
        found.extend(
            Qualification(
                code=item["code"],
                position=Position.SPECIAL_OPERATION,
                names=Names(item["zh"], item["en"]),
                provenance=_provenance(item, document),
                category=category,
                item_code=item["item"],
            )
            for item in entry["items"]
        )
    return found


def _managers(document: Document) -> tuple[Qualification, ...]:
    return tuple(
        Qualification(
            code=f"{industry['code']}_{position['suffix']}",
            position=Position(position["code"]),
            names=Names(f"{industry['zh']}单位{position['zh']}", f"{position['en']}, {_lowered(industry['en'])}"),
            provenance=_provenance(industry, document),
            industry=industry["code"],
            industry_names=Names(industry["zh"], industry["en"]),
        )
        for position in document["positions"]
        for industry in document["industries"]
    )


def _post_kind(entry: Document, qualifications: Mapping[str, Qualification]) -> PostKind:
    requirements = [
        PostRequirement(
            **dated(each, code=entry["code"]),
            qualifications=tuple(each["qualifications"]),
            new_worker_training=each["new_worker_training"],
            source=each["source"],
            confidence=confidence(each),
        )
        for each in entry["requires"]
    ]
    unknown = {code for each in requirements for code in each.qualifications} - set(qualifications)
    if unknown:
        raise CatalogueBroken(code=entry["code"], fault=f"no catalogue has {', '.join(sorted(unknown))}")
    return PostKind(entry["code"], Names.read(entry), tuple(entry["aliases"]), Book(requirements, about=_post))


def _post(requirement: PostRequirement) -> list[str]:
    return [requirement.code]


def _provenance(entry: Document, document: Document) -> Provenance:
    if entry["source"] not in document["sources"]:
        raise CatalogueBroken(code=document["code"], fault=f"source {entry['source']} is not described")
    return Provenance(document["sources"][entry["source"]], confidence(entry))


def _check_codes(catalogues: Sequence[Catalogue]) -> None:
    for catalogue in catalogues:
        codes = [each.code for each in catalogue.qualifications]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise CatalogueBroken(code=catalogue.code, fault=f"{', '.join(twice)} is given twice")


def _lowered(name: str) -> str:
    return name[0].lower() + name[1:]
