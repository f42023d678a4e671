"""The method sheet: every choice of an index in words, from its indicators up, so that anybody can reckon it again or dispute it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape

import numpy as np

from dashboards import formats
from dashboards.index import amounts, saying
from dashboards.index.shown import Shown
from dashboards.study import periods as calendars
from dashboards.words import N_, Words, translator
from kpis.index.recipe import Blend, Budget, Combine, Ingredient, Level, Normalise, Treat

NORMALISED: Mapping[Normalise, str] = {
    "none": N_("as it is"),
    "minmax": N_("between the least and the most of the places"),
    "zscore": N_("standard deviations from the mean of the places"),
    "rank": N_("rank among the places"),
    "percentile": N_("share of the places that it is above"),
    "goalposts": N_("between goalposts"),
    "distance_to_target": N_("share of the way to a target"),
}
COMBINED: Mapping[Combine, str] = {
    "arithmetic": N_("mean (a strength pays in full for a weakness)"),
    "geometric": N_("geometric mean (a strength pays only in part for a weakness)"),
    "harmonic": N_("harmonic mean (a strength pays little for a weakness)"),
    "copeland": N_("comparison of each two places (no strength pays for a weakness)"),
}
TREATED: Mapping[Treat, str] = {
    "none": N_("left as it is"),
    "winsorise": N_("values far outside brought in, if there are any"),
    "log": N_("logarithm, if values lie far outside"),
}
MISSING: Mapping[str, str] = {
    "skip": N_("left out, and the other weights fill its room"),
    "median": N_("filled in with the median of the places"),
    "refuse": N_("not allowed"),
}


def sheet(shown: Shown) -> str:
    """What it is for and the rules for all, then the levels, then each indicator."""
    return f"{_facts(shown)}<section>{_levels(shown)}</section><section>{_indicators(shown)}</section>"


def rules(shown: Shown) -> Iterator[tuple[str, str]]:
    """What holds for the whole index, each with its name."""
    recipe, _, locale = shown.recipe, translator(shown.locale), shown.locale
    if recipe.source:
        yield _("Whose method"), shown.session.say(recipe.source)
    yield _("Places ranked"), _.count(shown.count)
    yield _("Least share of its indicators that a place must have"), percent(recipe.coverage, locale)
    yield _("What is missing is"), missing(shown)
    if recipe.blend:
        yield _("Mixed with the mean of its region"), _blended(shown, recipe.blend, _)
    yield _("Written on a scale of"), plain(recipe.scale, locale)
    if recipe.floor:
        yield _("Least value of an indicator, made comparable"), plain(recipe.floor, locale)
    if recipe.cap:
        yield _("Kept within"), _("{low} to {high}", low=plain(recipe.cap[0], locale), high=plain(recipe.cap[1], locale))
    if recipe.round is not None:
        yield _("Rounded before places are ranked, to decimals"), _.count(recipe.round)
    yield from _doubts(shown, _)


def missing(shown: Shown) -> str:
    """What is done where a place has no figure."""
    _, how = translator(shown.locale), shown.recipe.missing
    if isinstance(how, str):
        return _(MISSING[how])
    group = next(iter(how.model_dump().items()))
    said = {
        "group_median": _("filled in with the median of its group ({group})", group=group[1]),
        "group_mean": _("filled in with the mean of its group ({group})", group=group[1]),
    }
    return said[group[0]]


def comparable(shown: Shown, one: Ingredient) -> str:
    """How an indicator is made comparable, with its goalposts and logarithm."""
    _, locale = translator(shown.locale), shown.locale
    said = _(NORMALISED[one.normalise])
    if one.low is not None and one.high is not None:
        ends = _("{low} to {high}", low=plain(one.low, locale), high=plain(one.high, locale))
        said = f"{said}: {ends}"
    logged = _("in logarithms")
    return f"{said}, {logged}" if one.log else said


def period(shown: Shown, name: str) -> str:
    """The period of most of its figures, and how many are of another; "" where nobody said."""
    _, at, periods = translator(shown.locale), shown.column(name), shown.built.figures.periods
    held = Counter(row[at] for row in periods if row[at])
    if not held:
        return ""
    (usual, count), others = held.most_common(1)[0], sum(held.values())
    usual = calendars.of([usual], shown.locale).name(usual)
    if others == count:
        return usual
    return _.ngettext("{period}; {n} of another", "{period}; {n} of others", others - count, n=others - count, period=usual)


def weight(shown: Shown, name: str) -> float | None:
    """The weight of a part or an indicator within its level; None of what is in none."""
    level = next((level for level in shown.recipe.levels if name in level.of), None)
    return None if level is None else shown.built.weights[level.name][name]


def plain(value: float, locale: str) -> str:
    """A number with the decimals that it was written with."""
    written = np.format_float_positional(value, trim="-")
    return formats.number(value, len(written.partition(".")[2]), locale)


def percent(share: float, locale: str) -> str:
    return f"{formats.number(100 * share, 0 if 100 * share == round(100 * share) else 1, locale)}{formats.BOUND}%"


def _doubts(shown: Shown, _: Words) -> Iterator[tuple[str, str]]:
    asked, locale = shown.recipe.doubt, shown.locale
    if told := saying.choices(shown):
        yield _("Could have been chosen otherwise"), saying.joined(told, _)
    if asked.normalise:
        yield _("Other ways to make comparable"), "; ".join(_(NORMALISED[how]) for how in asked.normalise)
    if asked.combine:
        yield _("Other ways to put together"), "; ".join(_(COMBINED[how]) for how in asked.combine)
    if asked.missing:
        yield _("Other ways with what is missing"), "; ".join(_(MISSING[how]) for how in asked.missing)
    for name, error in asked.error.items():
        unit = formats.difference_unit(shown.unit(name), locale)
        yield _("Standard error of {name}", name=shown.label(name)), f"{plain(error, locale)} {unit}".strip()
    if shown.in_doubt:
        yield _("Draws and seed"), f"{_.count(shown.doubted.draws)}, {asked.seed}"


def _blended(shown: Shown, blend: Blend, _: Words) -> str:
    """How much of the region's mean, by what, and of which indicators where it is not all."""
    said = _("{share} of it, by {group}", share=percent(blend.share, shown.locale), group=blend.region)
    return f"{said}: {', '.join(map(shown.label, blend.of))}" if blend.of else said


