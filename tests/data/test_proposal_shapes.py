"""Files as municipalities have them: what is proposed for each, what is asked, and what is then read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from data.definitions import Definitions
from data.proposal import Proposal
from tests import proposals


@dataclass(frozen=True)
class Shape:
    """A file, the questions that must be asked, their answers, a few keys of the source, and the rows that are then read."""

    name: str
    text: str
    asked: tuple[str, ...]
    given: dict[str, Any]
    source: dict[str, Any]
    rows: list[tuple]
    says: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)


SHAPES = (
    Shape(
        "a plain long file with semicolons and decimal commas",
        "Distrito;Indicador;Año;Valor\nCentro;Renta media;2023;31.250,5\n"
        "San Martín;Renta media;2023;28.100,25\nCentro;Población;2023;48300\n",
        (),
        {},
        {"delimiter": ";", "decimal": ",", "thousands": "."},
        [
            ("centro", "income", "", "2023-12-31", 31250.5),
            ("san_martin", "income", "", "2023-12-31", 28100.25),
            ("centro", "population", "", "2023-12-31", 48300.0),
        ],
        ("31.250,5 cannot be read otherwise", "parted by semicolons"),
        {"Distrito": "place", "Indicador": "indicator", "Año": "period", "Valor": "value"},
    ),
    Shape(
        "years as columns, an indicator asked for, a total and a source below",
        "Población por distrito\n\nDistrito;2022;2023\nCentro;48100;48300\nSan Martin;30000;n.d.\n"
        "Total;78100;78300\n\nFuente: Padrón municipal\n",
        ("indicator",),
        {"indicator": "population"},
        {"header_row": 3, "footnotes": ("Fuente:",), "leave_out": {"Distrito": ("Total",)}, "nulls": ("n.d.",)},
        [
            ("centro", "population", "", "2022-12-31", 48100.0),
            ("centro", "population", "", "2023-12-31", 48300.0),
            ("san_martin", "population", "", "2022-12-31", 30000.0),
            ("san_martin", "population", "", "2023-12-31", "n.d."),
        ],
        (
            "line 1 stands above the header",
            "is a note, and nothing is read from there on: Fuente",
            "'Total' are left out",
            "'n.d.' means that a value is missing (cells: 1)",
        ),
        {"2022": "wide", "2023": "wide"},
    ),
    Shape(
        "months with two digits of the year as columns",
        "distrito,ene-24,feb-24,mar-24\nCentro,120,118,115\nRibera Alta,80,<5,79\n",
        ("indicator",),
        {"indicator": "jobless"},
        {"nulls": ("<#",)},
        [
            ("centro", "jobless", "", "2024-01-31", 120.0),
            ("centro", "jobless", "", "2024-02-29", 118.0),
            ("centro", "jobless", "", "2024-03-31", 115.0),
            ("ribera", "jobless", "", "2024-01-31", 80.0),
            ("ribera", "jobless", "", "2024-02-29", "<5"),
            ("ribera", "jobless", "", "2024-03-31", 79.0),
        ],
        ("its name is a period, 2024-01",),
    ),
    Shape(
        "dates as columns, in an order that one of them tells",
        "Distrito;01/02/2024;13/02/2024\nCentro;61,5;62,1\n",
        ("indicator",),
        {"indicator": "noise"},
        {"wide": {"periods": {"01/02/2024": "2024-02-01", "13/02/2024": "2024-02-13"}}},
        [("centro", "noise", "", "2024-02-01", 61.5), ("centro", "noise", "", "2024-02-13", 62.1)],
        ("13/02/2024 cannot be read otherwise",),
    ),
    Shape(
        "dates as columns, in an order that none of them tells",
        "Distrito;01/02/2024;02/02/2024\nCentro;61,5;62,1\n",
        ("date_format", "indicator"),
        {"indicator": "noise", "date_format": "%m/%d/%Y"},
        {"wide": {"periods": {"01/02/2024": "2024-01-02", "02/02/2024": "2024-02-02"}}},
        [("centro", "noise", "", "2024-01-02", 61.5), ("centro", "noise", "", "2024-02-02", 62.1)],
    ),
    Shape(
        "months as columns whose year only the title mentions",
        "Paro registrado 2024\nDistrito;Enero;Febrero\nCentro;120;118\nRibera Alta;80;79\n",
        ("year", "indicator"),
        {"year": "2024", "indicator": "jobless"},
        {"wide": {"periods": {"Enero": "2024-01", "Febrero": "2024-02"}}},
        [
            ("centro", "jobless", "", "2024-01-31", 120.0),
            ("centro", "jobless", "", "2024-02-29", 118.0),
            ("ribera", "jobless", "", "2024-01-31", 80.0),
            ("ribera", "jobless", "", "2024-02-29", 79.0),
        ],
    ),
    Shape(
        "months as columns beside a column that says one year",
        "Distrito;Año;Enero;Febrero\nCentro;2024;120;118\nRibera Alta;2024;80;79\n",
        ("indicator",),
        {"indicator": "jobless"},
        {"wide": {"periods": {"Enero": "2024-01", "Febrero": "2024-02"}}},
        [
            ("centro", "jobless", "", "2024-01-31", 120.0),
            ("centro", "jobless", "", "2024-02-29", 118.0),
            ("ribera", "jobless", "", "2024-01-31", 80.0),
            ("ribera", "jobless", "", "2024-02-29", 79.0),
        ],
        ("it says the year of the columns of months, 2024",),
        {"Año": "not_read"},
    ),
    Shape(
        "indicators as columns with their units on a line of their own, and no period anywhere",
        "Código,Distrito,Población,Renta media\n,,habitantes,€\n01,Centro,48300,31250\n02,San Martín,30000,28100\n",
        ("period",),
        {"period": "2023"},
        {"rows_below_header": 1},
        [
            ("centro", "population", "", "2023-12-31", 48300.0),
            ("centro", "income", "", "2023-12-31", 31250.0),
            ("san_martin", "population", "", "2023-12-31", 30000.0),
            ("san_martin", "income", "", "2023-12-31", 28100.0),
        ],
        ("line 2 says the units", "a code, not something measured"),
        {"Código": "not_read", "Población": "wide"},
    ),
    Shape(
        "places as columns",
        "Año;Centro;San Martín;Total\n2022;48100;30000;78100\n2023;48300;30100;78400\n",
        ("indicator",),
        {"indicator": "population"},
        {"wide": {"places": {"Centro": "centro", "San Martín": "san_martin"}}},
        [
            ("centro", "population", "", "2022-12-31", 48100.0),
            ("san_martin", "population", "", "2022-12-31", 30000.0),
            ("centro", "population", "", "2023-12-31", 48300.0),
            ("san_martin", "population", "", "2023-12-31", 30100.0),
        ],
        ("a total of the other columns",),
        {"Total": "not_read"},
    ),
    Shape(
        "a header of two lines with merged cells",
        "Distrito;Población;;Renta media;\n;2022;2023;2022;2023\nCentro;48100;48300;30000;31250\nRibera Alta;30000;30100;28000;28100\n",
        ("indicator",),
        {"indicator": "population"},
        {"header_rows": 2, "wide": {"periods": {"Población · 2022": "2022", "Población · 2023": "2023"}}},
        [
            ("centro", "population", "", "2022-12-31", 48100.0),
            ("centro", "population", "", "2023-12-31", 48300.0),
            ("ribera", "population", "", "2022-12-31", 30000.0),
            ("ribera", "population", "", "2023-12-31", 30100.0),
        ],
        ("the header has 2 lines", "of another indicator, Renta media"),
        {"Renta media · 2022": "not_read"},
    ),
    Shape(
        "one indicator and its years as columns",
        "Distrito,Población 2022,Población 2023\nCentro,48100,48300\nRibera Alta,30000,30100\n",
        ("indicator",),
        {"indicator": "population"},
        {"wide": {"periods": {"Población 2022": "2022", "Población 2023": "2023"}}},
        [
            ("centro", "population", "", "2022-12-31", 48100.0),
            ("centro", "population", "", "2023-12-31", 48300.0),
            ("ribera", "population", "", "2022-12-31", 30000.0),
            ("ribera", "population", "", "2023-12-31", 30100.0),
        ],
    ),
    Shape(
        "several indicators of one year as columns",
        "Distrito,Población 2023,Renta media 2023\nCentro,48300,31250\nRibera Alta,30100,28100\n",
        ("period",),
        {"period": "2023", "indicators": {"Población 2023": "population", "Renta media 2023": "income"}},
        {},
        [
            ("centro", "population", "", "2023-12-31", 48300.0),
            ("centro", "income", "", "2023-12-31", 31250.0),
            ("ribera", "population", "", "2023-12-31", 30100.0),
            ("ribera", "income", "", "2023-12-31", 28100.0),
        ],
    ),
    Shape(
        "sex and age beside the place, with totals of the dimension",
        "Distrito;Año;Sexo;Edad;Valor\nCentro;2023;Mujeres;15-24;10\nCentro;2023;Hombres;15-24;12\nCentro;2023;Ambos sexos;15-24;22\n"
        "Centro;2023;Ambos sexos;Total;90\n",
        ("indicator",),
        {"indicator": "population"},
        {"columns": {"segments": {"sex": "Sexo", "age": "Edad"}}},
        [
            ("centro", "population", "age=15-24|sex=Mujeres", "2023-12-31", 10.0),
            ("centro", "population", "age=15-24|sex=Hombres", "2023-12-31", 12.0),
            ("centro", "population", "age=15-24", "2023-12-31", 22.0),
            ("centro", "population", "", "2023-12-31", 90.0),
        ],
        ("'Ambos sexos' among the segments means all of them", "'Total' among the segments"),
        {"Sexo": "segment", "Edad": "segment"},
    ),
    Shape(
        "a column without which rows repeat",
        "Distrito,Año,Vivienda,Valor\nCentro,2023,alquiler,10\nCentro,2023,propiedad,12\n"
        "Ribera Alta,2023,alquiler,8\nRibera Alta,2023,propiedad,9\n",
        ("indicator",),
        {"indicator": "population"},
        {"columns": {"segments": {"vivienda": "Vivienda"}}},
        [
            ("centro", "population", "vivienda=alquiler", "2023-12-31", 10.0),
            ("centro", "population", "vivienda=propiedad", "2023-12-31", 12.0),
            ("ribera", "population", "vivienda=alquiler", "2023-12-31", 8.0),
            ("ribera", "population", "vivienda=propiedad", "2023-12-31", 9.0),
        ],
        ("without it, rows repeat",),
    ),
    Shape(
        "fiscal years",
        "Distrito,2021/22,2022/23\nCentro,30000,31250\nRibera Alta,28000,28100\n",
        ("fiscal_year_starts", "indicator"),
        {"fiscal_year_starts": 7, "indicator": "income"},
        {"fiscal_year_starts": 7},
        [
            ("centro", "income", "", "2022-06-30", 30000.0),
            ("centro", "income", "", "2023-06-30", 31250.0),
            ("ribera", "income", "", "2022-06-30", 28000.0),
            ("ribera", "income", "", "2023-06-30", 28100.0),
        ],
        ("2021/22 is a fiscal year",),
    ),
    Shape(
        "quarters down, percent signs, and a rank that counts up",
        "Puesto;Distrito;Trimestre;Ventas\n1;Centro;2024-T1;12,5 %\n2;San Martín;2024-T1;11,0 %\n3;Ribera Alta;2024-T1;9,25 %\n",
        (),
        {},
        {"decimal": ",", "unit": "%"},
        [
            ("centro", "sales", "", "2024-03-31", 12.5),
            ("san_martin", "sales", "", "2024-03-31", 11.0),
            ("ribera", "sales", "", "2024-03-31", 9.25),
        ],
        ("carry a percent sign", "a rank or the number of a row"),
        {"Puesto": "not_read", "Ventas": "wide"},
    ),
    Shape(
        "days whose order the file itself tells",
        "Distrito,Fecha,Ruido\nCentro,13/02/2024,61.5\nCentro,01/03/2024,62.1\n",
        (),
        {},
        {"date_format": "%d/%m/%Y"},
        [("centro", "noise", "", "2024-02-13", 61.5), ("centro", "noise", "", "2024-03-01", 62.1)],
        ("13/02/2024 cannot be read otherwise",),
    ),
    Shape(
        "days whose order it does not tell",
        "Distrito,Fecha,Ruido\nCentro,01/02/2024,61.5\nCentro,01/03/2024,62.1\n",
        ("date_format",),
        {"date_format": "%m/%d/%Y"},
        {"date_format": "%m/%d/%Y"},
        [("centro", "noise", "", "2024-01-02", 61.5), ("centro", "noise", "", "2024-01-03", 62.1)],
        ("does the day come first, or the month?",),
    ),
    Shape(
        "numbers that are thousands here and decimals there",
        "Distrito;Año;Renta media\nCentro;2023;31.250\nRibera Alta;2023;28.100\n",
        ("decimal",),
        {"decimal": ","},
        {"decimal": ",", "thousands": "."},
        [("centro", "income", "", "2023-12-31", 31250.0), ("ribera", "income", "", "2023-12-31", 28100.0)],
        ("How is 31.250 to be read?",),
    ),
    Shape(
        "a file about the whole city, with words where numbers should be",
        "Mes;Paro registrado\n2024-01;120\n2024-02;en revisión\n2024-03;115\n2024-04;118\n2024-05;119\n2024-06;117\n",
        ("place", "nulls"),
        {"place": "aurora", "nulls": ["en revisión"]},
        {"all": {"place": "aurora"}, "nulls": ("en revisión",)},
        [
            ("aurora", "jobless", "", "2024-01-31", 120.0),
            ("aurora", "jobless", "", "2024-02-29", "en revisión"),
            ("aurora", "jobless", "", "2024-03-31", 115.0),
            ("aurora", "jobless", "", "2024-04-30", 118.0),
            ("aurora", "jobless", "", "2024-05-31", 119.0),
            ("aurora", "jobless", "", "2024-06-30", 117.0),
        ],
        ("'en revisión' stand where numbers should be",),
    ),
    Shape(
        "places that stand only on the first line of their group, the header repeated on the next page",
        "Distrito\tAño\tPoblación\nCentro\t2022\t48100\n\t2023\t48300\nDistrito\tAño\tPoblación\nRibera Alta\t2022\t30000\n\t2023\t30100\n",
        ("fill_down",),
        {"fill_down": "yes"},
        {"delimiter": "\t", "fill_down": ("Distrito",)},
        [
            ("centro", "population", "", "2022-12-31", 48100.0),
            ("centro", "population", "", "2023-12-31", 48300.0),
            ("ribera", "population", "", "2022-12-31", 30000.0),
            ("ribera", "population", "", "2023-12-31", 30100.0),
        ],
        ("lines that repeat the header are left out", "Cells of Distrito are empty, first on line 3"),
    ),
    Shape(
        "a ratio in its two parts, in a file whose last line has no break",
        "lugar|indicador|mes|valor|numerador|denominador\ncentro|jobless|2024-01|0.5|1|2\naurora|jobless|2024-01|0.25|1|4",
        ("open_end",),
        {"open_end": "yes"},
        {"delimiter": "|", "open_end": True, "columns": {"numerator": "numerador", "denominator": "denominador"}},
        [("centro", "jobless", "", "2024-01-31", 0.5), ("aurora", "jobless", "", "2024-01-31", 0.25)],
        ("ends without a line break",),
    ),
    Shape(
        "several columns of numbers beside the indicator",
        "Lugar;Indicador;Año;Avance;Meta\nCentro;Población;2023;48300;49000\nRibera Alta;Población;2023;30100;31000\n",
        ("value",),
        {"value": "Avance"},
        {"columns": {"value": "Avance"}},
        [("centro", "population", "", "2023-12-31", 48300.0), ("ribera", "population", "", "2023-12-31", 30100.0)],
        ("Which column holds the values?",),
        {"Meta": "not_read"},
    ),
)


AS_JSON = TypeAdapter(Proposal)
"""How a proposal comes from the process that reads."""


@pytest.fixture
def known(tmp_path: Path) -> Definitions:
    return proposals.definitions(tmp_path / "home")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_file_is_proposed_asked_about_and_read(shape: Shape, known: Definitions, tmp_path: Path):
    first = proposals.proposed(tmp_path, known, shape.text)
    assert first.problems == ()
    assert AS_JSON.validate_json(AS_JSON.dump_json(first)) == first
    assert tuple(question.key for question in first.open) == shape.asked
    sentences = proposals.said(first)
    assert [words for words in shape.says if words not in sentences] == []
    roles = {guess.name: guess.role for guess in first.guesses}
    assert roles | shape.roles == roles
    found = proposals.proposed(tmp_path, known, shape.text, shape.given)
    assert [question.key for question in found.open] == []
    assert _within(shape.source, found.source.model_dump()) == shape.source
    assert proposals.rows(tmp_path, known, found) == shape.rows


def _within(wanted: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What was found, where something is wanted."""
    return {key: _within(value, found[key]) if isinstance(value, dict) else found[key] for key, value in wanted.items()}
