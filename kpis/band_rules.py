"""What is demanded of a goal's bands where they are a preset's or a list of their own."""

from collections.abc import Iterator

from data.located import near
from data.problems import N_, Problem
from kpis.bands import RANK, Of, prove
from kpis.definition_files import Goal, Written
from kpis.presets import library
from kpis.presets.preset import Preset


def a_preset_is_known_and_fits(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        bands = goal.kpi.bands
        if bands is None or bands.preset is None:
            continue
        preset = library.preset(bands.preset)
        if preset is None:
            message, hint = N_("{name!r} is not a known preset"), N_("write {near}; the known ones are {known}")
            values = {"name": bands.preset, "near": near(bands.preset, library.names()), "known": ", ".join(library.names())}
            yield goal.problem("bands.preset", message, hint, **values)
        elif not preset.bases:
            message, hint = N_("the preset {preset} measures what no basis does"), N_("use it with `python -m kpis judge` alone")
            yield goal.problem("bands.preset", message, hint, preset=bands.preset)
        else:
            yield from _indicator(goal, bands.preset, preset, bands.indicator)
            yield from _basis(goal, bands.preset, preset)


def a_list_of_bands_is_proved(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        bands, indicator = goal.kpi.bands, written.definitions.indicator.get(goal.kpi.measure)
        if bands is None or not bands.listed:
            continue
        of = _of(goal)
        polarity = goal.kpi.polarity if of == "value" else "higher"
        limits = (indicator.min, indicator.max) if of == "value" and indicator else (None, None)
        for flaw in prove(bands.listed, polarity, of, *limits):
            key = f"bands.{flaw.index}.{flaw.key}" if flaw.key else "bands"
            yield goal.problem(key, flaw.message, flaw.hint, **flaw.values)


def a_target_is_in_a_good_band(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        bands, target = goal.kpi.bands, goal.aim.target
        if _of(goal) != "value" or not bands or not target or not goal.wrote("target"):
            continue
        held = next((band for band in bands.scale if band.holds(target.value)), None)
        if held and RANK[held.status] < RANK["on_track"]:
            message = N_("the target {target:g} lies in the band {band!r}, which is {status}")
            yield goal.problem(
                "target.value", message, "correct the target, or the bands", target=target.value, band=held.name, status=held.status
            )


def _of(goal: Goal) -> Of:
    return "value" if goal.kpi.basis == "absolute" else "share"


def _indicator(goal: Goal, name: str, preset: Preset, indicator: str | None) -> Iterator[Problem]:
    values = {"preset": name, "indicator": indicator, "near": near(indicator or "", preset.scales)}
    if indicator is None and preset.scales:
        message, hint = N_("the preset {preset} has bands for each of its indicators"), N_("add `indicator:` with its code")
        yield goal.problem("bands.preset", message, hint, **values)
    elif indicator is not None and indicator not in preset.scales:
        message = N_("the preset {preset} has no indicator {indicator!r}")
        yield goal.problem("bands.indicator", message, N_("write {near}") if preset.scales else N_("leave it out"), **values)
    elif indicator is not None and preset.scales[indicator].polarity != goal.kpi.polarity:
        message = N_("the preset {preset} says that {polarity} is better for {indicator}")
        values["polarity"] = preset.scales[indicator].polarity
        yield goal.problem("polarity", message, "correct the polarity, or choose other bands", **values)


def _basis(goal: Goal, name: str, preset: Preset) -> Iterator[Problem]:
    values = {"preset": name, "basis": goal.kpi.basis, "known": ", ".join(preset.bases)}
    if goal.kpi.basis not in preset.bases:
        message = N_("the bands of the preset {preset} do not fit the basis {basis}")
        yield goal.problem("basis", message, "write one of: {known}", **values)
