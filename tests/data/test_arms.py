"""The city's arms: a drawing that stands by itself, or the reason why it is refused."""

from pathlib import Path

import pytest

from data import arms as city_arms
from data import definitions
from data.home import REPOSITORY, Home
from data.problems import Refused
from tests import small_city

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


def read(folder: Path, drawing: bytes | None) -> str | None:
    home = small_city.build(folder)
    if drawing is not None:
        (folder / "data" / "arms.svg").write_bytes(drawing)
    city = definitions.load(home).city.model_copy(update={"arms": "data/arms.svg"})
    return city_arms.arms(home, city)


def test_the_demo_city_has_arms_and_a_city_needs_none(tmp_path):
    demo = Home(REPOSITORY)
    assert (city_arms.arms(demo, definitions.load(demo).city) or "").startswith("<svg")
    home = small_city.build(tmp_path)
    assert city_arms.arms(home, definitions.load(home).city) is None


def test_a_drawing_that_refers_to_itself_stands_by_itself(tmp_path):
    drawing = DRAWING.format('<defs><path id="a" d="M0 0"/></defs><use href="#a" fill="url(#b)" style="stroke: url(&quot;#b&quot;)"/>')
    assert read(tmp_path, drawing.encode()) == drawing


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (None, "data/arms.svg: arms: the city's arms are not there; put the file there, or take `arms:` out of data/city.yaml"),
        (b"not a drawing", "not an SVG that stands by itself"),
        (b"\xff\xfe\x00", "not an SVG that stands by itself"),
        (b"<html/>", "not an SVG that stands by itself"),
        (DRAWING.format("<script>alert(1)</script>").encode(), "not an SVG that stands by itself"),
        (DRAWING.format('<path onload="alert(1)"/>').encode(), "not an SVG that stands by itself"),
        (DRAWING.format("<SCRIPT>alert(1)</SCRIPT>").encode(), "not an SVG that stands by itself"),
        (DRAWING.format("<style>@import 'https://elsewhere.example/a.css';</style>").encode(), "not an SVG that stands by itself"),
        (
            DRAWING.format("<style>path { fill: url(https://elsewhere.example/a.svg#b) }</style>").encode(),
            "not an SVG that stands by itself",
        ),
        (DRAWING.format('<path style="fill: u\\72l(//elsewhere.example)"/>').encode(), "not an SVG that stands by itself"),
        (DRAWING.format('<use href="#a"><set attributeName="href" to="//elsewhere.example/#b"/></use>').encode(), "stands by itself"),
        (b'<?xml-stylesheet href="https://elsewhere.example/a.css"?>' + DRAWING.format("").encode(), "not an SVG that stands by itself"),
        (DRAWING.format('<image href="https://elsewhere.example/a.png"/>').encode(), "not an SVG that stands by itself"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.format("&a;").encode(), "not an SVG that stands by itself"),
        (DRAWING.format(" " * city_arms.MOST).encode(), "too large: more than 300 kB"),
    ],
)
def test_anything_else_is_refused_in_words(tmp_path, drawing, said):
    with pytest.raises(Refused, match="arms") as refused:
        read(tmp_path, drawing)
    assert said in str(refused.value)


def test_the_arms_are_named_by_a_file_beside_the_definitions(tmp_path):
    home = small_city.build(tmp_path)
    home.city.write_text(home.city.read_text() + "\narms: ../../elsewhere.svg\n")
    with pytest.raises(Refused, match="arms"):
        definitions.load(home)
