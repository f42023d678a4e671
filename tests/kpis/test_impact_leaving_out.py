"""Periods that something else marked are left out, and what cannot be left out is refused with its line."""

import numpy as np
import pytest

from data.problems import Refused
from kpis.impact.from_table import panel
from kpis.impact.leaving_out import without_periods
from kpis.impact.panel import NEVER, Panel
from kpis.impact.reading import read
from tests import impact_town
from tests.study_tables import STUDY, TOWNS, YEARS, write


def left(path) -> Panel:
    written = read(path)
    return without_periods(panel(written, written.study.start), written)


def test_a_period_is_gone_and_the_start_stays_the_same_year(tmp_path):
    whole, short = left(write(tmp_path)), left(write(tmp_path, study=STUDY + "periods_out: [2011, 2019]\n"))
    assert short.periods == tuple(str(year) for year in YEARS if year not in (2011, 2019))
    assert short.periods[short.start] == whole.periods[whole.start] == "2018"
    assert (short.first[1:] == NEVER).all() and short.values.shape == (len(TOWNS), len(YEARS) - 2)
    np.testing.assert_array_equal(short.values[:, 2], whole.values[:, 3])


@pytest.mark.parametrize(
    ("told", "key", "said"),
    [
        ("periods_out: [2011, 1999]\n", "periods_out.1", "1999 is not a period of the data"),
        ("periods_out: [2018]\n", "periods_out.0", "2018 is the first period under the policy"),
        ("periods_out: [storm]\n", "periods_out.0", "storm is not a period"),
    ],
)
def test_what_cannot_be_left_out_is_refused_at_its_line(tmp_path, told, key, said):
    with pytest.raises(Refused) as refused:
        left(write(tmp_path, study=STUDY + told))
    (problem,) = refused.value.problems
    assert problem.line == 10 and str(problem.key).startswith(key.split(".")[0]) and said in str(problem)


def test_a_series_alone_keeps_its_periods(tmp_path):
    text = STUDY.replace("method: sdid", "method: its").replace("treated: [Ash]", "treated: [Ash]\nperiods_out: [2011]")
    with pytest.raises(Refused) as refused:
        left(write(tmp_path, study=text))
    assert any("a series alone needs all its periods" in str(problem) for problem in refused.value.problems)


def test_months_are_left_out_of_an_indicators_study_too(tmp_path):
    home = impact_town.build(tmp_path, effect=0)
    calm = impact_town.answer(home)
    assert calm.effect and calm.effect.before == 36
    out = impact_town.answer(home, impact_town.STUDY + "periods_out: [2022-03, 2022-04]\n")
    assert out.effect and out.effect.before == 34 and "2022-03" not in out.periods
