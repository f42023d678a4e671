"""docs/presets.md has a section for every preset, with the bands, source and licence of its file, and no other."""

import re

import pytest

from kpis.bands import Band, Of, stretches
from kpis.presets import library
from kpis.presets.preset import Preset
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "presets.md").read_text(encoding="utf-8")


def span(band: Band, of: Of) -> str:
    """From where to where a band holds, as the page writes it."""

    def said(number: float) -> str:
        return f"{round(number * 100, 4):g} %" if of == "share" else f"{number:.6g}"

    if band.start is not None and band.end is not None:
        if band.start == band.end:
            return said(band.start)
        low, high = ("from" if band.holds_start else "above"), ("to" if band.holds_end(highest=False) else "below")
        return f"{low} {said(band.start)}, {high} {said(band.end)}"
    if band.end is not None:
        return f"{'up to' if band.holds_end(highest=False) else 'below'} {said(band.end)}"
    assert band.start is not None
    return f"{'from' if band.holds_start else 'above'} {said(band.start)}"


def rows(preset: Preset) -> list[str]:
    """The table of a preset: a row for each band, or for each of its indicators."""
    if len(preset.scales) > 2:
        return [
            f"| `{code}` | {scale.name} | "
            + " · ".join(f"{one.band.name} {span(one.band, preset.of)}" for one in stretches(scale.bands, preset.of))
            + " |"
            for code, scale in preset.scales.items()
        ]
    scales = preset.scales or {"": preset}
    return [
        f"| {name + ': ' if name else ''}`{one.band.name}` | {span(one.band, preset.of)} | `{one.band.status}` |"
        for name, scale in scales.items()
        for one in stretches(scale.bands, preset.of)
    ]


def section(name: str) -> str:
    found = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/presets.md has no section {name}"
    return found[1]


def test_the_page_has_a_section_for_each_preset_and_no_other():
    assert sorted(re.findall(r"^## ([a-z_0-9]+)$", PAGE, flags=re.MULTILINE)) == sorted(library.names())


@pytest.mark.parametrize("name", library.names())
def test_a_section_says_what_the_preset_says(name):
    preset, said = library.preset(name), section(name)
    assert preset
    flowing = " ".join(said.split())
    assert f"Source: {preset.source}." in flowing and f"Licence: {preset.licence}." in flowing
    assert ("**official**" in said) == preset.official and ("**unofficial**" in said) != preset.official
    wanted = rows(preset)
    assert [line for line in said.splitlines() if line in set(wanted)] == wanted
    for mark in (preset.met, preset.beyond):
        assert mark is None or f"`{mark.name}`" in said
    for column in (*preset.needs, *preset.may_have, *(column for columns in preset.one_of for column in columns)):
        assert f"`{column}`" in said
