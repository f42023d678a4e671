"""A town with one indicator and one goal, judged without a store: the least that a rule of judging can be tried on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from data.city import Area, City, Mandate
from data.definitions import Definitions
from data.indicators import Indicator, Theme
from data.periods import Frequency, Month, parse
from data.places import Place
from kpis.catalogue import Catalogue
from kpis.definition import Baseline, Kpi, Path, Step, Target
from kpis.judge import judge

COLUMNS = {"place": pl.String, "indicator": pl.String, "segment": pl.String, "period": pl.Date, "value": pl.Float64}
TOWN = "town"


def definitions(*indicators: Indicator, review_day: int = 10) -> Definitions:
    mandate = Mandate(start=date(2023, 7, 1), end=date(2027, 6, 30))
    city = City(name="Town", place=TOWN, mandate=mandate, areas=(Area(id="works", name="Works"),), review_day=review_day)
    return Definitions(city, (Place(id=TOWN, name="Town"),), (Theme(id="life", name="Life"),), indicators, ())


def indicator(frequency: Frequency = "month", **told: Any) -> Indicator:
    known = {"id": "lights", "name": "Lights", "unit": "%", "kind": "level", "theme": "life", "source": "desk", "owner": "works"}
    return Indicator.model_validate({**known, "frequency": frequency, **told})


def goal(**told: Any) -> Kpi:
    """A goal on the indicator `lights`; `baseline=(value, "2023-12-31")`, `target=(...)`, `steps=[(value, day), ...]`."""
    known: dict[str, Any] = {"id": "goal", "name": "Goal", "indicator": "lights", "polarity": "higher", "owner": "works", **told}
    for part, model in (("baseline", Baseline), ("target", Target)):
        if isinstance(known.get(part), tuple):
            value, day = known[part]
            known[part] = model(value=value, date=date.fromisoformat(day))
    if steps := known.pop("steps", ()):
        known["path"] = Path(method="steps", steps=tuple(Step(value=value, date=date.fromisoformat(day)) for value, day in steps))
    return Kpi(**known)


def observations(values: Mapping[str, float | None], frequency: Frequency = "month", fiscal_year_starts: int = 1) -> pl.DataFrame:
    """Values by period as people write them: {"2025-06": 71.2}."""
    rows = [(TOWN, "lights", "", parse(period, frequency, fiscal_year_starts), value) for period, value in values.items()]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def judged(
    kpi: Kpi,
    values: Mapping[str, float | None],
    month: str = "2025-06",
    *,
    of: Indicator | None = None,
    review_day: int = 10,
    **fiscal: int,
) -> dict[str, Any]:
    """The verdict on one goal in one month."""
    of = of or indicator()
    known = definitions(of, review_day=review_day)
    table = observations(values, of.frequency, **fiscal)
    return judge(table, Catalogue((kpi,), {}), known, [TOWN], [Month.parse(month)]).row(0, named=True)
