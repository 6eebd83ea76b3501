"""Values of the vocabulary. Catalogues overlap nowhere: on one day one catalogue of a position's items is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.law import Book, Confidence, Dated
from kernel.names import Names
from people.positions.errors import PostKindUnknown, QualificationUnknown
from people.positions.rules.posts import PostKind


class Position(StrEnum):
    """The three key positions (三项岗位)."""

    PRINCIPAL = "principal"  # 主要负责人
    SAFETY_MANAGER = "safety_manager"  # 安全生产管理人员
    SPECIAL_OPERATION = "special_operation"  # 特种作业人员


class ItemsStanding(StrEnum):
    """How far the list of a catalogue's items may be relied on."""

    CONFIRMED = "confirmed"  # compared with the original
    KNOWN = "known"  # general knowledge that agrees with every source read
    PROVISIONAL = "provisional"  # another catalogue's items stand in, because this one's were not found


@dataclass(frozen=True, slots=True)
class Provenance:
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Category:
    """A category of work (作业类别): “1 电工作业”."""

    code: str
    slug: str
    names: Names
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Qualification:
    """What a certificate allows: an operation item (操作项目), or a manager's position in an industry."""

    code: str
    position: Position
    names: Names
    provenance: Provenance
    category: Category | None = None  # of a special operation
    item_code: str | None = None  # “1.2”; None where sources number it differently
    industry: str | None = None  # of a manager
    industry_names: Names | None = None

    @property
    def group_names(self) -> Names:
        """What papers print above the item: the category of work (作业类别), or a manager's industry (行业类别)."""
        return (self.category.names if self.category else self.industry_names) or self.names


@dataclass(frozen=True, slots=True)
class Catalogue(Dated):
    """One dated list of qualifications and the instrument that set it."""

    version: int
    names: Names
    instrument: str
    items_standing: ItemsStanding
    note: Names
    provenance: Provenance
    qualifications: tuple[Qualification, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every catalogue and every kind of post, as read from the committed files."""

    catalogues: Book[Catalogue]
    by_code: Mapping[str, Qualification]
    post_kinds: Mapping[str, PostKind]

    def qualification(self, code: str) -> Qualification:
        """The qualification with this code, whether or not it is in force today.

        Raises:
            QualificationUnknown: no catalogue, past or present, has it.
        """
        try:
            return self.by_code[code]
        except KeyError:
            raise QualificationUnknown(code=code) from None

    def catalogues_in_force(self, on: date) -> tuple[Catalogue, ...]:
        return tuple(each for each in self.catalogues if each.is_in_force(on))

    def post_kind(self, code: str) -> PostKind:
        """The kind of post with this code.

        Raises:
            PostKindUnknown: there is none.
        """
        try:
            return self.post_kinds[code]
        except KeyError:
            raise PostKindUnknown(code=code) from None
