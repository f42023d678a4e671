"""What lies directly below a part of the plan, and how it adds up to the part's own figure."""

from html import escape

import polars as pl

from dashboards import formats
from dashboards.plan import actions_table, shown, states, truth_line
from dashboards.plan.action.subject import Row, Subject
from dashboards.plan.tables import NUMBER, table
from dashboards.plan.written import reason


def block(about: Subject) -> str:
    """The children as an HTML table: state, work, share in the whole, what each adds, owner, days."""
    if about.leaf:
        return ""
    _ = about.words
    title = escape(about.level(about.node["level"] + 1, many=True) or _("Parts"))
    titles = [
        (about.level(about.node["level"] + 1), ""), (_("State"), ""), (_("Proved"), NUMBER), (_("Declared"), NUMBER), (_("Weight"), NUMBER),
        (_("Adds"), NUMBER), (_("Owner"), ""), (_("Ends"), ""),
    ]  # fmt: skip
    return f"<h2>{title}</h2>{table(titles, [('', [_row(about, row) for row in about.children])], _caption(about))}"


def adds(row: Row) -> float | None:
    """The points that a child brings to what it is part of: its share times what is proved of it, at most 100."""
    return None if row["excluded"] else row["share"] * min(row["proved"], 100) / 100


def frame(about: Subject) -> pl.DataFrame:
    """The same as columns to take away."""
    _ = about.words
    rows = [
        {
            _("Key"): row["key"], _("Name"): shown.name(about.session, row["name"]),
            _("State"): states.word(row["state"], about.session.locale),
            _("Proved"): row["proved"], _("Declared"): row["declared"], _("Weight"): row["share"], _("Adds"): adds(row),
            _("Owner"): about.post(row["owner"]), _("Ends"): row["ends"], _("Does not count"): row["excluded_why"],
        }
        for row in about.children
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _caption(about: Subject) -> str:
    """The arithmetic in one sentence; for plain means over actions, the number of them is the weight."""
    _, proved = about.words, truth_line.share(about.row["proved"], about.session.locale)
    left = sum(bool(row["excluded"]) for row in about.children)
    said = [_("What each adds is its weight times what is proved of it; together {proved}.", proved=proved)]
    if left:
        said.append(_.ngettext("{n} does not count, with its reason.", "{n} do not count, with their reasons.", left, n=left))
    return " ".join(said)


def _row(about: Subject, row: Row) -> list[str]:
    locale = about.session.locale
    told = [
        truth_line.share(row["proved"], locale), truth_line.share(row["declared"], locale),
        formats.NOTHING if row["excluded"] else truth_line.share(row["share"], locale), formats.number(adds(row), 1, locale),
        about.post(row["owner"]) or formats.NOTHING, formats.day(row["ends"], locale) if row["ends"] else formats.NOTHING,
    ]  # fmt: skip
    why = reason(about.session, row["excluded_why"]) if row["excluded"] else ""
    name, note = actions_table.link(about.session, row["id"], shown.name(about.session, row["name"])), f'<span class="note">{why}</span>'
    return [name + note if why else name, states.mark(row["state"], locale), *map(escape, told)]
