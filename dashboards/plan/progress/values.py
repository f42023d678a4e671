"""The plan as a table to take away: every node that the filters leave, in the order of the plan, numbers as numbers."""

from collections.abc import Mapping

import polars as pl

from dashboards import formats
from dashboards.plan import areas, shown, states
from dashboards.plan.progress.choice import Choice
from dashboards.plan.progress.rows import narrowed
from dashboards.plan.progress.tree import level_name
from dashboards.session import Session
from dashboards.words import translator
from data.people import Post
from data.plans.reading import Plan
from kpis.plans.truth import Truth


def frame(session: Session, truth: Truth, choice: Choice, posts: dict[int, Post]) -> pl.DataFrame:
    """One row for each node, with everything that the page says of it."""
    _, nodes = translator(session.locale), narrowed(session, truth, choice)
    keys = dict(truth.nodes.select("id", "key").iter_rows())
    plan = truth.tree.plan
    rows = [
        {
            _("Number"): row["key"], _("Part of"): keys.get(row["parent"]), _("Level"): level_name(session, plan, row["level"], 1),
            _("Name"): shown.name(session, row["name"]), _("State"): states.word(row["state"], session.locale),
            _("Actions"): row["actions"], _("Cancelled"): row["cancelled"], _("Left out"): row["left_out"],
            _("Declared (%)"): row["declared"], _("Proved (%)"): row["proved"], _("Awaiting review (%)"): row["awaiting"],
            _("Time used (%)"): row["time_used"], _("Weight in what it is part of (%)"): row["share"],
            _("Does not count because"): row["excluded_why"],
            _("Starts"): row["starts"], _("Ends"): row["ends"], _("First promised end"): row["first_ends"],
            _("End at this pace"): row["forecast_end"], _("Delay in days"): row["delay_days"], _("Stages late"): row["late_stages"],
            _("Currency"): row["currency"], _("Budget in force"): row["budget"], _("Committed"): row["committed"],
            _("Accrued"): row["accrued"], _("Paid"): row["paid"], _("Area"): areas.name(session, row["area"]) or None,
            _("Owner"): session.say(posts[row["owner"]].name) if row["owner"] in posts else None,
            _("Place"): _place(session, row["place"]),
        }
        for row in nodes.iter_rows(named=True)
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def about(session: Session, plan: Plan, choice: Choice, options: Mapping[str, str]) -> dict[str, str]:
    """What must stand beside the figures when they travel; `options` are the words of what it can be narrowed to."""
    _ = translator(session.locale)
    asked = {_("Narrowed to"): "; ".join(options[each] for each in choice.only)} if choice.only else {}
    asked |= {_("State"): states.word(choice.state, session.locale)} if choice.state else {}
    asked |= {_("Search"): choice.find} if choice.find else {}
    return {_("Plan"): session.say(plan.name), _("As of"): formats.day(session.review_day, session.locale), **asked}


def _place(session: Session, place: str | None) -> str | None:
    found = session.definitions.place.get(place or "")
    return session.say(found.name) if found else place
