"""The tiers as a short list of bands: from which rank to which each reaches, who is in it, and where the reader's own place is."""

from collections.abc import Sequence
from html import escape

from dashboards.index import ordinals
from dashboards.index.shown import Shown
from dashboards.words import Words, translator

NAMED, FEWER = 14, 6
"""Places of a tier that are named, and how many of each where there are many tiers; the others stand in the picture and the table below."""
MANY = 8


def block(shown: Shown) -> str:
    """The list, the first tier on top; "" where nothing was doubted, for then a tier is only a rank."""
    if not shown.in_doubt:
        return ""
    _ = translator(shown.locale)
    title, items = escape(_("Tiers")), "".join(_tier(shown, at, tier, _) for at, tier in enumerate(shown.tiers, start=1))
    why = escape(
        _(
            "Beside each tier stand the ranks that its places may have. "
            "A new one begins where those of a place no longer meet those of the first place of the tier above."
        )
    )
    return f'<section class="tiers"><h2>{title}</h2><ol>{items}</ol><p class="note">{why}</p></section>'


def ranked(shown: Shown) -> str:
    """The first places by their ranks, where nothing was doubted."""
    _ = translator(shown.locale)
    told = _around(shown, shown.order)
    items = "".join(f"<li><span>{escape(shown.ranked(each))}</span> {link(shown, each)}</li>" for each in told)
    title = escape(_("Ranks"))
    return f'<section class="tiers plain"><h2>{title}</h2><ol>{items}</ol></section>'


def link(shown: Shown, number: int) -> str:
    """A place's name, which leads to the same page about that place; the reader's own is strong."""
    name = escape(shown.place(number))
    if number == shown.own:
        return f"<b>{name}</b>"
    place = shown.built.places[number]
    if place not in shown.session.definitions.place:
        return name
    address = shown.session.address("index", place=place, index=shown.recipe.index)
    return f'<a href="{escape(address)}">{name}</a>'


def _tier(shown: Shown, at: int, tier: Sequence[int], _: Words) -> str:
    told = _around(shown, tier)
    more = len(tier) - len(told)
    said = ", ".join(link(shown, number) for number in told)
    if more > 0:
        others = escape(_.ngettext("and {n} more", "and {n} more", more, n=more))
        said = f"{said} {others}"
    own = ' class="own"' if shown.own in tier else ""
    head = escape(_("Tier {n}", n=_.count(at)))
    count = escape(ordinals.between(*reach(shown, tier), shown.locale))
    return f'<li{own}><p><b>{head}</b> <span class="count">{count}</span></p>{_band(shown, tier)}<p>{said}</p></li>'


def reach(shown: Shown, tier: Sequence[int]) -> tuple[int, int]:
    """The best and the worst rank that any of these places may have: never narrower than what is said of one of them."""
    best, worst = zip(*map(shown.between, tier), strict=True)
    return min(best), max(worst)


def _band(shown: Shown, tier: Sequence[int]) -> str:
    """The ranks that the tier may have on the scale of all, and on it the interval of the reader's own place, with its rank."""
    parts = [f'<i class="band" style="{_across(*reach(shown, tier), shown.count)}"></i>']
    if shown.own in tier and shown.own is not None:
        low, high = shown.between(shown.own)
        rank = shown.rank(shown.own)
        parts.append(f'<i class="reach" style="{_across(low, high, shown.count)}"></i>')
        parts.append(f'<i class="at" style="left:{_share(rank - 0.5, shown.count)}%"></i>')
    return f'<span class="scale" aria-hidden="true">{"".join(parts)}</span>'


def _across(low: int, high: int, count: int) -> str:
    return f"left:{_share(low - 1, count)}%;width:{_share(high - low + 1, count)}%"


def _share(amount: float, count: int) -> str:
    return f"{100 * amount / count:.2f}"


def _around(shown: Shown, tier: Sequence[int]) -> Sequence[int]:
    """As many as are named, the reader's own among them."""
    most = NAMED if len(shown.tiers) <= MANY or not shown.in_doubt else FEWER
    if len(tier) <= most:
        return tier
    middle = tier.index(shown.own) if shown.own in tier and shown.own is not None else 0
    first = min(max(middle - most // 2, 0), len(tier) - most)
    return tier[first : first + most]
