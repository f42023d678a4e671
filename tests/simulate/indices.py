"""python -m tests.simulate.indices: 1,000 made indices of each form, held to the bounds of docs/doubt.md."""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.simulated_indices import COVERED, FORMS, covered

CASES = 1_000
AT_ONCE = 50


def main() -> int:
    """1 where a bound is broken. Two minutes on two cores."""
    with ProcessPoolExecutor(2) as pool:
        broken = list(broken_bounds(pool))
    print(*broken or ["every bound holds"], sep="\n")
    return 1 if broken else 0


def broken_bounds(pool: ProcessPoolExecutor) -> Iterator[str]:
    """Each form of which too few or too many intervals hold the truth, in words; the shares are printed."""
    slices = [range(first, first + AT_ONCE) for first in range(0, CASES, AT_ONCE)]
    for form in FORMS:
        shares = list(pool.map(covered, [form] * len(slices), slices))
        share = sum(shares) / len(shares)
        print(f"| index: {form.name}, error {form.error:g} of the spread | {CASES} | {share:.1%} |", flush=True)
        if not COVERED[0] <= share <= COVERED[1]:
            yield f"index, {form.name}: {share:.1%} of the intervals hold the truth"


if __name__ == "__main__":
    sys.exit(main())
