"""The cheapest way up: which indicators, by how much in their own unit, and no further than a compared place has come."""

from html import escape

from dashboards import formats
from dashboards.index import amounts, ordinals, saying
from dashboards.index.shown import Shown
from dashboards.ordinals import ordinal
from dashboards.practices import about as practices
from dashboards.words import Words, translator
from kpis.index.way_up import Step, Way


def block(shown: Shown) -> str:
    """To the next rank and to the last of the next tier; "" for the first, and where the reader's own place is not ranked."""
    if shown.own is None or shown.rank(shown.own) == 1:
        return ""
    _ = translator(shown.locale)
    items = "".join(f"<li>{escape(said(shown, way))}{_done_by_others(shown, way)}</li>" for way in shown.ways)
    if not items:
        return ""
    title = escape(_("The cheapest way up"))
    limits = _(
        "Cheapest means the smallest change beside how much the places differ, and never beyond the best that one of them has reached. "
        "What it costs in money or time the index does not know, and the other places are held still."
    )
    if any(way.tier for way in shown.ways):
        limits += " " + _("A tier goes by all draws: at its last rank a place may still stand in the one below.")
    return f'<section class="ways-up"><h2>{title}</h2><ul class="ways">{items}</ul><p class="note">{escape(limits)}</p></section>'


def said(shown: Shown, way: Way) -> str:
    """To 8th, past Bruma: bus punctuality from 78 to 82 % (the best has 91)."""
    _ = translator(shown.locale)
    told = {"aim": _aim(shown, way, _), "place": shown.named(way.place)}
    if not way.reached:
        return _("{aim}, past {place}: not within what any compared place has reached, even with every indicator at its best.", **told)
    steps = saying.joined([_step(shown, step, _) for step in way.steps], _)
    if len(way.steps) > 1:
        return _("{aim}, past {place}: no single indicator is enough; together {steps}.", **told, steps=steps)
    return _("{aim}, past {place}: {steps}.", **told, steps=steps)


def _done_by_others(shown: Shown, way: Way) -> str:
    """The practices that are written down about what would have to move; "" where there is none."""
    session, _ = shown.session, translator(shown.locale)
    moved = (shown.ingredient(step.name).indicator for step in way.steps if way.reached)
    found = "; ".join(filter(None, (practices.links(session, indicator) for indicator in moved if indicator)))
    title = escape(_("What others did about it:"))
    return f'<span class="note">{title} {found}</span>' if found else ""


def _aim(shown: Shown, way: Way, _: Words) -> str:
    rank = ordinal(way.to, shown.locale)
    if way.tier is None:
        return _("To {rank}", rank=rank)
    return _("To {rank}, the last rank of the {tier} tier", rank=rank, tier=ordinals.placed(way.tier, shown.locale))


def _step(shown: Shown, step: Step, _: Words) -> str:
    amount = amounts.of(shown, step.name)
    places = amount.apart(step.value, step.wanted)
    value, best = (amount.bare(each, places) for each in (step.value, step.best))
    wanted = amount.reaching(step.value, step.wanted, places)
    told = {"name": shown.label(step.name), "value": value, "best": best}
    unit = f"{wanted}{formats.BOUND}{amount.unit}".rstrip(formats.BOUND)
    return _("{name} from {value} to {wanted} (the best has {best})", **told, wanted=unit)
