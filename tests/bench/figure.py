"""A measured figure beside the reference that it is held against, in the same run."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, ours and the reference's in milliseconds, and how many times the reference we aim to stay within."""

    name: str
    ours: float
    reference: float
    aim: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.reference


def in_turns(*calls: Callable[[], object], runs: int, warm_up: int = 2) -> list[float]:
    """Median milliseconds of each call, taken in turns, so that a busy machine slows all; the first runs do not count."""
    times: list[list[float]] = [[] for _ in calls]
    for run in range(warm_up + runs):
        for call, taken in zip(calls, times, strict=True):
            began = time.perf_counter()
            call()
            if run >= warm_up:
                taken.append(1000 * (time.perf_counter() - began))
    return [statistics.median(taken) for taken in times]


def table(figures: Iterable[Figure]) -> str:
    """One line a figure."""
    rows = [("milliseconds", "ours", "reference", "ratio", "aim")]
    for figure in figures:
        aim = "" if figure.aim is None else f"{figure.aim:g}"
        rows.append((figure.name, f"{figure.ours:.1f}", f"{figure.reference:.1f}", f"{figure.ratio:.2f}", aim))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *(row[i].rjust(widths[i]) for i in range(1, 5))]) for row in rows)