def _facts(shown: Shown) -> str:
    _ = translator(shown.locale)
    purpose = f'<p class="because">{escape(shown.session.say(shown.recipe.purpose))}</p>' if shown.recipe.purpose else ""
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(said)}</td></tr>' for name, said in rules(shown))
    title = escape(_("Method sheet"))
    return f'<section><h2>{title}</h2>{purpose}<table class="facts"><tbody>{rows}</tbody></table></section>'


def _levels(shown: Shown) -> str:
    """From the index itself down."""
    _ = translator(shown.locale)
    names = [_("Level"), _("Put together by"), _("From, with its weight")]
    body = "".join(_level(shown, level, names, _) for level in reversed(shown.recipe.levels))
    title = escape(_("Levels"))
    return f"<h2>{title}</h2>{_table(names, body)}"


def _level(shown: Shown, level: Level, names: list[str], _: Words) -> str:
    parts = ", ".join(f"{shown.label(part)} {percent(shown.built.weights[level.name][part], shown.locale)}" for part in level.of)
    cells = [_(COMBINED[level.combine]), "; ".join(filter(None, [parts, _weighed(level, _)]))]
    return _row(shown.label(level.name), "", list(zip(names[1:], cells, strict=True)))


def _weighed(level: Level, _: Words) -> str:
    """Where its weights come from, where the file does not say them itself."""
    if level.weights == "pca":
        return _("weights of the first principal component")
    return _("weights by the points that people gave") if isinstance(level.weights, Budget) else ""


def _indicators(shown: Shown) -> str:
    _ = translator(shown.locale)
    names = [_("Indicator"), _("Period"), _("Better"), _("Made comparable"), _("Weight"), _("Treatment"), _("Filled in")]
    body = "".join(_indicator(shown, one, names, _) for one in shown.recipe.indicators)
    title = escape(_("Indicators"))
    return f"<h2>{title}</h2>{_table(names, body)}"


def _indicator(shown: Shown, one: Ingredient, names: list[str], _: Words) -> str:
    told = weight(shown, one.name)
    filled = int(np.nansum(shown.built.filled[:, shown.column(one.name)]))
    cells = [
        period(shown, one.name) or formats.NOTHING,
        _("more") if one.direction == "higher" else _("less"),
        comparable(shown, one),
        formats.NOTHING if told is None else percent(round(told, 3), shown.locale),
        treatment(shown, one),
        _.count(filled) if filled else formats.NOTHING,
    ]
    about = [shown.unit(one.name), _divided(shown, one, _), _lost(one, _), shown.session.say(one.source) if one.source else ""]
    return _row(shown.label(one.name), " · ".join(filter(None, about)), list(zip(names[1:], cells, strict=True)))


def _divided(shown: Shown, one: Ingredient, _: Words) -> str:
    """By what the index says, else by what its indicator is compared by."""
    if one.denominator:
        return _("divided by {name}", name=amounts.divisor(shown, one.denominator))
    if not (compare := amounts.compare(shown, one)):
        return ""
    by = amounts.divisor(shown, compare.by)
    many = formats.number(compare.per, 0, shown.locale)
    return _("divided by {name}, for every {many}", name=by, many=many) if compare.per > 1 else _("divided by {name}", name=by)


def _lost(one: Ingredient, _: Words) -> str:
    return _("less the per cent of it that is lost within the place ({column})", column=one.loss) if one.loss else ""


def treatment(shown: Shown, one: Ingredient) -> str:
    """What was done to values far outside: what it came to where something was, else what was asked for."""
    _, done = translator(shown.locale), shown.built.treated.get(one.name)
    if not done:
        return _(TREATED[one.treat]) if one.treat == "none" else _("nothing lay far outside")
    return formats.reason(done, shown.locale)


def _table(names: list[str], body: str) -> str:
    head = "".join(f'<th role="columnheader" scope="col">{escape(name)}</th>' for name in names)
    return (
        f'<table role="table" class="values wide stacked choices"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(name: str, note: str, cells: list[tuple[str, str]]) -> str:
    about = f'<span class="note">{escape(note)}</span>' if note else ""
    said = "".join(f'<td role="cell" data-name="{escape(title)}"><span>{escape(cell)}</span></td>' for title, cell in cells)
    return f'<tr role="row"><th role="rowheader" scope="row"><span>{escape(name)}{about}</span></th>{said}</tr>'
