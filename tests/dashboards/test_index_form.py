"""The form of an index: what it begins with, what becomes of its answers, and what of a file it leaves as it was."""

from pathlib import Path
from typing import Any

import pytest

from dashboards.index import fields, known, shape
from dashboards.index.keys import keys
from dashboards.plan.fields import Typed
from dashboards.session import Session
from dashboards.words import translator
from data.home import Home
from data.yaml_file import parse
from kpis.index.reading import read
from kpis.index.reading import written as reading
from kpis.index.recipe import Recipe
from kpis.index.saving import indices
from tests.dashboards.conftest import session_of
from tests.indexed_town import WELL, indexed
from tests.small_city import LAST

TYPED: Typed = {
    "name_es": "Barrios", "name_en": None, "purpose_es": None, "purpose_en": "Where help goes", "places": "districts", "named": [],
    "combine": "arithmetic",
}  # fmt: skip


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    return session_of(indexed(tmp_path_factory.mktemp("indexed"), well=WELL), "aurora", LAST, "en_GB")


def row(direction: str | None = "lower", part: str | None = None, weight: float | None = 1.0) -> Typed:
    return {fields.DIRECTION: direction, fields.PART: part, fields.WEIGHT: weight}


def test_a_new_index_says_what_was_asked_and_is_doubted(session):
    rows = {"robberies": row(part="Order"), "lights": row("higher", "Order", 2.5), "trips": row("lower")}
    told = keys(session, TYPED, rows, None, {"barrios"})
    assert told["index"] == "barrios_2" and told["name"] == {"es": "Barrios"} and told["purpose"] == {"en": "Where help goes"}
    assert told["indicators"] == [
        {"name": "robberies", "indicator": "robberies"},
        {"name": "lights", "indicator": "lights", "weight": 2.5},
        {"name": "trips", "indicator": "trips", "direction": "lower"},
    ], "what the indicator says itself is not said again"
    assert told["levels"] == [
        {"name": "order", "label": "Order", "of": ["robberies", "lights"]},
        {"name": "index", "of": ["order", "trips"]},
    ]
    assert told["doubt"] == {"weights": 0.25, "normalise": ["zscore", "percentile"]} and told["floor"] is None
    whole = Recipe.model_validate({key: value for key, value in told.items() if value is not None})
    assert shape.can_be_asked(whole) and whole.scale == 100 and whole.round == 1


def test_what_is_multiplied_has_no_nothing_and_is_doubted_by_what_can_be_multiplied(session):
    told = keys(session, {**TYPED, "combine": "geometric"}, {"robberies": row(), "lights": row("higher")}, None, set())
    assert told["floor"] == 1 and told["doubt"]["normalise"] == ["percentile"]
    assert told["levels"] == [{"name": "index", "of": ["robberies", "lights"], "combine": "geometric"}]


def test_places_can_be_named_and_parts_never_take_an_indicators_name(session):
    told = keys(session, {**TYPED, "places": fields.NAMED, "named": ["bruma", "aurora"]}, {"lights": row("higher", "Lights")}, None, set())
    assert told["places"] == ["bruma", "aurora"] and told["levels"][0]["name"] == "lights_2"


def test_a_form_that_changes_nothing_changes_no_file(session):
    written = known.indices(session).find("well")
    assert written is not None
    typed = fields.filled(written.recipe)
    rows = {name: fields.filled_of(session, written.recipe, name) for name in typed["indicators"]}
    assert rows["robberies"] == row("lower", "Order") and rows["trips"] == row("higher", None, 2)
    told = keys(session, {**TYPED, **typed, "purpose_en": None}, rows, written, {"well"})
    assert indices(session.home).changed("well", told).text == WELL


def test_what_no_form_asks_for_stays_when_the_rest_is_changed(session):
    written = known.indices(session).find("well")
    assert written is not None
    typed = {**TYPED, **fields.filled(written.recipe), "purpose_en": None, "combine": "geometric"}
    rows = {"robberies": row("lower", "Calm", 3), "lights": row("higher", "Order"), "satisfied": row("higher", "Order")}
    found = parse(indices(session.home).changed("well", keys(session, typed, rows, written, {"well"})).text, "").value
    assert isinstance(found, dict)
    assert found["indicators"][0] == {
        "name": "robberies", "indicator": "robberies", "normalise": "goalposts", "low": 0, "high": 100, "weight": 3,
    }  # fmt: skip
    assert found["levels"] == [
        {"name": "calm", "label": "Calm", "of": ["robberies"]},
        {"name": "order", "label": {"es": "Orden", "en": "Order"}, "of": ["lights", "satisfied"]},
        {"name": "well", "of": ["calm", "order"], "combine": "geometric"},
    ]
    assert found["floor"] == 1 and found["scale"] == 100 and found["doubt"] == {"weights": 0.25, "draws": 100}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("{weights: 0.25, draws: 100, error: {trips: 2}}", {"weights": 0.25, "draws": 100}),
        ("{error: {trips: 2}}", None),
        ("{error: {trips: 2, lights: 1}}", {"error": {"lights": 1}}),
    ],
)
def test_an_indicator_that_leaves_takes_what_is_doubted_and_blended_of_it_along(session, tmp_path, said, left):
    blend = "blend: {region: region, share: 0.2, of: [trips, lights]}\n"
    text = WELL.replace("{weights: 0.25, draws: 100}", said) + blend
    found = told_without_trips(session, tmp_path, text)
    assert found.get("doubt") == left and found["blend"] == {"region": "region", "share": 0.2, "of": ["lights"]}
    assert {"trips"} - {one["name"] for one in found["indicators"]}
    alone = told_without_trips(session, tmp_path, text.replace("[trips, lights]", "[trips]"))
    assert "blend" not in alone, "else all would be blended"


def told_without_trips(session: Session, folder: Path, text: str) -> dict[str, Any]:
    """The file after trips were taken out in the form."""
    home = Home(folder)
    home.indices.mkdir(parents=True, exist_ok=True)
    (home.indices / "well.yaml").write_text(text, encoding="utf-8")
    written = read(home.indices / "well.yaml")
    typed = {**TYPED, **fields.filled(written.recipe), "purpose_en": None}
    rows = {name: row("lower", "Order") for name in ("robberies", "lights")}
    draft = indices(home).changed("well", keys(session, typed, rows, written, {"well"}))
    found = parse(draft.text, "").value
    assert isinstance(found, dict) and reading(parse(draft.text, "well.yaml"), draft.path)
    return found


def test_what_the_indicator_itself_says_is_there_to_begin_with(session):
    assert fields.filled_of(session, None, "robberies") == row("lower") and fields.filled_of(session, None, "silent")[fields.DIRECTION]
    assert fields.missing({**TYPED, "name_es": None}, {"lights": row(None)}, translator("en")) == [
        "its name", "two indicators or more", "which way of each indicator is better",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("of: [order, trips]", "of: [order]"),
        ("of: [robberies, lights]}", "of: [robberies, lights]}\n  - {name: more, of: [order]}"),
        (", indicator: ", ", column: "),
        ("of: [order, trips]", "of: [order, trips], weights: {order: 0.4, trips: 0.6}"),
        ("of: [order, trips]", "of: [order, trips], weights: {budget: {order: 40, trips: 80}}"),
    ],
)
def test_an_index_of_another_shape_is_left_to_its_file(old, new):
    recipe = parse(WELL, "").value
    assert isinstance(recipe, dict) and shape.can_be_asked(Recipe.model_validate(recipe))
    other = parse(WELL.replace(old, new), "").value
    assert not shape.can_be_asked(Recipe.model_validate(other))
