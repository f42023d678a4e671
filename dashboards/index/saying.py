"""An index in sentences, the first of which a mayor understands: which tier, between which ranks, and what the doubt is about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboards import formats
from dashboards.index import ordinals
from dashboards.index.shown import Shown
from dashboards.study import periods
from dashboards.words import Words, translator
from data.model import say
from data.problems import Problem
from kpis.index.doubted import HIGH, LOW

NAMED = 3
"""Places that a sentence names; of more, it says how many more."""


def headline(shown: Shown) -> str:
    """Where the place stands, as surely as that can be said, and no surer."""
    _ = translator(shown.locale)
    if shown.own is None:
        return _overall(shown, _)
    told = {"place": shown.place(shown.own), "rank": shown.ranked(shown.own), "n": _.count(shown.count)}
    if not shown.in_doubt:
        return _("{place} is {rank} of {n}, if every choice of this index is the right one.", **told)
    between = ordinals.among(*shown.between(shown.own), shown.count, shown.locale)
    no_surer = _("The figures allow no surer answer.")
    if len(shown.tiers) == 1:
        said = _("{place} cannot be told from the other places: {between}.", **told, between=between)
        return f"{said} {no_surer}"
    at, of = shown.tier(shown.own), len(shown.tiers)
    tiers = {"tier": ordinals.placed(at, shown.locale), "tiers": ordinals.counted(of, shown.locale)}
    said = _("{place} is in the {tier} of {tiers} tiers: {between}.", **told, **tiers, between=between)
    low, high = shown.between(shown.own)
    return said if low == high else f"{said} {no_surer}"


def doubt(shown: Shown) -> str:
    """Whether the intervals show choices of method, chance of measurement, or both; and that nothing was doubted where that is so."""
    _, found = translator(shown.locale), shown.doubted
    if not shown.in_doubt:
        return _undoubted(shown, _)
    told = {"share": f"{HIGH - LOW}{formats.BOUND}%", "draws": _.count(found.draws), "choices": joined(choices(shown), _)}
    if found.choices and found.error:
        return _(
            "The intervals show choices of method ({choices}) and the chance in the measurements together: "
            "{share} of {draws} draws over both lie within them.",
            **told,
        )
    if found.choices:
        return _(
            "The intervals show how much the choice of method matters ({choices}), and not chance: "
            "{share} of {draws} draws over these choices lie within them.",
            **told,
        )
    return _("The intervals show the chance in the measurements: {share} of {draws} draws over their errors lie within them.", **told)


def _undoubted(shown: Shown, _: Words) -> str:
    """Why no doubt is reckoned: nobody said any, or what was said changes nothing."""
    if shown.recipe.doubt.declared:
        return _(
            "Nothing that its file says could have been otherwise changes this index, so no doubt is reckoned: "
            "a rank of its own for each place looks surer than it is."
        )
    return _(
        "Nobody has said what could have been chosen or measured otherwise, so no doubt is reckoned: "
        "a rank of its own for each place looks surer than it is."
    )


def choices(shown: Shown) -> list[str]:
    """What could have been chosen otherwise and changes anything, each in a few words."""
    _ = translator(shown.locale)
    told = {
        "weights": _("weights up to {share} % more or less", share=formats.number(100 * shown.recipe.doubt.weights, 0, shown.locale)),
        "normalise": _("normalisation"),
        "combine": _("how parts are put together"),
        "missing": _("how what is missing is filled in"),
        "one_out": _("one indicator left out"),
    }
    return [said for name, said in told.items() if name in shown.doubted.choices]


def joined(parts: Sequence[str], _: Words) -> str:
    """a, b and c."""
    *first, last = parts or [""]
    return _("{first} and {last}", first=", ".join(first), last=last) if first else last


def names(shown: Shown, places: Sequence[int], _: Words) -> str:
    """Aurora, Bruma and 3 more."""
    told = [shown.place(number) for number in places[:NAMED]]
    more = len(places) - NAMED
    return joined([*told, _.ngettext("{n} more", "{n} more", more, n=more)] if more > 0 else told, _)


def flags(shown: Shown) -> list[str]:
    """What a reader must know and was not refused, each a sentence."""
    _ = translator(shown.locale)
    return list(dict.fromkeys(_ended(formats.sentence(_.problem(_with_names(flag, shown)))) for flag in shown.built.flags))


def left_out(shown: Shown) -> Iterator[str]:
    """A sentence for each place that is not ranked: why."""
    for place, why in shown.built.left_out.items():
        name = shown.named(place, str(why.values.get("name", place)))
        yield _ended(formats.sentence(formats.reason(replace(why, values={**why.values, "name": name}), shown.locale)))


def _overall(shown: Shown, _: Words) -> str:
    """Of an index in which the reader's own place is not ranked."""
    n = shown.count
    first, last = names(shown, (shown.tiers[0] if shown.in_doubt else shown.order[:1]), _), ""
    if not shown.in_doubt:
        last = shown.place(shown.order[-1])
        return _("{first} is first and {last} last of {n}, if every choice of this index is the right one.", first=first, last=last, n=n)
    if len(shown.tiers) == 1:
        return _("None of {n} places can be told from the others.", n=n)
    last = names(shown, shown.tiers[-1], _)
    tiers = ordinals.counted(len(shown.tiers), shown.locale)
    return _("{n} places in {tiers} tiers. In the first: {first}; in the last: {last}.", n=n, tiers=tiers, first=first, last=last)


def _with_names(flag: Problem, shown: Shown) -> Problem:
    """The same with places, parts, indicators and periods as the reader calls them."""
    return replace(flag, values={key: _called(value, shown) if isinstance(value, str) else value for key, value in flag.values.items()})


def _called(said: str, shown: Shown) -> str:
    """A name of the index's file, an id, a period, or names of places in the city's own language with commas between them."""
    by_indicator = {one.indicator: one.name for one in shown.recipe.indicators}
    name = by_indicator.get(said, said)
    if name in {*shown.recipe.names, *(level.name for level in shown.recipe.levels)}:
        return shown.label(name)
    city, known = shown.session.definitions.city.locale, shown.session.definitions.places
    names = {say(place.name, city): shown.session.say(place.name) for place in known}
    return periods.of([said], shown.locale).name(", ".join(names.get(part, shown.named(part)) for part in said.split(", ")))


def _ended(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."
