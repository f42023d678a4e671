"""How sure a place is: its chance to stand before each other one, which choice moves ranks most, and what each indicator left out does."""

from html import escape

import numpy as np

from dashboards import formats
from dashboards.index import ordinals, tiers
from dashboards.index.shown import Shown, near
from dashboards.ordinals import ordinal
from dashboards.words import N_, translator
from kpis.index.removal import Removal
from kpis.index.sensitivity import Sensitivity

MOST = 30
"""Places beside the reader's own, those nearest in rank: of the others the chance is plain."""
UNSURE = 0.05, 0.95
"""Between these shares of the draws, neither of two places can be said to be before the other."""
CHOICES = {
    "weights": N_("the weights"),
    "normalise": N_("how indicators are made comparable"),
    "combine": N_("how parts are put together"),
    "missing": N_("how what is missing is filled in"),
    "one_out": N_("which indicator is left out"),
    "error": N_("errors of measurement"),
}


def first(shown: Shown, removals: tuple[Removal, ...]) -> str:
    """What stands before what, and what each indicator does."""
    return f"{outranks(shown)}{removed(shown, removals)}"


def outranks(shown: Shown) -> str:
    """The share of the draws in which the reader's own place stands before each other one; "" without such a place."""
    _, told = translator(shown.locale), shown.doubted.outranks
    if told is None or shown.own is None:
        return ""
    place = shown.place(shown.own)
    head = _head([("", _("Place")), ("number", _("Rank")), ("number", _("{place} stands before it", place=place)), ("share", "")])
    body = "".join(_chance(shown, number, float(told[number])) for number in near(shown, MOST) if number != shown.own)
    title = escape(_("How often {place} stands before each other place", place=place))
    note = escape(_("The share of the draws; about half means that the two cannot be told apart."))
    table = f'<table class="values wide chance"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<section><h2>{title}</h2><p class="note">{note}</p>{table}</section>'


def _chance(shown: Shown, number: int, share: float) -> str:
    """About half is grey: neither can be told to be before the other."""
    _ = translator(shown.locale)
    unsure = UNSURE[0] < share < UNSURE[1]
    row = f'<th scope="row">{tiers.link(shown, number)}</th><td class="number">{escape(shown.ranked(number))}</td>'
    cell = f'<td class="number">{escape(percent(share, shown.locale))}</td>'
    return f'<tr class="{"grey" if unsure else ""}">{row}{cell}{bar(share)}</tr>'


def percent(share: float, locale: str) -> str:
    """83 %; never 0 or 100 of what some draw did otherwise."""
    if 0 < share < 0.005:
        return f"< 1{formats.BOUND}%"
    if 0.995 < share < 1:
        return f"> 99{formats.BOUND}%"
    return f"{formats.number(100 * share, 0, locale)}{formats.BOUND}%"


def bar(share: float) -> str:
    width = 100 * float(np.clip(share, 0, 1))
    return f'<td class="share"><span class="bar" style="width:{width:.1f}%"></span></td>'


def _head(names: list[tuple[str, str]]) -> str:
    return "".join(f'<th scope="col" class="{kind}">{escape(name)}</th>' for kind, name in names)


def shares(shown: Shown, told: Sensitivity) -> str:
    """Which uncertain choice moves the ranks most, in words and bars: alone, and together with the others."""
    _, locale = translator(shown.locale), shown.locale
    mine = (told.own_first, told.own_total)
    of_own = mine[0] is not None and mine[1] is not None and bool(np.isfinite(mine[1]).all())
    first, total = (np.array(each, dtype=float) for each in (mine if of_own else (told.first, told.total)))
    if not len(total) or not np.isfinite(total).all():
        nothing = escape(_("None of these choices moves any rank."))
        return f'<p class="because">{nothing}</p>'
    order = sorted(range(len(told.names)), key=lambda each: -total[each])
    names = [("", _("Choice")), ("share", ""), ("number", _("Alone")), ("number", _("With the others"))]
    rows = "".join(
        f'<tr><th scope="row">{escape(formats.sentence(_(CHOICES[told.names[each]])))}</th>{bar(float(total[each]))}'
        f'<td class="number">{escape(share(first[each], locale))}</td><td class="number">{escape(share(total[each], locale))}</td></tr>'
        for each in order
    )
    title = escape(_("Which choice moves its rank most") if of_own else _("Which choice moves ranks most"))
    about = escape(_leading(told.names[order[0]], float(total[order[0]]), shown))
    note = escape(_("Sobol shares of what the choices change, from many draws: alone, and with what it does together with others."))
    table = f'<table class="values wide chance"><thead><tr>{_head(names)}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<section><h2>{title}</h2><p class="because">{about}</p>{table}<p class="note">{note}</p></section>'


def share(value: float, locale: str) -> str:
    """A Sobol share; small ones may come out below nothing by chance, and are nothing."""
    return f"{formats.number(100 * max(float(value), 0.0), 0, locale)}{formats.BOUND}%"


def _leading(name: str, total: float, shown: Shown) -> str:
    _ = translator(shown.locale)
    told = {"choice": _(CHOICES[name]), "share": share(total, shown.locale)}
    return _("Most of it comes from {choice}: {share} of all that the choices change, with what they do together.", **told)


def removed(shown: Shown, found: tuple[Removal, ...]) -> str:
    """What happens when an indicator is left out: by how many ranks places move, and where the reader's own would be."""
    _ = translator(shown.locale)
    names = [("", _("Left out")), ("number", _("Ranks that a place moves, mean"))]
    if shown.own is not None:
        names.append(("number", _("{place} would be", place=shown.place(shown.own))))
    body = "".join(_removed(shown, each) for each in found if np.isfinite(each.mean_shift))
    title = escape(_("When an indicator is left out"))
    table = f'<table class="values wide"><thead><tr>{_head(names)}</tr></thead><tbody>{body}</tbody></table>'
    return f"<section><h2>{title}</h2>{table}</section>"


def _removed(shown: Shown, one: Removal) -> str:
    cells = [formats.number(one.mean_shift, 2, shown.locale)]
    if shown.own is not None and one.own_rank is not None:
        cells.append(_would_be(shown, shown.rank(shown.own), one.own_rank))
    said = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(shown.label(one.name))}</th>{said}</tr>'


def _would_be(shown: Shown, now: int, then: float) -> str:
    """The rank without it, and by how many the place moves; one that has nothing else has no rank."""
    _, locale = translator(shown.locale), shown.locale
    if np.isnan(then):
        return _("not ranked")
    up, rank = now - int(then), ordinal(int(then), locale)
    return _("{rank} ({moves})", rank=rank, moves=ordinals.moves(up, locale)) if up else rank
