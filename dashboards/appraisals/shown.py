"""What the parts of an appraisal's page share: what was found, and how its options and amounts are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import formats
from dashboards.kept import kept
from dashboards.plan.money import amounts
from dashboards.session import Session
from dashboards.words import Words, translator
from data.definitions import stamp
from data.model import Text
from kpis.appraisals import reading
from kpis.appraisals.appraisal import Appraisal
from kpis.appraisals.reading import Appraisals
from kpis.appraisals.weighing import Weighed, weigh
from kpis.score import Reason


@dataclass(frozen=True, eq=False)
class Shown:
    """One appraisal as a reader sees it."""

    session: Session
    found: Weighed

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @property
    def appraisal(self) -> Appraisal:
        return self.found.appraisal

    @property
    def currency(self) -> str:
        return self.session.definitions.city.currency

    def say(self, text: Text) -> str:
        return self.session.say(text)

    def name(self, option: str) -> str:
        """What an option is called."""
        return self.say(self.appraisal.option(option).name)

    def amount(self, value: float | None) -> str:
        """Whole units of the currency, without its name, which stands in the heading: cents would say more than anybody knows."""
        return formats.NOTHING if value is None else formats.number(value, 0, self.session.locale)

    def plain(self, value: float) -> str:
        """A number as it was written, without zeros behind it."""
        decimals = next((places for places in range(4) if round(value, places) == value), 4)
        return formats.number(value, decimals, self.session.locale)

    def money(self, value: float) -> str:
        """For sentences: 1.77 million euros."""
        return amounts.said(value, self.currency, self.session.locale)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share as a percentage: 83 %."""
        return f"{formats.number(100 * share, decimals, self.session.locale)}{formats.BOUND}%"

    def sentence(self, reasons: Sequence[Reason]) -> str:
        """Several findings as one sentence."""
        said = "; ".join(formats.reason(reason, self.session.locale) for reason in reasons)
        return f"{formats.sentence(said)}."


def known(session: Session) -> Appraisals:
    """The home's appraisals, and what is wrong with the files of others."""
    return reading.load(session.home, session.definitions)


def shown(session: Session, appraisal: Appraisal) -> Shown:
    """The appraisal weighed, with what the panel knew by the month's review day."""
    return Shown(session, _weighed(session, appraisal))


def _by(session: Session, appraisal: Appraisal) -> tuple:
    return (session.key, appraisal.appraisal, stamp(*reading.files(session.home)))


@kept(most=64, by=_by)
def _weighed(session: Session, appraisal: Appraisal) -> Weighed:
    return weigh(appraisal, session.definitions, session.catalogue, session.held, session.review_day)
