"""Facts about practicals. The promise of the draw comes before the draw; its secret is told when all is over."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticalOpened(Event):
    """`commitment` is SHA-256(secret || practical id), made before anything is drawn."""

    NAME: ClassVar[str] = "exams.practical_opened"

    sitting_id: UUID
    practical_id: UUID
    registration_id: UUID
    person_id: UUID
    admission_number: str
    qualification: str
    standard_version: int
    examiner_ids: tuple[UUID, ...]
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminerReplaced(Event):
    """`examiner_id` took the place of `former_id`, whose unsigned sheets count no more."""

    NAME: ClassVar[str] = "exams.practical_examiner_replaced"

    sitting_id: UUID
    practical_id: UUID
    place: int
    former_id: UUID
    examiner_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticalDrawn(Event):
    """`items_digest` is `rules.items_digest`, `pool_digest` that of `rules.ItemPool`."""

    NAME: ClassVar[str] = "exams.practical_drawn"

    sitting_id: UUID
    practical_id: UUID
    person_id: UUID
    items: tuple[str, ...]
    items_digest: str
    pool_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBegun(Event):
    """A simulated item was begun; the run is its evidence."""

    NAME: ClassVar[str] = "exams.practical_item_begun"

    practical_id: UUID
    item: str
    run_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStepped(Event):
    """An examiner completed or reopened a sheet, or struck or lifted a veto item. Single deductions are its steps.

    A veto item is told at once, for nobody may lift one unseen; points are not told before the release.
    """

    NAME: ClassVar[str] = "exams.practical_sheet_stepped"

    practical_id: UUID
    item: str
    place: int
    examiner_id: UUID
    deed: str
    veto: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSigned(Event):
    NAME: ClassVar[str] = "exams.practical_sheet_signed"

    practical_id: UUID
    item: str
    signer: str
    person_id: UUID
    is_refusal: bool
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticalFinished(Event):
    """It has an outcome. `secret` lets anybody repeat the draw and compare it with the commitment.

    No score and no pass: until the release nobody is told one, not even in the audit. `outcome_digest` holds what is
    stored to this day. The oldest rows of the audit tell total, pass_mark, is_vetoed and is_passed instead.
    """

    NAME: ClassVar[str] = "exams.practical_finished"

    practical_id: UUID
    registration_id: UUID
    person_id: UUID
    qualification: str
    outcome_digest: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticalEnded(Event):
    """The exam office ended it: `ending` is given_up or voided. `signed`: items signed by all; `struck`: with a veto.

    Both say what was given away by voiding, so that whoever voids the practicals of those about to fail is seen.
    """

    NAME: ClassVar[str] = "exams.practical_ended"

    practical_id: UUID
    sitting_id: UUID
    registration_id: UUID
    person_id: UUID
    ending: str
    reason: str
    signed: tuple[str, ...]
    struck: tuple[str, ...]
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticalsVerified(Event):
    NAME: ClassVar[str] = "exams.practicals_verified"

    sitting_id: UUID
    practicals: int
    differences: int
