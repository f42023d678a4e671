"""What could go wrong: a matrix of five by five with the risks' numbers in it, and the list of them, the gravest first."""

from html import escape

from dashboards.appraisals.shown import Shown
from dashboards.plan.tables import NUMBER, table
from dashboards.words import N_, Words
from kpis.appraisals.risks import Level, Rated, cells, level

LEVELS: dict[Level, str] = {"low": N_("low"), "medium": N_("medium"), "high": N_("high"), "extreme": N_("extreme")}
PROBABILITIES = (N_("hardly ever"), N_("unlikely"), N_("as likely as not"), N_("likely"), N_("almost certain"))
IMPACTS = (N_("hardly felt"), N_("small"), N_("aim missed in part"), N_("large"), N_("aim missed"))
DEGREES = range(1, 6)
LACKING = {"owner": N_("nobody watches it"), "measure": N_("no measure")}


def block(one: Shown) -> str:
    """Matrix and list; "" where no risk is written down."""
    _ = one.words
    if not one.found.risks:
        return ""
    title = escape(_("What could go wrong"))
    return f'<h2>{title}</h2><div class="risks">{_matrix(one, _)}{_list(one, _)}</div>'


def _matrix(one: Shown, _: Words) -> str:
    """Probability upwards, impact to the right; darker is graver."""
    held = cells(one.found.risks)
    rows = "".join(_line(probability, held, _) for probability in reversed(DEGREES))
    feet = "".join(f'<th scope="col" title="{escape(_(IMPACTS[impact - 1]))}">{impact}</th>' for impact in DEGREES)
    caption = escape(_("Probability (upwards) and impact (to the right), 1 to 5; numbers are those of the list"))
    return f'<table class="matrix"><caption>{caption}</caption><tbody>{rows}</tbody><tfoot><tr><td></td>{feet}</tr></tfoot></table>'


def _line(probability: int, held: dict[tuple[int, int], tuple[int, ...]], _: Words) -> str:
    name = escape(_(PROBABILITIES[probability - 1]))
    told = "".join(_cell(probability * impact, held.get((probability, impact), ())) for impact in DEGREES)
    return f'<tr><th scope="row" title="{name}">{probability}</th>{told}</tr>'


def _cell(score: int, numbers: tuple[int, ...]) -> str:
    return f'<td class="{level(score)}">{", ".join(map(str, numbers))}</td>'


def _list(one: Shown, _: Words) -> str:
    titles = [(_("Risk"), ""), (_("Score"), NUMBER), (_("Option"), ""), (_("Who watches it"), ""), (_("What is done about it"), "")]
    rows = [_row(one, rated, _) for rated in one.found.risks]
    return table(titles, [("", rows)], _("The gravest first; the score is probability times impact"), "risk-list")


def _row(one: Shown, rated: Rated, _: Words) -> list[str]:
    risk = rated.risk
    called = escape(_(LEVELS[rated.level]))
    area = one.session.definitions.area
    return [
        f"{rated.number}. {escape(one.say(risk.name))}",
        f'{rated.score}<span class="note">{called}</span>',
        escape(one.name(risk.option) if risk.option else _("any")),
        escape(one.say(area[risk.owner])) if risk.owner else _without(rated, "owner", _),
        escape(one.say(risk.measure)) if risk.measure else _without(rated, "measure", _),
    ]


def _without(rated: Rated, key: str, _: Words) -> str:
    """What is missing is said loudly of a serious risk alone."""
    said = escape(_(LACKING[key]))
    return f"<b>{said}</b>" if key in rated.lacking else f'<span class="quiet">{said}</span>'
