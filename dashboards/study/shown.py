"""What the pages know of one study: what was asked, what was found, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboards.session import Session
from dashboards.study import outcome, periods
from dashboards.study.outcome import Outcome
from dashboards.study.periods import Calendar
from dashboards.study.verdicts import REFUSED
from kpis.impact.answer import Answer
from kpis.impact.effect import Effect
from kpis.impact.kept import Judged
from kpis.impact.study import Study
from kpis.impact.verdict import Verdict


@dataclass(frozen=True, eq=False)
class Shown:
    """One study for one reader, with its verdicts by versions of the facts, the oldest first. Without an effect it is refused."""

    session: Session
    answer: Answer
    past: Sequence[Judged] = ()

    @property
    def study(self) -> Study:
        return self.answer.study

    @property
    def effect(self) -> Effect | None:
        return self.answer.effect

    @property
    def verdict(self) -> Verdict | None:
        return self.answer.verdict

    @property
    def kind(self) -> str:
        """What was said of it; `refused` where nothing could be estimated."""
        return self.verdict.kind if self.verdict and self.effect else REFUSED

    @cached_property
    def outcome(self) -> Outcome:
        return outcome.of(self.session, self.study, self.effect)

    @cached_property
    def calendar(self) -> Calendar:
        """What its periods are called."""
        return periods.of([point.period for point in self.effect.series] if self.effect else [], self.session.locale)

    @property
    def name(self) -> str:
        """The policy's name, or the study's id where nobody named it."""
        return self.session.say(self.study.name) if self.study.name else self.study.study

    @property
    def start(self) -> str:
        """Since when, as the study's own data call it; else as it was asked."""
        return self.calendar.name(self._start)

    @property
    def short_start(self) -> str:
        """The same for a tight column."""
        return self.calendar.short(self._start)

    @property
    def _start(self) -> str:
        if self.effect and self.effect.before < len(self.effect.series):
            return self.effect.series[self.effect.before].period
        return "" if self.study.start is None else str(self.study.start)

    @property
    def gained(self) -> bool | None:
        """Whether what was found is for the better; None where nobody can say."""
        return self.outcome.is_better(self.effect.estimate) if self.effect else None

    def place(self, unit: str) -> str:
        """A unit by its name, where it is a place that the city knows."""
        found = self.session.definitions.place.get(unit)
        return self.session.say(found.name) if found else unit
