"""From the axis to the budget line: what each node with everything below it was given, committed and paid, level by level on demand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from dashboards.plan import shown, truth_line
from dashboards.plan.money import amounts, opened, phases
from dashboards.plan.money.known import Known
from dashboards.plan.money.tables import Column, Line, table
from dashboards.session import Session
from dashboards.words import Words, translator
from data.plans.vocabulary import PHASES

Row = truth_line.Row


def block(session: Session, known: Known, held: Sequence[int], page: int = 1) -> str:
    """The table as HTML, with the rows below each node of `held`; its links keep the page of the list of works."""
    _, told = translator(session.locale), _told(known)
    columns = [
        Column(_("Part of the plan, or line")),
        *([] if known.alone else [Column(_("Currency"))]),
        *(Column(phases.name(session, phase), "number") for phase in told),
        Column(_("Paid share"), "number"),
    ]
    title = escape(_("From the plan to the budget line"))
    caption = _("Budget by part of the plan, in {currencies}", currencies=", ".join(known.totals["currency"]))
    drawn = _Drawn(session, known, told, held, page, _)
    return f"<h2>{title}</h2>{table(caption, columns, [*drawn.below(None, 1), *drawn.totals()])}{phases.crosswalk(session)}"


def frame(session: Session, known: Known) -> pl.DataFrame:
    """The sums of every node as a table to take away, in the plan's order."""
    nodes = known.truth.nodes.select("id", "level", "key", "name").with_columns(
        pl.col("name").map_elements(lambda text: shown.name(session, text), pl.String)
    )
    found = nodes.join(known.by_node, left_on="id", right_on="node", how="inner", maintain_order="left")
    return found.select("key", "name", "level", "currency", "lines", *PHASES, "budget", "committed_share", "accrued_share", "paid_share")


def _told(known: Known) -> list[str]:
    """The phases that any line says."""
    return [phase for phase in PHASES if known.lines[phase].count()]


@dataclass(frozen=True, eq=False)
class _Drawn:
    session: Session
    known: Known
    told: list[str]
    held: Sequence[int]
    page: int
    _: Words

    def below(self, node: int | None, level: int) -> Iterator[Line]:
        """The rows of the children of a node, with what is open below each."""
        for child in self.known.below.get(node, []):
            yield from self._node(child, level)
            if child["id"] in self.held:
                yield from self.below(child["id"], level + 1)
                yield from (self._line(row, level + 1) for row in self.known.lines_below.get(child["id"], []))

    def totals(self) -> Iterator[Line]:
        name = escape(self._("The whole plan"))
        yield from (Line([f"<b>{name}</b>", *self._amounts(row)], "whole") for row in self.known.totals.iter_rows(named=True))

    def _node(self, row: Row, level: int) -> Iterator[Line]:
        name = shown.name(self.session, row["name"])
        said = opened.toggle(self.session, self.held, row["id"], name, plan=self.known.plan.key, **self._kept())
        if row["leaf"]:
            address, page = escape(self.session.address("action", node=str(row["id"]))), escape(self._("its page"))
            said += f' <a class="aside" href="{address}" aria-label="{escape(name)}: {page}">{page}</a>'
        for number, sums in enumerate(self.known.sums_below[row["id"]]):
            yield Line([said if number == 0 else escape(name), *self._amounts(sums)], "node", level)

    def _kept(self) -> dict[str, str]:
        return {"works": str(self.page)} if self.page > 1 else {}

    def _line(self, row: Row, level: int) -> Line:
        more = [shown.name(self.session, row["name"]), shown.name(self.session, row["source"]), str(row["year"] or "")]
        about = escape(" · ".join(filter(None, more)))
        return Line(
            [f'<span class="code">{escape(row["code"])}</span><span class="note">{about}</span>', *self._amounts(row)], "line", level
        )

    def _amounts(self, row: Row) -> list[str]:
        locale, share = self.session.locale, row.get("paid_share")
        if "paid_share" not in row and row["paid"] is not None and row["budget"]:
            share = 100 * row["paid"] / row["budget"]
        currency = [escape(row["currency"])] if not self.known.alone else []
        return [*currency, *(amounts.exact(row[phase], locale) for phase in self.told), truth_line.share(share, locale)]
