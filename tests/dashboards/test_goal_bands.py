"""The Goal page shows the bands of a preset or a list, the one the goal is in, and what it means."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from dashboards import formats, scores
from dashboards.goal import bands, why
from dashboards.session import Session
from kpis.band_reasons import band_of, band_reason, widened
from kpis.definition import Bands
from kpis.score import Score
from tests.dashboards.conftest import session_of
from tests.small_city import LAST


@pytest.fixture(autouse=True)
def _nothing_remembered():
    scores.judged.clear()


def in_band(session: Session, told: object, name: str | None, **more: Any) -> Score:
    """A judged goal of the small city, as if it had these bands and were in this one."""
    found = next(score for score in scores.judged(session) if score.status in ("on_track", "at_risk", "off_track") and score.attainment)
    kpi = found.kpi.model_copy(update={"bands": Bands.model_validate(told), **more})
    band = band_of(kpi, name)
    target = found.aim.target and found.aim.target.value
    same = {name: getattr(found, name) for name in ("value", "due", "attainment", "status")}
    reason = band_reason(kpi, found.indicator, {**same, "target": target}, band) if band else found.reason
    return replace(found, kpi=kpi, listed_band=band, bands=kpi.bands_in_force, reason=reason)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_the_bands_stand_in_their_order_beside_the_one_that_holds(session):
    [(said, held)] = bands.rows(session, in_band(session, {"preset": "edomex5"}, "violet"))
    assert plain(said) == (
        "Bands of State of Mexico: red < 50 % · orange 50 % – 70 % · yellow 70 % – 90 % · green 90 % – 110 % · violet > 110 %"
    )
    assert held == "violet: planning was too low"


def test_a_spanish_reader_reads_them_in_spanish(city):
    spanish = session_of(city, "aurora", LAST, "es_ES")
    score = in_band(spanish, {"preset": "edomex5"}, "violet")
    [(said, held)] = bands.rows(spanish, score)
    assert plain(said).startswith("Franjas de Estado de México: rojo < 50 %") and held == "violeta: se planeó de menos"
    assert "en la franja violeta: se planeó de menos" in plain(formats.reason(score.reason, "es_ES"))


def test_the_explanation_has_a_row_for_them(session):
    score = in_band(session, {"preset": "huila5"}, "green")
    assert bands.rows(session, score)[0] in why.rows(session, score, pl.DataFrame())
    assert bands.rows(session, in_band(session, {"on_track": 0.9, "at_risk": 0.5}, None)) == []


def test_bands_of_values_are_written_in_the_indicators_unit(session):
    told = [{"name": "bad", "status": "off_track", "to": 40}, {"name": "good", "status": "on_track", "from": 40}]
    [(said, held)] = bands.rows(session, in_band(session, told, None, basis="absolute"))
    assert plain(said).startswith("Bands: bad < 40") and "good ≥ 40" in plain(said) and "4,000" not in said
    assert held == ""


def test_widened_bands_stand_below_as_they_are_in_force(session):
    judged = next(score for score in scores.judged(session) if score.kpi.id == "lights")
    kpi = judged.kpi.model_copy(update={"bands": Bands.model_validate({"preset": "edomex5"}), "smallest_difference": 0.5})
    edges = (0.5, 0.6, 0.8, 1.2)
    score = replace(judged, kpi=kpi, listed_band=band_of(kpi, "green"), bands=kpi.bands_in_force, widened=widened(kpi, edges))
    _, (said, held) = bands.rows(session, score)
    assert plain(said) == (
        "Widened, because the data cannot tell less than 0.5 points apart: "
        "red < 50 % · orange 50 % – 60 % · yellow 60 % – 80 % · green 80 % – 120 % · violet > 120 %"
    )
    assert held == ""
    assert len(bands.rows(session, replace(score, widened=()))) == 1
