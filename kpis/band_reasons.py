"""Why a goal is in a band of a preset or a list, in one sentence with its numbers and the band's own name."""

from collections.abc import Mapping

from data.indicators import Indicator
from data.problems import N_
from kpis.bands import Band
from kpis.definition import Kpi
from kpis.reasons import amount, share
from kpis.score import Reason, Said

SENTENCES: dict[str, str] = {
    "value": N_("{value} is in the band {band}"),
    "value, meaning": N_("{value} is in the band {band}: {meaning}"),
    "share": N_("{value} against {asked} attains {share}, in the band {band}"),
    "share, meaning": N_("{value} against {asked} attains {share}, in the band {band}: {meaning}"),
    "target": N_("{value} meets the target of {target}, in the band {band}"),
    "target, meaning": N_("{value} meets the target of {target}, in the band {band}: {meaning}"),
}


def band_of(kpi: Kpi, name: str | None) -> Band | None:
    """The band of a goal's preset or list that has this name."""
    return next((band for band in kpi.bands.scale if band.name == name), None) if kpi.bands and name else None


def band_reason(kpi: Kpi, indicator: Indicator, verdict: Mapping, band: Band) -> Reason:
    """The sentence for a row of kpis.judge that a named band holds."""
    sentence = SENTENCES[_case(kpi, verdict) + (", meaning" if band.meaning else "")]
    value, target = verdict["value"], verdict["target"]
    asked = target if kpi.basis == "progress" or verdict["due"] is None else verdict["due"]
    values = {
        "value": amount(value, indicator, asked),
        "asked": amount(asked, indicator, value),
        "target": amount(target, indicator, value),
        "share": None if verdict["attainment"] is None else share(verdict["attainment"]),
        "band": Said(band.said),
        "meaning": band.meaning and Said(band.meaning),
    }
    return Reason(sentence, {name: value for name, value in values.items() if f"{{{name}}}" in sentence})


def _case(kpi: Kpi, verdict: Mapping) -> str:
    if verdict["status"] in ("reached", "exceeded"):
        return "target"
    return "value" if kpi.basis == "absolute" else "share"
