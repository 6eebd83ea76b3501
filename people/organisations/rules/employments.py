"""Organisations, posts and employments: ids, kinds, and when an employment may end."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from kernel.errors import Invalid
from people.organisations.errors import (
    HasLeft,
    HireDateTooFarAhead,
    LeftBeforeHired,
    LeftInFuture,
    OrganisationNameLength,
    PostDayBeforeHired,
    PostDayBeforeThisPost,
    PostDayTooFarAhead,
    PostNameLength,
)

OrganisationId = NewType("OrganisationId", UUID)
PostId = NewType("PostId", UUID)
EmploymentId = NewType("EmploymentId", UUID)

DAYS_AHEAD: Final = 90  # people are trained before their first day, so they are listed before it
MOST_POST_NAME: Final = 60
LEAST_ORGANISATION_NAME: Final = 2
MOST_ORGANISATION_NAME: Final = 100


class OrganisationKind(StrEnum):
    ENTERPRISE = "enterprise"
    TRAINING_PROVIDER = "training_provider"
    EXAM_CENTRE = "exam_centre"
    AUTHORITY = "authority"
    EXAM_BODY = "exam_body"


class Standing(StrEnum):
    """Whom a staff list shows."""

    CURRENT = "current"
    LEFT = "left"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Employment:
    """What decides whether an employment can still be changed."""

    hired_on: date
    left_on: date | None

    def require_current(self) -> None:
        """Refuse (HasLeft) where the person has left: a closed line is history."""
        if self.left_on is not None:
            raise HasLeft(left_on=self.left_on.isoformat())

    def end(self, left_on: date, *, today: date) -> "Employment":
        """The employment with `left_on` as its last day.

        Raises:
            HasLeft: it was ended before.
            LeftBeforeHired, LeftInFuture: the day cannot be the last one.
        """
        self.require_current()
        if left_on < self.hired_on:
            raise LeftBeforeHired(hired_on=self.hired_on.isoformat())
        if left_on > today:
            raise LeftInFuture
        return Employment(self.hired_on, left_on)

    def require_post_day(self, changed_on: date, *, post_since: date, today: date) -> None:
        """Refuse a day on which nobody can have taken, or soon take, another post.

        Raises:
            HasLeft.
            PostDayBeforeHired, PostDayBeforeThisPost, PostDayTooFarAhead: each as the problem of `changed_on`.
        """
        self.require_current()
        problem: Invalid | None = None
        if changed_on < self.hired_on:
            problem = PostDayBeforeHired(hired_on=self.hired_on.isoformat())
        elif changed_on < post_since:
            problem = PostDayBeforeThisPost(post_since=post_since.isoformat())
        elif changed_on > today + timedelta(days=DAYS_AHEAD):
            problem = PostDayTooFarAhead(days=DAYS_AHEAD)
        if problem is not None:
            raise Invalid({"changed_on": problem})


def require_hire_day(hired_on: date, *, today: date) -> None:
    """A hire date may lie a little ahead. Raises HireDateTooFarAhead."""
    if hired_on > today + timedelta(days=DAYS_AHEAD):
        raise HireDateTooFarAhead(days=DAYS_AHEAD)


def organisation_name(typed: str) -> str:
    """The name of an organisation, blanks at the ends taken off. Raises OrganisationNameLength."""
    name = " ".join(typed.split())
    if not LEAST_ORGANISATION_NAME <= len(name) <= MOST_ORGANISATION_NAME or not name.isprintable():
        raise OrganisationNameLength(fields={"name": OrganisationNameLength()})
    return name


def post_name(typed: str) -> str:
    """The name of a post, blanks at the ends taken off. Raises PostNameLength."""
    name = " ".join(typed.split())
    if not 1 <= len(name) <= MOST_POST_NAME or not name.isprintable():
        raise PostNameLength
    return name
