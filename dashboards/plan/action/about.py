"""What exactly was promised: by whom, where, from when to when and who moved it, for whom, and what it is part of."""

from html import escape
from typing import Any

from dashboards import formats, glossary
from dashboards.plan import areas, vocabulary
from dashboards.plan.action.history import COLUMNS, value
from dashboards.plan.action.subject import Row, Subject
from data.plans.action import linked


def table(about: Subject) -> str:
    """The properties as an HTML list of terms; what is not known is left out."""
    _ = about.words
    items = "".join(f"<dt>{term}</dt><dd>{said}</dd>" for term, said in rows(about) if said)
    title = escape(_("What was promised"))
    return f'<section><h2>{title}</h2><dl class="definition">{items}</dl></section>'


def rows(about: Subject) -> list[tuple[str, str]]:
    """Each property and what is known of it, as HTML."""
    _, node, session = about.words, about.node, about.session
    owner = glossary.link(session, "owner", _("Owner"))
    told: list[tuple[str, str]] = [
        (escape(_("Description")), escape(about.say(node["description"]))),
        (owner, escape(about.post(node["owner"]) or (_("nobody owns it") if about.leaf else ""))),
        (escape(_("Area")), _area(about)),
        (escape(_("Where")), _place(about)),
        (escape(_("From and until")), escape(days(about))),
        (escape(_("Changed by decision")), _moved(about)),
        (escape(_("What stands in the way")), escape(_limits(about))),
        (escape(_("Pilot")), escape(about.say(node["pilot"]))),
        (escape(_("Improvement cycle")), escape(vocabulary.options(vocabulary.PDCA, session.locale).get(node["pdca"], ""))),
        (escape(_("Beneficiaries")), formats.number(node["beneficiaries"], 0, session.locale) if node["beneficiaries"] else ""),
        (escape(_("Sustainable Development Goals")), escape(", ".join(map(str, node["sdg"] or [])))),
        (escape(_("In other plans")), _links(about)),
        (escape(_("Number in the plan")), escape(node["key"])),
    ]
    return told


def days(about: Subject) -> str:
    """Now, and as first promised where that was otherwise."""
    _, node = about.words, about.node
    now, first = (_span(about, *(node[name] for name in names)) for names in (("starts", "ends"), ("first_starts", "first_ends")))
    return now if now == first or not first else _("{now}; first promised: {first}", now=now or _("no days"), first=first)


def participation(about: Subject) -> str:
    """Phase by level as an HTML table, the level reached marked; nothing where nobody said."""
    told = about.node["participation"]
    if not told:
        return ""
    _, locale = about.words, about.session.locale
    levels = vocabulary.options(vocabulary.PARTICIPATION_LEVELS, locale)
    head = "".join(f'<th role="columnheader" scope="col">{escape(word)}</th>' for word in levels.values())
    body = ""
    for phase, name in vocabulary.options(vocabulary.PARTICIPATION_PHASES, locale).items():
        cells = "".join(_level(levels[level], reached=told.get(phase) == level) for level in levels)
        body += f'<tr role="row"><th role="rowheader" scope="row">{escape(name)}</th>{cells}</tr>'
    title = escape(_("Residents took part"))
    return (
        f'<section><h2>{title}</h2><table role="table" class="values stacked wrapped participation">'
        f'<caption class="hidden">{title}</caption>'
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></section>'
    )


def _level(word: str, *, reached: bool) -> str:
    said = f'<span aria-hidden="true">●</span><span class="hidden">{escape(word)}</span>' if reached else ""
    return f'<td role="cell" class="{"reached" if reached else ""}" data-name="{escape(word)}">{said}</td>'


def _area(about: Subject) -> str:
    _ = about.words
    area = about.node["area"]
    if not area:
        return escape(_("no area owns it, so nobody can prove anything of it")) if about.leaf else ""
    return areas.link(about.session, area, about.plan.key)


def _place(about: Subject) -> str:
    place = about.node["place"]
    if not place:
        return ""
    address = escape(about.session.address("neighbourhood", plan=about.plan.key, district=place))
    return f'<a href="{address}">{escape(about.place(place))}</a>'


def _span(about: Subject, starts: Any, ends: Any) -> str:
    _, locale = about.words, about.session.locale
    if starts and ends:
        return _("{starts} to {ends}", starts=formats.day(starts, locale), ends=formats.day(ends, locale))
    if ends:
        return _("until {ends}", ends=formats.day(ends, locale))
    return _("from {starts}", starts=formats.day(starts, locale)) if starts else ""


def _moved(about: Subject) -> str:
    """Each version of the plan that changed it, and the decision that made it; the latest first."""
    _, decisions = about.words, {row["id"]: row for row in about.found.decisions}
    said = []
    for version in reversed(about.found.versions):
        decided = decisions.get(version["decision"])
        by = about.say(decided["title"]) if decided else ""
        who = about.say(decided["body"]) if decided else ""
        said.append(
            _("version {n}: {changes} ({by})", n=version["number"], changes=_changes(about, version), by=", ".join(filter(None, [by, who])))
        )
    return "<br>".join(map(escape, said))


def _changes(about: Subject, version: Row) -> str:
    _ = about.words
    mine = [change for change in version["changes"] if change["node"] == about.node["id"]]
    return "; ".join(
        _(
            "{what} from {was} to {now}",
            what=_(COLUMNS.get(each["field"]) or str(each["field"])),
            was=value(about, each["field"], each["was"]),
            now=value(about, each["field"], each["is"]),
        )
        for each in mine
    )


def _limits(about: Subject) -> str:
    limits = about.node["limits"]
    return "; ".join(about.say(each) for each in limits) if isinstance(limits, list) else about.say(limits)


def _links(about: Subject) -> str:
    """What it serves in other plans, and what there serves it."""
    _, session = about.words, about.session
    said = []
    for row in linked(session.records, about.found):
        address = escape(session.address("action", node=str(row["id"])))
        word = _("serves") if row["served"] else _("served by")
        said.append(f'{escape(word)} <a href="{address}">{escape(about.say(row["name"]))}</a> ({escape(about.say(row["plan_name"]))})')
    return "<br>".join(said)
