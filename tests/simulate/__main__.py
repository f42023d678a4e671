"""python -m tests.simulate: 500 panels with an effect and 500 without, by each method, held to the bounds of docs/verdicts.md."""

import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor

from kpis.impact.study import METHODS, Method
from kpis.impact.thin import refusal
from tests.simulate.indices import broken_bounds
from tests.simulate.outcomes import Outcome, Summary, asked, outcomes, summary
from tests.simulated_panels import apart, study, thin

PANELS = 500
PROCESSES = 2
COVERED = (0.92, 0.98)
"""Between which shares of the 95% intervals of sdid hold the truth."""
FALSELY_CLEAR = 0.02
"""The largest share of panels without an effect in which a clear one may be said, by any method."""
POORLY_FITTED_TOLD = 0.05
"""The largest share of panels that no mixture fits in which an effect may be told."""
HEAD = "| panels | number | 95% holds the truth | error | s.e. | clear | likely | none detectable | cannot tell | wrong way |"


def main() -> int:
    """1 where a bound is broken. Takes minutes on two cores."""
    print(HEAD, "|---" * 10 + "|", sep="\n")
    with ProcessPoolExecutor(PROCESSES) as pool:
        broken = (
            [wrong for method in METHODS for wrong in _of_method(pool, method)]
            + _of_districts(pool)
            + _of_poor_fits(pool)
            + _of_thin_ones()
            + list(broken_bounds(pool))
        )
    print(*broken or ["every bound holds"], sep="\n")
    return 1 if broken else 0


def _of_method(pool: ProcessPoolExecutor, method: Method) -> list[str]:
    began = time.monotonic()
    known = [outcome for some in pool.map(_with_effect, _parts(), [method] * PROCESSES) for outcome in some]
    none = [outcome for some in pool.map(_without_effect, _parts(), [method] * PROCESSES) for outcome in some]
    with_effect, without = summary(known), summary(none)
    print(with_effect.row(f"{method}, effect of 1 to 3"), without.row(f"{method}, none"), sep="\n")
    for several in (False, True):
        print(summary([each for each in known if each.several is several]).row(f"{method}, {'several' if several else 'one'} treated"))
    print(f"  {method}: {time.monotonic() - began:.0f} s; against it, with none:", _against(without), flush=True)
    return _broken(method, with_effect, without)


def _broken(method: Method, with_effect: Summary, without: Summary) -> list[str]:
    broken = []
    if method == "sdid" and not COVERED[0] <= with_effect.covered <= COVERED[1]:
        broken.append(f"{method}: {with_effect.covered:.1%} of the intervals hold the truth")
    if without.kinds["clear_effect"] > FALSELY_CLEAR:
        broken.append(f"{method}: a clear effect is said in {without.kinds['clear_effect']:.1%} of panels without one")
    return broken


def _of_districts(pool: ProcessPoolExecutor) -> list[str]:
    """Seven others beside one, as a city has districts: never clear, and the intervals as good."""
    found = summary([outcome for some in pool.map(_districts, _parts()) for outcome in some])
    print(found.row("sdid, 8 places, effect of 2"))
    broken = [f"of 8 places {found.covered:.1%} of the intervals hold the truth"] if not COVERED[0] <= found.covered <= COVERED[1] else []
    return broken + (["of 8 places one is called clear"] if found.kinds["clear_effect"] else [])


def _of_poor_fits(pool: ProcessPoolExecutor) -> list[str]:
    found = summary([outcome for some in pool.map(_apart, _parts(PANELS // 5)) for outcome in some])
    print(found.row("sdid, own way"))
    told = found.kinds["clear_effect"] + found.kinds["likely_effect"]
    return [f"an effect is told in {told:.1%} of panels that nobody fits"] if told > POORLY_FITTED_TOLD else []


def _of_thin_ones() -> list[str]:
    return [
        f"{name} is not refused (seed {seed})"
        for seed in range(PANELS // 5)
        for name, panel in thin(seed).items()
        if not refusal(panel, study())
    ]


def _parts(panels: int = PANELS) -> list[range]:
    return [range(first, panels, PROCESSES) for first in range(PROCESSES)]


def _with_effect(seeds: Iterable[int], method: Method) -> list[Outcome]:
    """Effects of one, two and three standard deviations in turn."""
    return [outcome for seed in seeds for outcome in outcomes([seed], 1.0 + seed % 3, method)]


def _without_effect(seeds: Iterable[int], method: Method) -> list[Outcome]:
    return outcomes(seeds, 0.0, method)


def _districts(seeds: Iterable[int]) -> list[Outcome]:
    return outcomes(seeds, 2.0, cities=8, treated=1)


def _apart(seeds: Sequence[int]) -> list[Outcome]:
    return [outcome for seed in seeds if (outcome := asked(apart(seed)))]


def _against(found: Summary) -> str:
    return ", ".join(f"{rule} {share:.1%}" for rule, share in found.against.items())


if __name__ == "__main__":
    sys.exit(main())
