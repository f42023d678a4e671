"""One made panel asked for its effect, and many of them summed up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kpis.impact.answer import of_panel
from kpis.impact.case import Case
from kpis.impact.study import Method
from kpis.impact.thin import refusal
from kpis.impact.verdict import KINDS
from tests.simulated_panels import Made, made, study

DRAWS = 100
"""Placebos where several are treated: half of what a study draws, since their number costs the most and changes the least."""

MATTERS = 2.0
"""The smallest effect that matters to these cities, in standard deviations of the treated city's noise."""


@dataclass(frozen=True)
class Outcome:
    """What was said of a panel, beside the truth. Errors are in standard deviations of the treated city's own months."""

    kind: str
    against: tuple[str, ...]
    covered: bool
    error: float
    se: float
    several: bool
    wrong_way: bool

    @property
    def told(self) -> bool:
        """Whether an effect was said to be there, clear or likely."""
        return self.kind in ("clear_effect", "likely_effect")


@dataclass(frozen=True)
class Summary:
    """Shares of many panels; errors and standard errors in standard deviations of the treated city's noise."""

    panels: int
    covered: float
    kinds: dict[str, float]
    error: float
    se: float
    wrong_way: float
    against: dict[str, float]

    def row(self, name: str) -> str:
        shares = " | ".join(f"{self.kinds[kind]:.1%}" for kind in KINDS)
        return f"| {name} | {self.panels} | {self.covered:.1%} | {self.error:.2f} | {self.se:.2f} | {shares} | {self.wrong_way:.1%} |"


def asked(one: Made, method: Method = "sdid") -> Outcome | None:
    """The panel's effect and verdict, as a city would get them; None where it is too short for the method.

    Without a comparison the treated city is all that is given.
    """
    given = one.panel.of(np.flatnonzero(one.panel.treated).tolist()) if method == "its" else one.panel
    said: dict[str, object] = {"season": {"period": 12}} if method == "its" else {}
    question = study(method, draws=DRAWS, smallest=MATTERS * one.noise, **said)
    if refusal(given, question):
        return None
    answer = of_panel(given, question)
    effect, verdict = answer.effect, answer.verdict
    assert effect is not None and verdict is not None, answer.refused
    doubt = Case(effect, given, answer.study).doubt
    assert effect.low is not None and effect.high is not None and doubt is not None
    return Outcome(
        kind=verdict.kind,
        against=verdict.against,
        covered=effect.low <= one.truth <= effect.high,
        error=(effect.estimate - one.truth) / one.noise,
        se=doubt / one.noise,
        several=effect.n_treated > 1,
        wrong_way=verdict.way == "worse",
    )


def outcomes(seeds: Iterable[int], effect: float, method: Method = "sdid", **said: int | bool) -> list[Outcome]:
    """One for each seed that gives a panel long enough; `effect` in standard deviations of noise.

    An event study is asked where they began at several times.
    """
    panels = (made(seed, effect, staggered=method == "event_study", **said) for seed in seeds)  # pyright: ignore[reportArgumentType]
    return [outcome for one in panels if (outcome := asked(one, method))]


def summary(found: Sequence[Outcome]) -> Summary:
    """Never of none."""
    kinds, against = Counter(each.kind for each in found), Counter(rule for each in found for rule in each.against)
    return Summary(
        panels=len(found),
        covered=float(np.mean([each.covered for each in found])),
        kinds={kind: kinds[kind] / len(found) for kind in KINDS},
        error=float(np.sqrt(np.mean([each.error**2 for each in found]))),
        se=float(np.mean([each.se for each in found])),
        wrong_way=float(np.mean([each.wrong_way for each in found])),
        against={rule: count / len(found) for rule, count in against.most_common()},
    )
