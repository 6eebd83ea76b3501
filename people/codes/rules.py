"""What a code looks like, how long it is good, and what the message says that brings it. Pure."""

import hashlib
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

PLACE: Final = "{code}"  # where it goes in the words of a message, which are kept without it
RESENT_AFTER: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 5


class Use(StrEnum):
    """What a code proves."""

    APPLICATION = "application"  # an organisation that applies holds this telephone
    FIRST_SIGN_IN = "first_sign_in"  # whoever comes in speaks for this organisation


# Five tries at six digits within ten minutes succeed once in two hundred thousand times. The other is 59 bits.
GOOD_FOR: Final = {Use.APPLICATION: timedelta(minutes=10), Use.FIRST_SIGN_IN: timedelta(days=7)}
WORTH_SENDING_FOR: Final = {Use.APPLICATION: timedelta(minutes=10), Use.FIRST_SIGN_IN: timedelta(days=3)}
SUBJECTS: Final = {Use.APPLICATION: "入驻申请验证码", Use.FIRST_SIGN_IN: "首次登录"}


def as_typed(typed: str) -> str:
    """A code as it is compared: people leave out the dashes, and telephones begin a line in capitals."""
    return "".join(each for each in typed.lower() if each.isalnum())[:40]


def digest_of(use: Use, id_: UUID, code: str) -> bytes:
    """What is kept of a code. One of six digits is bound to its row; the other is found by what was typed alone."""
    salt = id_.bytes if use is Use.APPLICATION else b""
    return hashlib.sha256(salt + as_typed(code).encode()).digest()


def notice(use: Use, said: str, address: str) -> str:
    """The words of a message, with PLACE where the code goes. `said`: the name of the organisation."""
    if use is Use.APPLICATION:
        return f"【安培】验证码{PLACE}，用于单位入驻申请，10分钟内有效。请勿告诉他人，工作人员不会向您索要。"
    link = f"{address.rstrip('/')}/first-sign-in/{PLACE}"
    return f"【安培】{said}已入驻平台。请在7天内打开链接，设置您的用户名和密码：{link} 请勿转发。"


def masked(phone: str) -> str:
    """A telephone as screens show it."""
    return f"{phone[:3]}****{phone[-4:]}"
