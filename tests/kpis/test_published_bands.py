"""Bands that offices published, as they coded them: what our proof says of them, and what they give on real figures."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from kpis.bands import Band, Polarity, prove
from kpis.presets import library
from tests.published_rules import judging

GDM = "data/reference/mexico_gdm_thresholds.csv"
SDSN = "data/public/sdsn_us_cities_sdg_2019"
GUATAPE = "data/public/plan_guatape_2024_2027/programas.csv"
ENDS = {">": ("from", "neither"), ">=": ("from", "from"), "<": ("to", "neither"), "<=": ("to", "to")}
IN_RESULTS = {"sdg3v8_leRWJ": "sdg3v8_lifeExpectancy"}
"""The indicator that codebook and results call by different names; five more only drop the ending RWJ."""


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def banded(name: str, status: str, **ends: Any) -> Band:
    return Band.model_validate({"name": name, "status": status, **ends})


def as_coded(condition: str) -> dict[str, Any]:
    """The numbers for which a condition of the source holds. A single = assigns in it, so that its condition never holds."""
    terms = re.findall(r"x\s*(>=|<=|==|>|<|=)\s*(-?[0-9.]+)", condition)
    if any(sign == "=" for sign, _ in terms):
        return {"from": float(terms[0][1]), "to": float(terms[0][1]), "includes": "neither"}
    ends, held = {}, set()
    for sign, number in terms:
        end, includes = ENDS[sign]
        ends[end] = float(number)
        held |= {includes} - {"neither"}
    return {**ends, "includes": "both" if len(held) == 2 else next(iter(held), "neither")}


def the_rest(first: dict[str, Any], second: dict[str, Any], upward: bool) -> dict[str, Any] | None:
    """What the source's last branch is left with beyond the two others; None where that is nothing."""
    here, far = ("to", "from") if upward else ("from", "to")
    edges = [(ends[far], ends["includes"] in (far, "both")) for ends in (first, second) if far in ends]
    if len(edges) < 2:
        return None
    edge, held = min(edges) if upward else max(edges)
    return {here: edge, "includes": "neither" if held else here}


def coded_bands(record: dict[str, str]) -> list[Band]:
    """A rule of the table as its source runs it: swapped labels swapped, and no third band where nothing is left."""
    upward = record["polarity"] == "higher_better"
    good, middle = as_coded(record["optimo_verde"]), as_coded(record["en_proceso_amarillo"])
    rest = the_rest(good, middle, upward)
    second, third = ("rezago", "en_proceso") if "labels swapped" in record["defect_seen_in_code"] else ("en_proceso", "rezago")
    status = {"en_proceso": "at_risk", "rezago": "off_track"}
    bands = [banded("optimo", "on_track", **good), banded(second, status[second], **middle)]
    return bands if rest is None else [*bands, banded(third, status[third], **rest)]


def test_the_proof_finds_the_fifteen_mis_coded_rules_of_the_mexican_guide_and_no_other(shared):
    rules = records(shared / GDM)
    assert len(rules) == 34
    flawed = {}
    for rule in rules:
        polarity = "higher" if rule["polarity"] == "higher_better" else "lower"
        flaws = prove(coded_bands(rule), polarity, "value", whole=rule["code"] == "1.1.5")
        if flaws:
            flawed[rule["code"]] = str(flaws[0])
    published = {rule["code"] for rule in rules if rule["defect_seen_in_code"] and "not a defect" not in rule["defect_seen_in_code"]}
    assert set(flawed) == published and len(published) == 15
    assert sum("holds no number" in flaw for flaw in flawed.values()) == 11  # ten assignments, and the empty middle of 4.4.10
    assert "no band holds" in flawed["4.4.9"]
    assert all("mixed up" in flawed[code] for code in ("1.4.3", "4.4.7", "4.4.8"))


def test_our_mexican_cuts_are_those_of_the_source_where_it_is_not_mis_coded(shared):
    preset = library.preset("gdm")
    assert preset
    rules = {rule["code"]: rule for rule in records(shared / GDM)}
    assert preset.scales.keys() == rules.keys()
    for code, scale in preset.scales.items():
        note = rules[code]["defect_seen_in_code"]
        if not note or code == "2.3.3":
            cuts = sorted({float(number) for number in re.findall(r"[<>]=? *(-?[0-9.]+)", rules[code]["optimo_verde"])})
            best = next(band for band in scale.bands if band.status == "on_track")
            assert (best.start if scale.polarity == "higher" else best.end) == cuts[0]
        assert bool(scale.note) == ("not a defect" not in note and note != "")


