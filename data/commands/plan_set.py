"""plan-set: what a whole plan is, by a decision: name, kind, days, level names, weights; and how it stands to other plans

example: python -m data plan-set --plan mandate_2025 --weights budget --why "The council weighs by money"
         python -m data plan-set --plan annual_2026 --link implements=mandate_2025
"""

import argparse
from datetime import UTC, datetime
from typing import Any

from data import people
from data.access import Actor
from data.command_line import Answer, day
from data.commands import decision
from data.home import Home
from data.plans.linking import link, links, unlink
from data.plans.reading import Plan, plans
from data.plans.settling import read_level, settle
from data.plans.vocabulary import KINDS, LINKS, WEIGHTS
from data.problems import N_, Problem, Refused
from data.records.records import Records, begun, records
from data.records.together import together
from data.versions import login

EMPTY = {
    "plan": None, "name": None, "kind": None, "weights": None, "starts": None, "ends": None, "levels": [], "version": None, "links": [],
    "problems": [],
}  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--plan", metavar="KEY", required=True, help="the plan")
    parser.add_argument("--name", metavar="NAME", help="its name")
    parser.add_argument("--kind", choices=KINDS, help="which kind of plan it is")
    parser.add_argument("--weights", choices=WEIGHTS, help="how the parts of the plan weigh in its progress")
    parser.add_argument("--starts", metavar="DAY", type=day, help="its first day, as 2025-01-01")
    parser.add_argument("--ends", metavar="DAY", type=day, help="its last day")
    parser.add_argument("--levels", metavar="NAMES", help='names of the levels from the top down: "Eje/Ejes, Acción/Acciones"')
    decision.add(parser, "the reason; needed where anything but a link changes")
    parser.add_argument("--link", metavar="KIND=KEY", action="append", default=[], help=f"{', '.join(LINKS)}, and the other plan")
    parser.add_argument("--unlink", metavar="KIND=KEY", action="append", default=[], help="takes such a link back")


def run(told: argparse.Namespace) -> Answer:
    """Changes the plan, and says what it is now."""
    home, today = Home.here(), datetime.now(UTC).date()
    if not begun(home):
        raise Refused([Problem(N_("there is no plan yet"), N_("import one: `python -m data plan FILE`"), key="--plan")])
    held = records(home)
    actor = people.command_line(held, login(), today)
    with together(held, actor) as whole:
        found = _plan(whole, told.plan, "--plan")
        changes = {name: value for name in ("name", "kind", "weights", "starts", "ends") if (value := getattr(told, name)) is not None}
        if told.levels:
            changes["levels"] = [read_level(text) for text in told.levels.split(",")]
        if changes:
            settle(whole, actor, decision.decision(told, found.id, today), **changes)
        _link(whole, actor, found, told)
    return _answer(held, _plan(held, told.plan, "--plan"))


def _plan(held: Records, key: str, option: str) -> Plan:
    known = {plan.key: plan for plan in plans(held)}
    if key not in known:
        values = {"key": key, "known": ", ".join(known) or "-"}
        raise Refused([Problem(N_("there is no plan {key}"), N_("the plans are {known}"), key=option, values=values)])
    return known[key]


def _link(held: Records, actor: Actor, plan: Plan, told: argparse.Namespace) -> None:
    for text in told.link:
        kind, other = _kind_and_plan(held, text, "--link")
        link(held, actor, plan.id, other.id, kind)
    for text in told.unlink:
        kind, other = _kind_and_plan(held, text, "--unlink")
        there = [each.id for each in links(held, plan.id) if (each.plan, each.other, each.kind) == (plan.id, other.id, kind)]
        if not there:
            hint = N_("look at its links: `python -m data plan-set --plan {key}`")
            raise Refused([Problem(N_("there is no such link"), hint, key="--unlink", values={"key": plan.key})])
        unlink(held, actor, there[0])


def _kind_and_plan(held: Records, text: str, option: str) -> tuple[str, Plan]:
    kind, sign, key = text.partition("=")
    if not sign:
        values = {"found": text, "known": ", ".join(LINKS)}
        hint = N_("write the kind, `=` and the key of the other plan; the kinds are {known}")
        raise Refused([Problem(N_("{found} is no link"), hint, key=option, values=values)])
    return kind, _plan(held, key, option)


def _answer(held: Records, plan: Plan) -> Answer:
    linked = [{"plan": each.plan_key, "kind": each.kind, "other": each.other_key} for each in links(held, plan.id)]
    told = {name: getattr(plan, name) for name in ("name", "kind", "weights", "starts", "ends", "levels")}
    names = ", ".join(_named(level["one"]) for level in plan.levels)
    days = f"{plan.starts or '-'} to {plan.ends or '-'}"
    words = [
        f"{plan.key}: {_named(plan.name)}, {plan.kind}, {days}, weights {plan.weights}; version {plan.number}",
        f"levels: {names}",
        *(f"{each['plan']} {each['kind']} {each['other']}" for each in linked),
    ]
    return Answer({**EMPTY, "plan": plan.key, **told, "version": plan.number, "links": linked}, "\n".join(words))


def _named(name: Any) -> str:
    return name if isinstance(name, str) else next(iter(name.values()))
