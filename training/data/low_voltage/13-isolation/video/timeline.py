"""When each thing of the film happens, in seconds, and how things move between two moments."""

from collections.abc import Sequence
from itertools import pairwise

WIDTH, HEIGHT, FPS, SECONDS = 960, 540, 25, 78
PHASES = {"L1": 360, "L2": 420, "L3": 480, "N": 540}
STEPS = (("停电", 6.0), ("验电", 21.0), ("接地", 39.0), ("挂牌上锁", 53.0), ("装设遮栏", 62.0))
ENDING = 71.0
BREAKER_OPENS, ISOLATOR_OPENS = 10.0, 15.0
TESTS = {"L1": 26.0, "L2": 27.8, "L3": 29.6, "N": 31.4}
SOCKET_TESTS = ((22.6, 25.0), (33.6, 37.6))
EARTH_END, CLAMPS = 41.2, {"L1": 43.6, "L2": 45.4, "L3": 47.2, "N": 49.0}
LOCKED, TAGGED, BARRIER = 55.2, 58.2, 63.5
SOCKET, TERMINAL_Y, CLAMP_Y = (812, 190), 359, 330
AWAY = (1060, 600)

HEADLINES = (
    (6.4, 11.6, "先断开断路器", "负荷先停下来，不带负荷拉隔离开关"),
    (11.8, 20.6, "再拉开隔离开关", "要有看得见的断口"),
    (21.2, 25.3, "验电器先在有电处试", "亮，说明验电器是好的"),
    (25.5, 33.0, "逐相验电：L1、L2、L3，还有 N", "一根都不能漏"),
    (33.2, 38.6, "再回有电处复核", "确认验电器中途没有坏"),
    (39.2, 42.2, "先接接地端", "接牢，再碰导体"),
    (42.4, 50.0, "后接导体端，逐根夹紧", "万一误送电，短路跳闸，人不挨电"),
    (50.2, 52.7, "拆的时候，顺序反过来", "先拆导体端，后拆接地端"),
    (53.2, 56.0, "上锁", "钥匙在干活的人身上"),
    (56.2, 61.7, "挂牌：禁止合闸，有人工作", "谁挂的谁摘，别人不许动"),
    (62.2, 70.6, "隔开邻近的带电部分", "遮栏朝着带电的一侧，挂“当心触电”"),
)


def eased(progress: float) -> float:
    """0 to 1 in, 0 to 1 out, slow at both ends."""
    inside = min(1.0, max(0.0, progress))
    return inside * inside * (3 - 2 * inside)


def between(moment: float, start: float, length: float) -> float:
    """How far (0 to 1) a movement that starts at `start` and takes `length` seconds has come."""
    return eased((moment - start) / length)


def along(moment: float, keys: Sequence[tuple[float, tuple[float, float]]]) -> tuple[float, float]:
    """The point at `moment` on a path of (second, point) keys, eased from key to key."""
    for (start, here), (end, there) in pairwise(keys):
        if moment < end:
            part = eased((moment - start) / (end - start))
            return here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part
    return keys[-1][1]
