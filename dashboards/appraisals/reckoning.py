"""How an appraisal was reckoned: the rate, the prices, the methods; on the page, and beside figures that travel."""

from html import escape

from dashboards import formats
from dashboards.appraisals.shown import Shown
from dashboards.words import Words
from kpis.appraisals.multi_criteria import DRAWS, SEED


def block(one: Shown) -> str:
    """Folded away at the page's end."""
    _ = one.words
    title = escape(_("How it was reckoned"))
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in about(one).items())
    return f'<details><summary>{title}</summary><dl class="definition">{told}</dl></details>'


def about(one: Shown) -> dict[str, str]:
    """What must stand beside the figures: place, month, rate, prices, years, how weights were drawn."""
    _, found = one.words, one.found
    told = {
        _("Appraisal"): one.say(one.appraisal.name),
        _("Place"): one.say(one.session.definitions.place[one.session.definitions.city.place].name),
        _("As the panel stood in"): formats.month_name(one.session.month, one.session.locale),
        **_money(one, _),
    }
    if found.criteria:
        told[_("Weights")] = _(
            "each criterion brought to 0 (worst option) to 1 (best); {draws} sets of weights drawn evenly, seed {seed}",
            draws=_.count(DRAWS),
            seed=SEED,
        )
    if one.appraisal.start:
        told[_("It would begin in")] = formats.month_name(one.appraisal.start, one.session.locale)
    return told


def _money(one: Shown, _: Words) -> dict[str, str]:
    worths = one.found.worths
    if worths is None:
        return {}
    rate = formats.number(worths.rate, 1 if worths.rate % 1 else 0, one.session.locale)
    own = one.appraisal.rate is not None
    declared = _("{rate} % a year, declared in the appraisal") if own else _("{rate} % a year, the city's own")
    return {
        _("Social rate of discount"): declared.format(rate=rate),
        _("Prices"): _("{currency} of {year}", currency=one.currency, year=worths.base_year),
        _("Years"): f"{worths.years[0]}–{worths.years[-1]}",
    }
