"""Why a goal is in a band of a preset or a list, in one sentence with its numbers and the band's own name."""

from collections.abc import Mapping, Sequence

from data.indicators import Indicator
from data.problems import N_
from kpis.bands import Band, Of, moved, stretches
from kpis.definition import Kpi
from kpis.reasons import amount, difference, share
from kpis.score import Reason, Said

SENTENCES: dict[str, str] = {
    "value": N_("{value} is in the band {band}"),
    "value, meaning": N_("{value} is in the band {band}: {meaning}"),
    "share": N_("{value} against {asked} attains {share}, in the band {band}"),
    "share, meaning": N_("{value} against {asked} attains {share}, in the band {band}: {meaning}"),
    "value, widened": N_("{value} is in the band {band}, widened to the {smallest} that the data can tell"),
    "value, widened, meaning": N_("{value} is in the band {band}, widened to the {smallest} that the data can tell: {meaning}"),
    "share, widened": N_("{value} against {asked} attains {share}, in the band {band}, widened to the {smallest} that the data can tell"),
    "share, widened, meaning": N_(
        "{value} against {asked} attains {share}, in the band {band}, widened to the {smallest} that the data can tell: {meaning}"
    ),
    "target": N_("{value} meets the target of {target}, in the band {band}"),
    "target, meaning": N_("{value} meets the target of {target}, in the band {band}: {meaning}"),
}


def band_of(kpi: Kpi, name: str | None) -> Band | None:
    """The band of a goal's preset or list that has this name."""
    return next((band for band in kpi.bands.scale if band.name == name), None) if kpi.bands and name else None


def widened(kpi: Kpi, edges: Sequence[float] | None) -> tuple[Band, ...]:
    """The bands in force where the data cannot tell less than some of them are wide; () where they are as they were written."""
    if kpi.bands is None or edges is None:
        return ()
    found = moved(kpi.bands.scale, "value" if kpi.basis == "absolute" else "share", edges)
    return () if found == kpi.bands.scale else found


def band_reason(kpi: Kpi, indicator: Indicator, verdict: Mapping, band: Band) -> Reason:
    """The sentence for a row of kpis.judge that a named band holds."""
    sentence = SENTENCES[_case(kpi, verdict, band) + (", meaning" if band.meaning else "")]
    value, target = verdict["value"], verdict["target"]
    asked = target if kpi.basis == "progress" or verdict["due"] is None else verdict["due"]
    values = {
        "value": amount(value, indicator, asked),
        "asked": amount(asked, indicator, value),
        "target": amount(target, indicator, value),
        "share": None if verdict["attainment"] is None else share(verdict["attainment"]),
        "band": Said(band.said),
        "smallest": kpi.smallest_difference and difference(kpi.smallest_difference, indicator),
        "meaning": band.meaning and Said(band.meaning),
    }
    return Reason(sentence, {name: value for name, value in values.items() if f"{{{name}}}" in sentence})


def _case(kpi: Kpi, verdict: Mapping, band: Band) -> str:
    if verdict["status"] in ("reached", "exceeded"):
        return "target"
    of, number = ("value", verdict["value"]) if kpi.basis == "absolute" else ("share", verdict["attainment"])
    return of if not kpi.smallest_difference or _as_written(kpi, of, band, number) else f"{of}, widened"


def _as_written(kpi: Kpi, of: Of, band: Band, number: float) -> bool:
    """Whether the number would be in this band too if none were widened."""
    written = stretches(kpi.bands.scale, of) if kpi.bands else ()
    return any(stretch.band == band and stretch.begins <= number < stretch.stops for stretch in written)
