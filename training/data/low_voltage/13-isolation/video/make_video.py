"""Draws the lesson's film: the five steps that come before a hand touches a conductor.

Every frame is drawn with Pillow at twice the size, halved, and piped to ffmpeg, which writes an H.264 MP4, a
VP9 WebM and a poster. Nothing here reads a clock or chance: the same font gives the same frames.

    python make_video.py --font NotoSansSC_500Medium.ttf --out ..
"""

import argparse
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from cabinet import backdrop, circuit, gap_callout
from deeds import barrier, earth_lead, lock_and_tag, switching, tester, verdicts
from drawing import BLUE, GREEN, GREY, INK, SOFT, WHITE, Painter, mix
from PIL import Image
from timeline import ENDING, FPS, HEADLINES, HEIGHT, SECONDS, STEPS, WIDTH, between

H264 = ["-c:v", "libx264", "-preset", "slow", "-crf", "27", "-tune", "animation", "-movflags", "+faststart"]
VP9 = ["-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "46", "-row-mt", "1", "-deadline", "good", "-cpu-used", "3"]


def steps_panel(paint: Painter, moment: float) -> None:
    """The list on the left: done, now, to come."""
    starts = [start for _, start in STEPS] + [ENDING]
    for place, (name, start) in enumerate(STEPS):
        y = 152 + place * 70
        now, done = start <= moment < starts[place + 1], moment >= starts[place + 1]
        if now:
            paint.box(14, y - 28, 200, 56, WHITE, None, 12)
        paint.disc(46, y, 18, GREEN if done else BLUE if now else "#3d6a94")
        if done:
            paint.path([(38, y), (44, y + 7), (55, y - 7)], WHITE, 4)
        else:
            paint.text(46, y, str(place + 1), 20, WHITE, "mm")
        paint.text(78, y, name, 25, INK if now else WHITE if done else "#a9c0d6", "lm")


def headline(paint: Painter, moment: float) -> None:
    """Two lines above the cabinet, faded in and out."""
    for start, end, title, why in HEADLINES:
        seen = min(between(moment, start, 0.35), 1 - between(moment, end - 0.3, 0.3))
        if start <= moment < end and seen > 0:
            paint.text(256, 40, title, 30, mix(SOFT, INK, seen), "lm")
            paint.text(256, 78, why, 20, mix(SOFT, "#475569", seen), "lm")


def opening(paint: Painter) -> None:
    """The title over the stage; the running fan and the red wires are already there."""
    paint.text(256, 40, "检修之前，先把电关在门外", 30, BLUE, "lm")
    paint.text(256, 78, "红色：带电　　灰色：无电", 20, "#475569", "lm")
    paint.box(666, 150, 270, 220, WHITE, "#b9c7d6", 14, 2)
    for line, words in enumerate(("任务", "更换设备的接线", "关键", "看不见的电，", "用步骤证明它没有")):
        small = line in (0, 2)
        paint.text(688, 184 + line * 40, words, 17 if small else 24, GREY if small else INK, "lm")


def ending(paint: Painter) -> None:
    """The card that closes: what was done, and how to give the power back."""
    paint.box(228, 0, WIDTH - 228, HEIGHT, SOFT)
    paint.text(594, 92, "五步做完，才能动手", 44, BLUE, "mm")
    names = [name for name, _ in STEPS]
    for place, name in enumerate(names):
        x = 300 + place * 147
        paint.disc(x, 186, 32, GREEN)
        paint.path([(x - 14, 187), (x - 4, 199), (x + 16, 173)], WHITE, 7)
        paint.text(x, 240, name, 21, INK, "mm")
        if place < 4:
            paint.path([(x + 46, 186), (x + 100, 186)], GREY, 4)
    paint.box(280, 290, 628, 130, WHITE, BLUE, 14, 2)
    paint.text(594, 330, "干完活，送电之前", 24, BLUE, "mm")
    paint.text(594, 374, "人撤齐、工具清点好 → 拆接地线 → 撤遮栏摘牌 → 送电", 22, INK, "mm")


def stage(paint: Painter, moment: float) -> None:
    """Everything except the two cards, back to front."""
    circuit(paint, moment)
    headline(paint, moment)
    verdicts(paint, moment)
    barrier(paint, moment)
    gap_callout(paint, moment)
    switching(paint, moment)
    tester(paint, moment)
    earth_lead(paint, moment)
    lock_and_tag(paint, moment)


def frames(font: Path) -> Iterator[Image.Image]:
    """All frames in order, WIDTH x HEIGHT, RGB."""
    still = Painter(WIDTH, HEIGHT, font)
    backdrop(still)
    last = Painter(WIDTH, HEIGHT, font)
    backdrop(last)
    ending(last)
    steps_panel(last, ENDING)
    card = last.finished()
    for number in range(FPS * SECONDS):
        moment = number / FPS
        paint = still.copy()
        steps_panel(paint, moment)
        stage(paint, moment)
        if moment < STEPS[0][1]:
            opening(paint)
        picture = paint.finished()
        closing = between(moment, ENDING, 0.8)
        yield Image.blend(picture, card, closing) if closing else picture


def encoder(target: Path, codec: Sequence[str]) -> "subprocess.Popen[bytes]":
    """ffmpeg, reading raw frames from its standard input."""
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "-"]
    command = ["ffmpeg", "-v", "error", "-y", *source, *codec, "-pix_fmt", "yuv420p", str(target)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def main() -> None:
    """Write isolation.mp4, isolation.webm and poster.jpg, or fail with ffmpeg's own message."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--font", type=Path, required=True, help="a TrueType font with Simplified Chinese")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--poster-at", type=float, default=60.8, help="the second that the poster shows")
    given = parser.parse_args()
    writers = [encoder(given.out / "isolation.mp4", H264), encoder(given.out / "isolation.webm", VP9)]
    for number, picture in enumerate(frames(given.font)):
        for writer in writers:
            assert writer.stdin is not None  # opened with PIPE above
            writer.stdin.write(picture.tobytes())
        if number == round(given.poster_at * FPS):
            picture.save(given.out / "poster.jpg", quality=82, optimize=True, progressive=True)
    for writer in writers:
        writer.communicate()
        if writer.returncode:
            raise SystemExit(writer.returncode)


if __name__ == "__main__":
    main()
