"""The staff list that a visitor of the demonstration imports: forty rows, six of them wrong in six different ways.

Everybody in it is invented; the numbers follow the rule of the cast (region 99xxxx).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from people.accounts.rules.id_numbers import check_digit
from people.demonstration.rules.cast import CastMember
from people.organisations.rules.staff_lists import Column

ROWS: Final = 40
SURNAMES: Final = "王李张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程"
MEN: Final = ("志强", "建军", "海涛", "永生", "立新", "长河", "国平", "大勇", "春林", "学文", "俊杰", "宏伟")
WOMEN: Final = ("秀兰", "桂英", "丽娜", "玉梅", "晓燕", "春红", "雪梅", "海霞", "思雨", "佳慧")
POSTS: Final = ("普工", "机加工操作工", "普工", "焊工", "机加工操作工", "维修电工", "普工", "车间主任")
FIRST_DAY: Final = date(2025, 3, 3)

Row = dict[Column, str]


def sample_rows(members: Sequence[CastMember], hired_on: date) -> list[list[str]]:
    """The rows of the sample list, in the order of the template's columns: the listed members first."""
    rows = [_row_of(member, hired_on) for member in members]
    rows += [_invented(number) for number in range(ROWS - len(members) - 1)]
    for place, spoil in _MISTAKES.items():
        spoil(rows[place])
    rows.append(dict(rows[1]))  # the same person twice, the commonest mistake in real lists
    return [[row[column] for column in Column] for row in rows]


def _row_of(member: CastMember, hired_on: date) -> Row:
    return {
        Column.NAME: member.name,
        Column.ID_NUMBER: member.id_number.text,
        Column.POST: member.post,
        Column.PHONE: member.phone,
        Column.HIRED_ON: hired_on.isoformat(),
        Column.MIGRANT_WORKER: _answer(yes=member.migrant_worker),
        Column.INJURY_INSURANCE: _answer(yes=member.injury_insurance),
    }


def _invented(number: int) -> Row:
    is_man = number % 3 != 0
    given = MEN[(number - number // 3) % len(MEN)] if is_man else WOMEN[number // 3 % len(WOMEN)]
    born = date(1970 + (number * 7) % 33, 1 + (number * 5) % 12, 1 + (number * 11) % 28)
    first_17 = f"990102{born:%Y%m%d}{100 + 2 * number + is_man:03d}"
    return {
        Column.NAME: SURNAMES[number % len(SURNAMES)] + given,
        Column.ID_NUMBER: first_17 + check_digit(first_17),
        Column.POST: POSTS[number % len(POSTS)],
        Column.PHONE: f"1000000{5000 + number}",
        Column.HIRED_ON: (FIRST_DAY + timedelta(days=13 * number)).isoformat(),
        Column.MIGRANT_WORKER: _answer(yes=number % 5 != 0),
        Column.INJURY_INSURANCE: _answer(yes=number % 7 != 3),  # noqa: PLR2004 - one in seven has none
    }


def _answer(*, yes: bool) -> str:
    return "是" if yes else "否"


def _wrong_check_digit(row: Row) -> None:
    right = row[Column.ID_NUMBER]
    row[Column.ID_NUMBER] = right[:17] + ("1" if right[17] != "1" else "2")


def _impossible_birth_date(row: Row) -> None:
    first_17 = row[Column.ID_NUMBER][:10] + "0230" + row[Column.ID_NUMBER][14:17]
    row[Column.ID_NUMBER] = first_17 + check_digit(first_17)


def _other_name_of_post(row: Row) -> None:
    row[Column.POST] = "电焊工"


def _short_phone(row: Row) -> None:
    row[Column.PHONE] = row[Column.PHONE][:10]


def _no_word_on_insurance(row: Row) -> None:
    row[Column.INJURY_INSURANCE] = ""


_MISTAKES: Final[dict[int, Callable[[Row], None]]] = {
    8: _wrong_check_digit,
    13: _impossible_birth_date,
    19: _other_name_of_post,
    25: _short_phone,
    31: _no_word_on_insurance,
}


def listed(members: Iterable[CastMember]) -> list[CastMember]:
    """The members whom the sample list employs."""
    return [member for member in members if member.is_listed]
