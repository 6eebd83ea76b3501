"""The dated vocabulary of the trade: positions, catalogues, qualifications, and kinds of post.

A *qualification* is what a certificate says somebody may do: one string code used in every package. Codes outlive
catalogues; which catalogue lists a code on which day is data.
"""

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

__all__ = [
    "Catalogue",
    "Category",
    "ItemsStanding",
    "Position",
    "PostKind",
    "PostRequirement",
    "Provenance",
    "Qualification",
    "Vocabulary",
]
