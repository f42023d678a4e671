"""The pictures of an effect: what happened beside what would have, the difference before the places without the policy, the events."""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from dashboards import charts, effects, layout, palette
from dashboards.study.shown import Shown
from dashboards.words import Words, translator
from kpis.impact.effect import Effect

Row = dict[str, object]
REMEMBERED = 3
"""Things that happened beside the policy, each with its name on a line of its own."""


def show(shown: Shown) -> None:
    """Every picture that the method has, each under what it shows in words."""
    if shown.effect is None:
        return
    _ = translator(shown.session.locale)
    _beside(shown, shown.effect, _)
    _gaps(shown, shown.effect, _)
    if shown.effect.events:
        _around(shown, shown.effect, _)


def rows(shown: Shown, effect: Effect) -> pl.DataFrame:
    """What happened and what would have without the policy, with their names and the start, as effects.beside draws them."""
    told = [*_band(shown, effect), *_lines(shown, effect), *_ends(shown, effect), *_start(shown, effect)]
    return _frame(shown, told, {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "lift": pl.Float64})


def gap_rows(shown: Shown, effect: Effect) -> pl.DataFrame:
    """The difference by period, and those of the placebos, as effects.gaps draws them."""
    labels, measured = [point.period for point in effect.series], shown.outcome
    told: list[Row] = [*_start(shown, effect)]
    for placebo in effect.placebos:
        name = shown.place(placebo.unit)
        told += [
            _row(shown, label, effects.PLACEBO, measured.effect(gap), series=name, tip=_tip(shown, name, label, gap))
            for label, gap in zip(labels, placebo.gaps, strict=False)
        ]
    own = treated(shown)
    told += [
        _row(shown, point.period, effects.ACTUAL, measured.effect(point.gap), series=own, tip=_tip(shown, own, point.period, point.gap))
        for point in effect.series
    ]
    return _frame(shown, told, {"value": pl.Float64, "series": pl.String})


def event_rows(shown: Shown, effect: Effect) -> pl.DataFrame:
    """The effect by periods since the start, as effects.around draws it."""
    measured = shown.outcome
    told = [
        {
            "step": int(point.period),
            "value": measured.effect(point.actual),
            "low": measured.effect(point.actual if point.low is None else point.low),
            "high": measured.effect(point.actual if point.high is None else point.high),
            "kind": effects.EVENT,
            "tip": f"{point.period}: {measured.exact(point.actual)}",
        }
        for point in effect.events
    ]
    return pl.DataFrame(
        told, {"step": pl.Int64, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "kind": pl.String, "tip": pl.String}
    )


def treated(shown: Shown) -> str:
    """Whoever is under the policy, in words."""
    _, names = translator(shown.session.locale), [shown.place(str(each)) for each in shown.study.treated]
    if len(names) == 1:
        return names[0]
    if shown.effect and shown.effect.n_treated > 1:
        return _("with the policy (mean)")
    own = shown.session.definitions.city.place if shown.study.indicator else ""
    return shown.place(own) if own else _("with the policy")


def _beside(shown: Shown, effect: Effect, _: Words) -> None:
    session = shown.session
    layout.section(_("What happened, and what would have happened without it"))
    specification = effects.beside(palette.current(session), session.locale, shown.outcome.unit, shown.calendar.frequency)
    charts.show(rows(shown, effect), specification, "study_beside", described(shown, effect))
    said = [_("Solid line: what happened. Dashed: what would have happened without the policy, told from the comparison.")]
    if any(point.low is not None for point in effect.series):
        said.append(_("Shaded: where that may have lain, with 95 % certainty."))
    layout.note(" ".join(said))


def _gaps(shown: Shown, effect: Effect, _: Words) -> None:
    session = shown.session
    layout.section(_("The difference, beside places where nothing was done") if effect.placebos else _("The difference"))
    specification = effects.gaps(palette.current(session), session.locale, shown.outcome.gap_unit(), shown.calendar.frequency)
    charts.show(gap_rows(shown, effect), specification, "study_gaps", gaps_described(shown, effect))
    said = [_("Before the start the line should lie near zero; what it does after is the effect.")]
    if effect.placebos:
        said.append(_("Grey: the same reckoned for places without the policy. An effect stands out from them."))
    layout.note(" ".join(said))


def _around(shown: Shown, effect: Effect, _: Words) -> None:
    session = shown.session
    layout.section(_("The effect by periods since each one's start"))
    since = _("periods since the start")
    specification = effects.around(palette.current(session), session.locale, shown.outcome.gap_unit(), since)
    told = "; ".join(f"{point.period}: {shown.outcome.exact(point.actual)}" for point in effect.events)
    charts.show(event_rows(shown, effect), specification, "study_events", _("Effect by periods since the start: {told}.", told=told))
    layout.note(_("Points left of the rule lie before the start and should be near zero; lines are intervals of 95 %."))


