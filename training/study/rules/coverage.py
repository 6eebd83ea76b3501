"""Which parts of a video were played: sorted, disjoint stretches of milliseconds, first included, last excluded."""

Stretch = tuple[int, int]
Coverage = tuple[Stretch, ...]

COVERED_PERCENT = 95  # players skip the last frames, and reports round


def accepted(claim: Stretch | None, *, elapsed_ms: int, video_ms: int) -> Stretch | None:
    """The part of a claim that the clock allows: nobody plays more of a video than time went by."""
    if claim is None:
        return None
    start, end = claim
    first = max(0, start, end - elapsed_ms)
    last = min(end, video_ms)
    return (first, last) if first < last else None


def added(coverage: Coverage, stretch: Stretch | None) -> Coverage:
    """`coverage` with another stretch, touching ones joined."""
    stretches = sorted([*coverage, stretch] if stretch else coverage)
    joined: list[Stretch] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def length(coverage: Coverage) -> int:
    """How much was played, in milliseconds."""
    return sum(end - start for start, end in coverage)


def is_covered(played_ms: int, video_ms: int) -> bool:
    """Whether enough of the video was played to complete its lesson."""
    return played_ms * 100 >= video_ms * COVERED_PERCENT
