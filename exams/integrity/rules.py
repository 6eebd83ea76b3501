"""Conflicts of interest: between staff and candidates, and of candidates who know the questions. Pure.

Sources: trainers do not proctor their own candidates (rules of the electrician access exam); exam staff do no training
connected with the exam (Hunan); author, reviewer and approver of a question stay away from it in the exam, on both
sides of the desk (this house).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Protocol
from uuid import UUID

from exams.integrity.errors import (
    AndAlso,
    CandidatesMadeQuestions,
    IsCandidate,
    MadeQuestions,
    OfTheProvider,
    StaffInConflict,
    StaffInConflictAndMore,
    Taught,
)
from kernel.errors import Problem

NAMED_AT_MOST = 3
CANDIDATE = "candidate"  # stands where a finding about staff says their duty


class Ground(StrEnum):
    """Why somebody may not be on duty or, the last one, may not sit the exam."""

    TAUGHT = "taught"
    SAME_PROVIDER = "same_provider"
    IS_CANDIDATE = "is_candidate"
    QUESTIONS = "questions"  # wrote, reviewed or approved one that the papers are drawn from
    CANDIDATE_QUESTIONS = "candidate_questions"  # the same, of somebody who sits the exam


@dataclass(frozen=True, slots=True)
class StaffPerson:
    """Somebody on duty, or about to be; `organisations` are all they work or act for, or lately did."""

    person_id: UUID
    name: str
    organisations: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Examinee:
    """Somebody seated, with who trained them, from all their eligibilities: a teacher is one, whatever was taught."""

    person_id: UUID
    name: str
    providers: Mapping[UUID, str]
    teachers: frozenset[UUID]


class TrainedBy(Protocol):
    """Who trained somebody."""

    @property
    def providers(self) -> Mapping[UUID, str]: ...

    @property
    def teachers(self) -> frozenset[UUID]: ...


@dataclass(frozen=True, slots=True)
class Conflict:
    """One ground between one person of the staff and one candidate; without a candidate it concerns the questions."""

    person_id: UUID
    name: str
    ground: Ground
    candidate_id: UUID | None = None
    candidate: str = ""
    provider: str = ""


def conflicts(
    staff: Iterable[StaffPerson], candidates: Iterable[Examinee], question_people: Collection[UUID]
) -> tuple[Conflict, ...]:
    """Every conflict, in the order of staff and candidates."""
    seated = list(candidates)
    found: list[Conflict] = []
    for member in staff:
        if member.person_id in question_people:
            found.append(Conflict(member.person_id, member.name, Ground.QUESTIONS))
        for candidate in seated:
            found += _between(member, candidate)
    return tuple(found)


def may_conflict(
    staff: Collection[UUID],
    candidates: Collection[UUID],
    organisations: Mapping[UUID, frozenset[UUID]],
    trained: Mapping[UUID, TrainedBy],
    authors: frozenset[UUID],
) -> bool:
    """Whether `conflicts` or `knowing_candidates` can find anything here, from what is known of all sittings together.

    `organisations` are those of the staff, `authors` all who ever made a question that is in use.
    """
    people = {*staff, *candidates}
    if len(people) < len(staff) + len(candidates) or not authors.isdisjoint(people):
        return True
    where = frozenset[UUID]().union(*(organisations.get(person, frozenset()) for person in staff))
    taught_by = (trained[candidate] for candidate in candidates)
    return any(not each.teachers.isdisjoint(staff) or not where.isdisjoint(each.providers) for each in taught_by)


def _between(member: StaffPerson, candidate: Examinee) -> list[Conflict]:
    grounds: list[tuple[Ground, str]] = []
    if member.person_id == candidate.person_id:
        grounds.append((Ground.IS_CANDIDATE, ""))
    if member.person_id in candidate.teachers:
        grounds.append((Ground.TAUGHT, ""))
    shared = member.organisations & candidate.providers.keys()
    grounds += [(Ground.SAME_PROVIDER, candidate.providers[provider]) for provider in sorted(shared)]
    return [
        Conflict(member.person_id, member.name, ground, candidate.person_id, candidate.name, provider)
        for ground, provider in grounds
    ]


def knowing_candidates(candidates: Mapping[UUID, str], question_people: Collection[UUID]) -> tuple[Conflict, ...]:
    """Of the candidates (person -> name) those who made questions of their own exam."""
    return tuple(
        Conflict(person_id, name, Ground.CANDIDATE_QUESTIONS, person_id, name)
        for person_id, name in candidates.items()
        if person_id in question_people
    )


def require_none_knows(found: Iterable[Conflict]) -> None:
    """Raises CandidatesMadeQuestions, which names all of them."""
    if names := [conflict.name for conflict in found]:
        raise CandidatesMadeQuestions(names="、".join(names))


def require_none(found: Iterable[Conflict]) -> None:
    """Refuse, naming each person and each reason once.

    Raises:
        StaffInConflict, or StaffInConflictAndMore when several people are concerned.
    """
    by_person: dict[UUID, list[Conflict]] = {}
    for conflict in found:
        by_person.setdefault(conflict.person_id, []).append(conflict)
    refusals: list[Problem] = [
        StaffInConflict(name=each[0].name, reasons=reasons_of(each)) for each in by_person.values()
    ]
    if refusals:
        raise reduce(lambda one, more: StaffInConflictAndMore(one=one, more=more), refusals)


def reasons_of(found: Iterable[Conflict]) -> Problem:
    """The reasons of one person as one enumeration, each in words."""
    by_ground: dict[tuple[Ground, str], list[Conflict]] = {}
    for conflict in found:
        by_ground.setdefault((conflict.ground, conflict.provider), []).append(conflict)
    said = [_reason(ground, provider, each) for (ground, provider), each in by_ground.items()]
    return reduce(lambda one, more: AndAlso(one=one, more=more), said)


def _reason(ground: Ground, provider: str, found: list[Conflict]) -> Problem:
    names = "、".join(conflict.candidate for conflict in found[:NAMED_AT_MOST])
    if len(found) > NAMED_AT_MOST:
        names += f" (+{len(found) - NAMED_AT_MOST})"
    if ground is Ground.TAUGHT:
        return Taught(candidates=names)
    if ground is Ground.SAME_PROVIDER:
        return OfTheProvider(provider=provider, candidates=names)
    return IsCandidate() if ground is Ground.IS_CANDIDATE else MadeQuestions()  # of staff and candidates alike