def described(shown: Shown, effect: Effect) -> str:
    """The first chart for whoever cannot see it."""
    _, last = translator(shown.session.locale), effect.series[-1]
    return _(
        "Line chart: since {start} {name}; in {period} {actual}, and {expected} without the policy. All values are in the table below.",
        start=shown.start,
        name=shown.outcome.name,
        period=shown.calendar.name(last.period),
        actual=shown.outcome.said(last.actual),
        expected=shown.outcome.said(last.expected),
    )


def gaps_described(shown: Shown, effect: Effect) -> str:
    """The second."""
    _ = translator(shown.session.locale)
    told = {"mean": shown.outcome.more(effect.estimate), "start": shown.start, "n": len(effect.placebos)}
    if effect.placebos:
        return _("Line chart of the difference, {mean} on average since {start}, before {n} places without the policy.", **told)
    return _("Line chart of the difference, {mean} on average since {start}.", **told)


def _lines(shown: Shown, effect: Effect) -> Iterator[Row]:
    _ = translator(shown.session.locale)
    for kind, name in ((effects.ACTUAL, treated(shown)), (effects.EXPECTED, _("without the policy"))):
        for point in effect.series:
            value = point.actual if kind == effects.ACTUAL else point.expected
            said = f"{name}, {shown.calendar.short(point.period)}: {shown.outcome.said(value)}"
            yield _row(shown, point.period, kind, shown.outcome.level(value), tip=said)


def _band(shown: Shown, effect: Effect) -> Iterator[Row]:
    for point in effect.series:
        if point.low is not None and point.high is not None:
            low, high = shown.outcome.level(point.low), shown.outcome.level(point.high)
            yield {**_row(shown, point.period, effects.BAND, None), "low": low, "high": high}


def _ends(shown: Shown, effect: Effect) -> Iterator[Row]:
    """The names of both lines at their ends, each on its own side of the other."""
    _, last = translator(shown.session.locale), effect.series[-1]
    above = effects.NAME_LIFT if last.actual >= last.expected else -effects.NAME_LIFT
    for kind, value, name, lift in (
        (effects.ACTUAL, last.actual, treated(shown), above),
        (effects.EXPECTED, last.expected, _("without the policy"), -above),
    ):
        yield {**_row(shown, last.period, f"{kind} name", shown.outcome.level(value), text=name), "lift": float(lift)}


def _start(shown: Shown, effect: Effect) -> Iterator[Row]:
    """The rule at the start with the policy's name, where a period lies after it, and below it those of what else happened."""
    if effect.before < len(effect.series):
        label = effect.series[effect.before].period
        yield {**_row(shown, label, "start", None), "event": shown.name, "side": _side(effect, effect.before), "lane": 0}
    for lane, (number, name) in enumerate(happened(shown, effect), start=1):
        label = effect.series[number].period
        yield {**_row(shown, label, "start", None), "event": name, "side": _side(effect, number), "lane": lane}


def happened(shown: Shown, effect: Effect) -> list[tuple[int, str]]:
    """The last things that the city remembers of the indicator in these periods, by their number, but what began with the policy."""
    session, days, found = shown.session, shown.calendar.days, []
    if shown.study.indicator is None or shown.calendar.frequency is None:
        return []
    for event in session.definitions.city.events:
        concerned = not event.indicators or shown.study.indicator in event.indicators
        number = sum(day <= event.date for day in days.values()) - 1
        if concerned and not event.places and 0 <= number < len(days) and number != effect.before:
            found.append((number, session.say(event.name)))
    return sorted(found)[-REMEMBERED:]


def _side(effect: Effect, number: int) -> str:
    """Where a rule's name stands: towards the middle."""
    return "right" if number > len(effect.series) / 2 else "left"


def _row(shown: Shown, label: str, kind: str, value: float | None, **more: object) -> Row:
    period: date | str = shown.calendar.days.get(label, label)
    return {"period": period, "kind": kind, "value": value, **more}


def _tip(shown: Shown, name: str, label: str, gap: float) -> str:
    return f"{name}, {shown.calendar.short(label)}: {shown.outcome.exact(gap)} {shown.outcome.gap_unit()}"


def _frame(shown: Shown, told: Sequence[Row], numbers: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    texts = dict.fromkeys(("kind", "text", "tip", "event", "side"), pl.String)
    schema = {"period": pl.Date if shown.calendar.days else pl.String, **texts, "lane": pl.Int64, **numbers}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in told], schema)
