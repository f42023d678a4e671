"""What an action costs, line by line, by the phases as the country calls them; and whether money and work are in step."""

from html import escape

from dashboards import formats
from dashboards.plan.action.subject import Row, Subject
from data.plans.checking import rising
from data.plans.vocabulary import PHASES
from kpis.plans.earned_value import EarnedValue, earned_value
from kpis.plans.phases import names


def phases(about: Subject) -> dict[str, str]:
    """The phases that the country has, or that a line has an amount for, by what they are called."""
    known = names(about.session.locale)
    held = {phase for line in about.found.lines for phase in PHASES if line[phase] is not None}
    return {phase: known[phase] or phase for phase in PHASES if known[phase] or phase in held}


def table(about: Subject) -> str:
    """The lines as an HTML table with their sum by currency, and what rises from one phase to the next, in words."""
    _, lines = about.words, about.found.lines
    if not lines:
        return ""
    shown = {phase: name for phase, name in phases(about).items() if any(line[phase] is not None for line in lines)}
    head = "".join(f'<th role="columnheader" scope="col" class="number">{escape(formats.sentence(name))}</th>' for name in shown.values())
    body = "".join(_line(about, line, shown) for line in lines) + "".join(_total(about, currency, shown) for currency in _currencies(about))
    warnings = "".join(f'<p class="overspent">{escape(text)}</p>' for line in lines for text in warned(about, line))
    caption = escape(_("Amounts as written, in the currency of each line; basis: the phases of its budget."))
    title, line_title = escape(_("Budget")), escape(_("Budget line"))
    return (
        f'<h2>{title}</h2><table role="table" class="values wide stacked wrapped lines"><caption>{caption}</caption><thead role="rowgroup">'
        f'<tr role="row"><th role="columnheader" scope="col">{line_title}</th>{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>{warnings}{_in_step(about)}'
    )


def warned(about: Subject, line: Row) -> list[str]:
    """Where an amount of a line is more than that of the phase before."""
    _, names_of = about.words, phases(about)
    return [
        _("Line {code}: {phase} is {less}, more than {before} with {more}.", code=line["code"], phase=names_of[rise["phase"]],
          before=names_of[rise["before"]], less=_amount(about, rise["less"]), more=_amount(about, rise["more"]))
        for rise in rising(line)
    ]  # fmt: skip


def _currencies(about: Subject) -> list[str]:
    """Those of which there is something to add up."""
    told = [line["currency"] for line in about.found.lines]
    return [currency for currency in dict.fromkeys(told) if told.count(currency) > 1]


def _line(about: Subject, line: Row, shown: dict[str, str]) -> str:
    told = " · ".join(filter(None, [line["code"], str(line["year"] or ""), line["currency"], about.say(line["source"])]))
    name = escape(about.say(line["name"]) or line["code"])
    cells = "".join(_cell(about, line[phase], name_of) for phase, name_of in shown.items())
    return f'<tr role="row"><th role="rowheader" scope="row">{name}<span class="note">{escape(told)}</span></th>{cells}</tr>'


def _total(about: Subject, currency: str, shown: dict[str, str]) -> str:
    _ = about.words
    lines = [line for line in about.found.lines if line["currency"] == currency]
    sums = {phase: [line[phase] for line in lines if line[phase] is not None] for phase in shown}
    cells = "".join(_cell(about, sum(sums[phase]) if sums[phase] else None, name) for phase, name in shown.items())
    said = escape(_("Together, {currency}", currency=currency))
    return f'<tr role="row" class="total"><th role="rowheader" scope="row"><b>{said}</b></th>{cells}</tr>'


def _cell(about: Subject, amount: float | None, name: str) -> str:
    return f'<td role="cell" class="number" data-name="{escape(formats.sentence(name))}">{escape(_amount(about, amount))}</td>'


def _amount(about: Subject, amount: float | None) -> str:
    return formats.number(amount, 0 if amount is None or amount == int(amount) else 2, about.session.locale)


def _in_step(about: Subject) -> str:
    """Earned value, folded away: in plain words first, then its figures by their names."""
    _, found = about.words, earned_value(about.truth, about.node["id"])
    if found is None:
        return ""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in in_words(about, found))
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(figure)}</dd>" for term, figure in figures(about, found))
    title = escape(_("Earned value: are money and work in step?"))
    return f'<details><summary>{title}</summary>{said}<dl class="definition">{items}</dl></details>'


def in_words(about: Subject, found: EarnedValue) -> list[str]:
    """What was planned, what is proved and what it cost; then what follows."""
    _ = about.words
    planned, earned, cost = (_money(about, found, amount) for amount in (found.planned, found.earned, found.cost))
    said = [_("By this day work worth {planned} was to be done; work worth {earned} is proved; it cost {cost}.",
              planned=planned, earned=earned, cost=cost)]  # fmt: skip
    if found.at_completion is not None:
        told = {"end": _money(about, found, found.at_completion), "budget": _money(about, found, found.budget)}
        said.append(_("If the rest costs as much as what was done, it ends at {end}, with a budget of {budget}.", **told))
    return said


def figures(about: Subject, found: EarnedValue) -> list[tuple[str, str]]:
    """Each figure by its name."""
    _, locale = about.words, about.session.locale
    amounts = [
        (_("PV, planned value"), found.planned), (_("EV, earned value"), found.earned), (_("AC, actual cost"), found.cost),
        (_("BAC, budget at completion"), found.budget), (_("SV, schedule variance"), found.schedule_variance),
        (_("CV, cost variance"), found.cost_variance),
        (_("EAC, if the rest costs as much"), found.at_completion),
        (_("EAC, if the rest costs what was planned"), found.at_completion_as_planned),
        (_("EAC, if a delay has to be caught up"), found.at_completion_with_delay),
    ]  # fmt: skip
    indices = [
        (_("SPI, below 1 is behind"), found.schedule_index),
        (_("CPI, below 1 is dearer"), found.cost_index),
        (_("TCPI, work each unit left has to bring"), found.to_complete_index),
    ]
    told = [(name, _money(about, found, amount)) for name, amount in amounts]
    return [*told, *((name, formats.number(value, 2, locale)) for name, value in indices)]


def _money(about: Subject, found: EarnedValue, amount: float | None) -> str:
    return formats.with_unit(amount, found.currency or "", 0, about.session.locale)