def sdsn_bands(record: dict[str, str]) -> tuple[list[Band], Polarity]:
    """The four colours of an indicator of the codebook, each cut belonging to the better one; and its polarity."""
    cuts = [float(record[f"To {colour}"]) for colour in ("Green", "Yellow", "Orange")]
    up = record["Sort Order"] == "ascending"
    better, worse, held = ("from", "to", "from") if up else ("to", "from", "to")
    green, yellow, orange = cuts
    bands = [
        banded("green", "on_track", **{better: green, "includes": held}),
        banded("yellow", "at_risk", **{better: yellow, worse: green, "includes": held}),
        banded("orange", "off_track", **{better: orange, worse: yellow, "includes": held}),
        banded("red", "off_track", **{worse: orange, "includes": "neither"}),
    ]
    return bands, "higher" if up else "lower"


def test_the_proof_names_the_one_indicator_of_the_sdsn_whose_cuts_are_reversed(shared):
    flawed = {}
    for record in records(shared / SDSN / "codebook_2019.csv"):
        bands, polarity = sdsn_bands(record)
        if flaws := prove(bands, polarity, "value"):
            flawed[record["Indicator"]] = [str(flaw) for flaw in flaws]
    assert list(flawed) == ["sdg13v1_GHGcapita"]
    assert flawed["sdg13v1_GHGcapita"][0] == "the band 'yellow' begins at 4 and ends below it, at 3: its cuts are reversed"


def test_our_sdsn_cuts_and_goalposts_are_those_of_the_codebook(shared):
    preset = library.preset("sdsn")
    assert preset
    book = {record["Indicator"]: record for record in records(shared / SDSN / "codebook_2019.csv")}
    assert preset.scales.keys() == book.keys() and len(book) == 57
    for code, scale in preset.scales.items():
        bands, polarity = sdsn_bands(book[code])
        assert (scale.low, scale.high) == (float(book[code]["Worst Value"]), float(book[code]["Target Value"]))
        assert scale.polarity == polarity
        if code != "sdg13v1_GHGcapita":
            ours = {band.name: (band.status, band.start, band.end) for band in scale.bands}
            assert ours == {band.name: (band.status, band.start, band.end) for band in bands}


@pytest.fixture
def metros(shared, tmp_path, capsys) -> list[dict[str, Any]]:
    """All 57 indicators of 105 metros, judged through the command; each row with the score that was published."""
    results = records(shared / SDSN / "results_2019.csv")
    preset = library.preset("sdsn")
    assert preset and len(results) == 105
    column = {code: IN_RESULTS.get(code, code if code in results[0] else code.removesuffix("RWJ")) for code in preset.scales}
    rows = [(code, record[column[code]], record.get(f"n_{column[code]}")) for code in preset.scales for record in results]
    return judging(tmp_path, capsys)("sdsn", "indicator value published", rows)["rows"]


def test_the_cuts_of_the_sdsn_give_the_colours_of_105_metros(metros):
    colours = Counter(row["band"] or "missing" for row in metros)
    assert colours == {"green": 1031, "yellow": 1536, "orange": 1844, "red": 1404, "missing": 170}
    assert {row["reason"] for row in metros if row["band"] is None} == {"cannot be judged: value is empty"}


def test_the_normalised_scores_of_the_sdsn_are_those_it_published(metros):
    same_in_both = [row for row in metros if "RWJ" not in row["indicator"] and row["published"] is not None]
    assert len(same_in_both) > 5000
    for row in same_in_both:
        assert row["score"] == pytest.approx(row["published"], abs=0.01), row


def test_guatapes_progress_figures_come_out_as_published(shared, tmp_path, capsys):
    programmes = records(shared / GUATAPE)
    judge = judging(tmp_path, capsys)
    assert len(programmes) == 93
    plan = judge("guatape", "value target", [(row["avance_acumulado"], row["meta_cuatrenio"]) for row in programmes])["rows"]
    for row, programme in zip(plan, programmes, strict=True):
        assert row["attainment"] == pytest.approx(float(programme["pct_avance_fecha"]), abs=1e-6)
    assert pl.Series([row["attainment"] for row in plan]).mean() == pytest.approx(0.53598, abs=1e-5)
    year = [row for row in programmes if row["pct_cumplimiento_2025"] and float(row["meta_2025"] or 0) > 0]
    judged = judge("guatape", "value target", [(row["avance_2025"], row["meta_2025"]) for row in year])["rows"]
    differences = [abs(row["attainment"] - min(float(one["pct_cumplimiento_2025"]), 1)) for row, one in zip(judged, year, strict=True)]
    assert max(differences) < 1e-4
