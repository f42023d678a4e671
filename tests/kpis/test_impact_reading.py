"""A study and its table become a panel, or everything that is wrong with them is said with its line and its cure."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from data.problems import Problem, Refused
from kpis.impact.from_table import panel
from kpis.impact.labels import periods, text
from kpis.impact.panel import NEVER, Panel
from kpis.impact.reading import read
from tests.study_tables import STUDY, TOWNS, YEARS, line, rows, write

Table = list[list[str]]


def made(path: Path) -> Panel:
    return panel(read(path))


def refused(path: Path) -> list[Problem]:
    with pytest.raises(Refused) as stop:
        made(path)
    return stop.value.problems


def with_cell(town: str, year: int, column: str, value: str) -> Table:
    found = rows()
    found[line(town, year) - 1][found[0].index(column)] = value
    return found


def with_column(column: str, town: str, value: str) -> Table:
    found = rows()
    for row in found[1:]:
        if row[0] == town:
            row[found[0].index(column)] = value
    return found


def without(town: str, *years: int) -> Table:
    return [row for row in rows() if not (row[0] == town and row[1] in map(str, years))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_becomes_a_panel_whatever_parts_its_columns(tmp_path, delimiter):
    found = made(write(tmp_path, delimiter=delimiter))
    assert (found.units, found.periods) == (TOWNS, tuple(map(str, YEARS)))
    assert found.first.tolist() == [9, *[NEVER] * 5]
    assert found.values[0, 0] == float(rows()[1][2]) and found.values[5, 11] == float(rows()[-1][2])


def test_rows_may_come_in_any_order(tmp_path):
    head, *body = rows()
    whole = made(write(tmp_path))
    turned = made(write(tmp_path, [head, *reversed(body)]))
    assert turned.periods == whole.periods and turned.units == tuple(reversed(whole.units))
    np.testing.assert_array_equal(turned.values[::-1], whole.values)


def test_who_is_treated_may_stand_in_a_column(tmp_path):
    study = STUDY.replace("treated: [Ash]\nstart: 2018\n", "first_treated: began\n").replace("sdid", "event_study")
    table = with_column("began", "Fir", "2016.0")
    found = made(write(tmp_path, table, study))
    assert found.first.tolist() == [9, NEVER, NEVER, NEVER, 7, NEVER] and found.staggered
    empty = [[*row[:5], "" if row[5] == "0" else row[5]] for row in table]
    assert made(write(tmp_path, empty, study)).first.tolist() == found.first.tolist()


def test_other_columns_are_read_where_the_study_names_them(tmp_path):
    keys = "weights: people\ncluster: region\ncovariates: [people]\npredictors: [{column: began, from: 2011, to: 2013}]\n"
    found = made(write(tmp_path, with_cell("Elm", 2013, "people", ""), STUDY + keys.replace("weights: people\n", "")))
    assert found.clusters == ("west", "east") * 3
    assert list(found.covariates) == ["people", "began"] and np.isnan(found.covariates["people"][3, 4])
    assert found.weights is None
    weighted = made(write(tmp_path, study=STUDY + keys))
    assert weighted.weights is not None and weighted.weights.tolist() == [1000, 1001, 1002, 1003, 1004, 1005]


def test_the_logarithm_is_taken_where_it_is_asked_for(tmp_path):
    plain, log = made(write(tmp_path)), made(write(tmp_path, study=f"{STUDY}log: true\n"))
    np.testing.assert_allclose(np.exp(log.values), plain.values)


def test_who_is_left_out_need_not_be_whole(tmp_path):
    table = [["Yew", "2011", "many", "0", "west", "0"], *rows()[1:]]
    found = made(write(tmp_path, [rows()[0], *table], f"{STUDY}donors_out: [Yew, Oak]\n"))
    assert found.units == TOWNS[:-1]


SAMPLE = STUDY.replace("sdid", "did")


def test_several_rows_of_a_unit_and_period_are_a_sample_where_it_says_so(tmp_path):
    head, *body = rows()
    table = [head, *body, ["Ash", "2009", "0", "0", "west", "2018"]]
    found = made(write(tmp_path, table, f"{SAMPLE}repeated: true\n"))
    assert found.samples and len(found.samples[2]) == 73
    assert found.values[0, 0] == pytest.approx(float(body[0][2]) / 2)


def test_a_difference_of_means_takes_a_table_of_samples_for_what_it_is(tmp_path):
    head, *body = rows()
    other = [[*row[:2], str(float(row[2]) + 1), *row[3:]] for row in body]
    found = made(write(tmp_path, [head, *body, *other], SAMPLE))
    assert found.samples and len(found.samples[0]) == 144
    assert len(refused(write(tmp_path, [head, *body, *other], f"{SAMPLE}repeated: false\n"))) == 72
    assert len(refused(write(tmp_path, [head, *body, *body], SAMPLE))) == 72  # the same file pasted twice is a slip
    assert len(refused(write(tmp_path, [head, *body, *other], STUDY))) == 72


def test_a_series_alone_needs_no_column_of_units(tmp_path):
    body = [[row[1], row[2]] for row in rows() if row[0] == "Ash"]
    study = STUDY.replace("unit: town\n", "").replace("treated: [Ash]\n", "").replace("sdid", "its")
    found = made(write(tmp_path, [["year", "count"], *body], study))
    assert (found.units, found.first.tolist()) == (("count",), [9])


TableMaker = Callable[[], Table]
FAULTS: list[tuple[str, TableMaker, str, int | None, str, str]] = [
    ("text in numbers", lambda: with_cell("Elm", 2013, "count", "many"), "", line("Elm", 2013), "'many' is not a number", "1250.5"),
    ("a decimal comma", lambda: with_cell("Elm", 2013, "count", '"1,5"'), "", line("Elm", 2013), "'1,5' is not a number", "1250.5"),
    ("endless", lambda: with_cell("Elm", 2013, "count", "inf"), "", line("Elm", 2013), "'inf' is not a number", "1250.5"),
    ("a hole", lambda: with_cell("Elm", 2013, "count", ""), "", line("Elm", 2013), "the outcome of Elm in 2013 is missing", "donors_out"),
    ("unbalanced", lambda: without("Elm", 2013, 2015), "", None, "Elm has no figure of 2013, 2015: the panel is", "donors_out"),
    ("much unbalanced", lambda: without("Elm", *YEARS[:7]), "", None, "2009, 2010, 2011, 2012, 2013 and 2 more", "donors_out"),
    ("twice", lambda: [*rows(), rows()[1]], "", 74, "Ash in 2009 is given twice, first on line 2", "repeated: true"),
    ("treated before the data", rows, "start: 2009", 8, "the policy begins at 2009, and the data run from 2009 to 2020", "from before it"),
    ("treated after the data", rows, "start: 2021", 8, "the policy begins at 2021, and the data run from 2009 to 2020", "from after it"),
    ("no such start", rows, "start: spring", 8, "spring is not a period such as 2009", "as the data do"),
    ("unknown treated", rows, "treated: [Bich]", 7, "no row is of 'Bich'", "write Birch"),
    ("nobody left", rows, "treated: [Ash, Birch, Cedar, Elm, Fir, Oak]", 9, "nobody is left to compare with", "method: its"),
    ("never changes", lambda: [rows()[0], *([*row[:2], "5", *row[3:]] for row in rows()[1:])], "", 6, "the same everywhere", "column"),
    ("a constant donor", lambda: with_column("count", "Elm", "5"), "", 6, "the outcome of Elm is the same in all periods", "donors_out"),
    ("a constant treated", lambda: with_column("count", "Ash", "5"), "", 6, "the outcome of Ash is the same in all periods", "figures"),
    ("no such column", rows, "outcome: cuont", 6, "the table has no column 'cuont'", "write count; its columns are town"),
    ("negative weight", lambda: with_cell("Elm", 2013, "people", "-1"), "weights: people", line("Elm", 2013), "below zero", "donors_out"),
    ("no weight", lambda: with_cell("Elm", 2013, "people", ""), "weights: people", line("Elm", 2013), "is missing", "donors_out"),
    ("weightless", lambda: with_column("people", "Elm", "0"), "weights: people", line("Elm", 2009), "Elm weighs nothing", "donors_out"),
    ("no logarithm", lambda: with_cell("Elm", 2013, "count", "0"), "log: true", line("Elm", 2013), "0 has no logarithm", "donors_out"),
    ("two clusters", lambda: with_cell("Elm", 2013, "region", "south"), "cluster: region", line("Elm", 2013), "of 'south' in this", "same"),
    ("no period", lambda: with_cell("Elm", 2013, "year", "spring"), "", line("Elm", 2013), "'spring' and the others", "alike"),
    ("no unit", lambda: with_cell("Elm", 2013, "town", ""), "donors_out: [Elm]", line("Elm", 2013), "the unit is missing", "remove"),
    ("unknown left out", rows, "donors_out: [Oaks]", 10, "no row is of 'Oaks'", "write Oak"),
    ("treated and left out", rows, "donors_out: [Ash]", 10, "'Ash' is treated and left out", "one of the two lists"),
    ("a short row", lambda: [*rows(), ["Ash", "2021"]], "", 74, "2 fields where the header has 6", "as many fields"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "table", "key", "number", "message", "cure"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_what_is_wrong_is_said_with_its_line_and_its_cure(tmp_path, name, table, key, number, message, cure):
    found = refused(write(tmp_path, table(), keyed(key) if key else STUDY))
    first = next(problem for problem in found if message in str(problem.as_json()["message"]))
    assert cure in str(first.as_json()["hint"])
    assert first.line == number and first.path


def keyed(key: str) -> str:
    """The study with this line in place of the one of the same key, or after all others."""
    name = key.partition(":")[0]
    lines = STUDY.splitlines()
    if any(line.startswith(f"{name}:") for line in lines):
        return "\n".join(key if line.startswith(f"{name}:") else line for line in lines) + "\n"
    return f"{STUDY}{key}\n"


def test_everything_wrong_is_said_at_once(tmp_path):
    table = with_cell("Elm", 2013, "count", "many")
    table[line("Fir", 2014) - 1][2] = "few"
    table = [row for row in table if row[:2] != ["Oak", "2016"]] + [table[1]]
    found = [str(problem) for problem in refused(write(tmp_path, table, STUDY.replace("[Ash]", "[Ash, Nobody]")))]
    for said in ("'many'", "'few'", "Oak has no figure of 2016", "Ash in 2009 is given twice", "no row is of 'Nobody'"):
        assert any(said in one for one in found), said
    assert len(found) == 5


@pytest.mark.parametrize(
    ("cells", "message", "cure"),
    [
        ({"Fir": "2008"}, "Fir is treated from 2008 on, and the data begin at 2009", "donors_out"),
        ({"Fir": "2031"}, "'2031' is not a period of the data", "0 or nothing"),
        ({"Fir": "soon"}, "'soon' is not a period of the data", "0 or nothing"),
        ({"Ash": "0"}, "nobody is treated", "whoever the policy reached"),
        ({"Fir": "2016"}, "the treated did not all begin at once, and sdid needs that", "event_study"),
    ],
)
def test_a_column_of_starts_that_cannot_be_is_refused(tmp_path, cells, message, cure):
    table = rows()
    for town, value in cells.items():
        table = [[*row[:5], value] if row[0] == town else row for row in table]
    study = STUDY.replace("treated: [Ash]\nstart: 2018\n", "first_treated: began\n")
    (found,) = refused(write(tmp_path, table, study))
    assert message in str(found) and cure in str(found)


def test_a_start_that_differs_within_a_unit_is_refused_once(tmp_path):
    study = STUDY.replace("treated: [Ash]\nstart: 2018\n", "first_treated: began\n")
    (found,) = refused(write(tmp_path, with_cell("Ash", 2013, "began", "2017"), study))
    assert (found.line, found.column, found.key) == (line("Ash", 2013), 6, "began")


@pytest.mark.parametrize(
    ("study", "message"),
    [
        (STUDY + "better: up\n", "'up' is not allowed here"),
        (STUDY + "colour: red\n", "colour is not a known key"),
        (STUDY.replace("table: table.csv\n", ""), "name either a table or an indicator"),
        (STUDY.replace("unit: town\n", ""), "a table needs its columns: unit, time and outcome"),
        (STUDY.replace("treated: [Ash]\n", ""), "say who is treated"),
        (STUDY.replace("start: 2018\n", ""), "it is not said when the policy began"),
        (STUDY + "errors: hac\n", "sdid cannot tell its doubt by hac"),
        (STUDY + "first_treated: began\n", "treated and first_treated say the same"),
        (STUDY + "compare: peers\n", "compare is of a study that reads an indicator"),
        ("study: x\nindicator: y\nstart: 2018\nweights: people\n", "weights is of a study that reads a table"),
        (STUDY.replace("sdid", "its") + "log: true\nfamily: quasipoisson\n", "counts are not taken as logarithms twice"),
        (STUDY + "draws: 0\n", "0 is too small"),
    ],
)
def test_a_study_that_does_not_hold_is_refused_with_its_file(tmp_path, study, message):
    found = refused(write(tmp_path, study=study))
    assert any(message in str(problem) for problem in found) and all(str(problem).startswith(str(tmp_path)) for problem in found)


def test_the_study_of_the_design_is_read_whole(tmp_path):
    """Every key that docs/commands.md shows."""
    keys = "predictors: []\ndonors_out: []\ncovariates: []\nerrors: placebo\ncluster: town\ndraws: 200\nfamily: gaussian\n"
    study = read(write(tmp_path, study=f"{STUDY}{keys}season: {{period: 12, harmonics: 2}}\nweights: people\n")).study
    assert (study.draws, study.season and study.season.harmonics, study.weights, study.inference) == (200, 2, "people", "placebo")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "this file is missing"),
        (b"", "there are no rows"),
        (b"town,year,count\n", "there are no rows"),
        ("town,year,count\nñ,1,2\n".encode("latin-1"), "not UTF-8 text"),
        (b"town,year,count,count\nAsh,1,2,3\n", "two columns are called 'count'"),
        (b'town,year,count\n"Ash,1,2\n', "not a CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, message):
    path = write(tmp_path)
    (tmp_path / "table.csv").unlink() if content is None else (tmp_path / "table.csv").write_bytes(content)
    (found,) = refused(path)
    assert message in str(found) and str(found.path).endswith("table.csv") and found.hint


@pytest.mark.parametrize(
    ("labels", "ordered", "frequency"),
    [
        (["1990", "1989.0"], ("1989", "1990"), "year"),
        (["2025-02", "2024-12"], ("2024-12", "2025-02"), "month"),
        (["Q42010", "Q12011"], ("Q42010", "Q12011"), "quarter"),
        (["10", "9"], ("9", "10"), None),
        (["0", "1"], ("0", "1"), None),
        (["2020-01-01", "2020-02-01"], ("2020-01-01", "2020-02-01"), "month"),
        (["2020-W02", "2020-W01"], ("2020-W01", "2020-W02"), "week"),
    ],
)
def test_periods_are_put_in_their_order(labels, ordered, frequency):
    found = periods(map(text, labels))
    assert found and (found.names, found.frequency) == (ordered, frequency)
    assert [found.number(label) for label in ordered] == [0, 1]


def test_periods_of_two_kinds_are_none():
    assert periods(["2020", "2020-02"]) is None and periods(["spring"]) is None


@pytest.mark.parametrize(
    ("label", "said"), [(1989, "1989"), (1989.0, "1989"), ("1989.00", "1989"), (" Ash ", "Ash"), ("012", "012"), (1.5, "1.5")]
)
def test_a_label_is_the_same_however_it_is_written(label, said):
    assert text(label) == said
