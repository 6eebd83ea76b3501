"""What stands on an admission ticket (准考证), and who is admitted by it.

In Chinese, as it is shown to Chinese staff at the door; a ticket is not translated.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from exams.registrations.rules import State as RegistrationState
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part

TITLE = "准考证"
PARTS = {Part.THEORY: "安全技术理论考试", Part.PRACTICAL: "实际操作考试"}
WITH_TICKETS = frozenset({SittingState.CONFIRMED, SittingState.DRAWN, SittingState.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingFacts:
    """A sitting as it is printed. `starts_at` is Shanghai wall time; names are the Chinese ones."""

    code: str
    exam: str
    part: Part
    starts_at: datetime
    minutes: int
    centre: str
    address: str
    room: str
    opens_early_minutes: int
    late_entry_minutes: int

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def time(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} 开始，{self.minutes}分钟"

    @property
    def duties(self) -> tuple[str, ...]:
        """The rules of the room, as the candidate reads them."""
        early = f"{self.starts_at:%H:%M}前{self.opens_early_minutes}分钟"
        return (
            f"请在{early}到场，携带本准考证和有效身份证件原件，人证相符方可入场。",
            f"开考{self.late_entry_minutes}分钟后不得入场。",
            "手机等通信工具不得带入考场；违反考场纪律的，取消本场成绩。",
            *(["到时由系统自动交卷。"] if self.part is Part.THEORY else []),
        )

    @property
    def doors_open_at(self) -> datetime:
        return self.starts_at - timedelta(minutes=self.opens_early_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """One candidate's place: name, masked number of the identity document, number of the ticket, seat."""

    name: str
    masked_number: str
    admission_number: str
    seat: int


class LeftOut(StrEnum):
    """Why a candidate's ticket could not be printed with the others."""

    NO_PHOTO = "no_photo"
    UNPRINTABLE = "unprintable"
    NO_SEAT = "no_seat"
    FAULT = "fault"

    @property
    def words(self) -> str:
        """As it is printed on the last page."""
        return LEFT_OUT_WORDS[self]


LEFT_OUT_WORDS = {
    LeftOut.NO_PHOTO: "没有照片，请所在企业补传后单独打印",
    LeftOut.UNPRINTABLE: "姓名用字不在现有字库中，请安装含有该字的字体",
    LeftOut.NO_SEAT: "打印期间座位已收回",
    LeftOut.FAULT: "系统未能打印，请单独打印或联系管理员",
}


def ticket_rows(sitting: SittingFacts, who: Admission) -> tuple[tuple[str, str], ...]:
    """The labelled values of a ticket, in the order in which they are printed."""
    return (
        ("姓名", who.name),
        ("证件号码", who.masked_number),
        ("准考证号", who.admission_number),
        ("考试项目", sitting.exam),
        ("考试科目", PARTS[sitting.part]),
        ("考试时间", sitting.time),
        ("考试点", sitting.centre),
        ("地址", sitting.address),
        ("考场、座位", f"{sitting.room}  {who.seat}号座位"),
    )


def has_ticket(registration: RegistrationState, sitting: SittingState | None) -> bool:
    """Whether a ticket can be had: the seat is given, and the sitting stands."""
    return registration is RegistrationState.SEATED and sitting in WITH_TICKETS
