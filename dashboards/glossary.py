"""The words of the panel in both languages, each with one sentence that says what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from unicodedata import combining, normalize

import streamlit as st

from dashboards import panel
from dashboards.plan import states
from dashboards.plan.states import STATES
from dashboards.session import Session, locale_of
from dashboards.style import LOOKS
from dashboards.words import LANGUAGES, N_, translator
from kpis.score import Status


@dataclass(frozen=True)
class Entry:
    """A word and its meaning, both in English, to be translated where they are shown."""

    term: str
    meaning: str


STATUSES: dict[Status, str] = {
    "on_track": N_("At least 90 % of the way planned by now is done, or 95 % of what is asked; a goal may declare bands of its own."),
    "at_risk": N_("At least 60 % of the way planned by now is done, or 85 % of what is asked, but not enough to be on track."),
    "off_track": N_("Less than 60 % of the way planned by now is done, or less than 85 % of what is asked."),
    "exceeded": N_("The final target is met and left behind by a tenth of the way, or more."),
    "reached": N_("The final target is met."),
    "stale": N_("The latest value is older than its limit: 45 days after a month's end, 100 after a quarter's, 400 after a year's."),
    "no_data": N_("No value was ever loaded for this place, or one of those to be added up is missing."),
    "not_due": N_("The path to the target has not begun yet."),
    "untracked": N_("There is no target, or neither way is better: the value is shown and not judged."),
}
"""The rule of each status in words; they are tried from the bottom of the list to the top."""

ACTIONS = {
    "implemented": N_("The area says that it is completed, and every stage is proved."),
    "completed": N_("The area says that it is completed; not every stage is proved yet."),
    "started": N_("It has begun, and no day has passed on which its end or a stage was due and was not reached."),
    "late": N_(
        "Its end, or the day of a stage, has passed, and no evidence was accepted or waits for review. "
        "That its area says that it was reached is not enough."
    ),
    "not_started": N_("Nothing is begun, declared or proved, and nothing is overdue."),
    "suspended": N_("Nobody works on it for now; it still counts."),
    "removal_proposed": N_("The area asks to take it out of the plan; until that is decided it counts."),
    "cancelled": N_("Taken out of the plan by a decision: it does not count, and its number stands apart."),
}
"""The rule of each state of an action in words (kpis/plans/states.py)."""

ENTRIES: dict[str, Entry] = {
    "kpi": Entry(N_("goal"), N_("An indicator with a baseline, a target, a path between them and somebody who answers for it.")),
    "indicator": Entry(N_("indicator"), N_("Something measured again and again in the same way: name, unit, frequency, source and owner.")),
    "metric": Entry(N_("metric"), N_("A number computed from indicators by a formula that stands on the goal's page.")),
    "target": Entry(N_("target"), N_("The value that a goal must reach, and by when.")),
    "range": Entry(
        N_("range"), N_("A target with two ends: what lies between them is good, and what lies outside is too little or too much.")
    ),
    "tolerance": Entry(N_("tolerance"), N_("How close to what is asked is close enough to count as met.")),
    "band": Entry(N_("band"), N_("A stretch of values, or of shares of what is asked, that gives a goal its status.")),
    "path": Entry(
        N_("path"), N_("What is due on each day between the baseline and the target: a straight line, unless another way is declared.")
    ),
    "year_to_date": Entry(
        N_("year to date"),
        N_("Adds up over the year and begins again with each year, so it compares only with the same period of another year."),
    ),
    "baseline": Entry(N_("baseline"), N_("The value from which a goal starts, and its date.")),
    "due": Entry(N_("due now"), N_("What the path to the target asks for by the period of the latest value.")),
    "attainment": Entry(N_("attainment"), N_("How much of what is due now has been achieved.")),
    "smart": Entry(
        N_("Smart Rule"),
        N_("A goal is specific, measurable, achievable, relevant and has a time; each letter is checked before it is published."),
    ),
    "chance": Entry(
        N_("chance of the target"),
        N_(
            "How likely the target is at its date if things go on as so far. It goes by the values alone, and knows of no measures to come."
        ),
    ),
    "forecast": Entry(N_("forecast"), N_("What is likely to come of a series if things go on as so far, computed from its values alone.")),
    "interval": Entry(
        N_("interval"), N_("Between which two values a coming one is likely to lie; of 80 % means that eight of ten should.")
    ),
    "rough": Entry(
        N_("little to go by"),
        N_("Marks a chance that is a rough guess: of the past values fewer than 60 % lay in intervals that should hold 80 %."),
    ),
    "drift": Entry(N_("drift"), N_("The simplest forecast: the mean change so far, carried on.")),
    "scenario": Entry(
        N_("scenario"), N_("What would be expected if an assumption held; it is no forecast, and no less uncertain than one.")
    ),
    "trend": Entry(N_("trend"), N_("A slow change around the city that is watched because it may move its goals.")),
    "signal": Entry(N_("signal"), N_("A value, or a row of them, that is more than what its series does by itself.")),
    "noise": Entry(N_("noise"), N_("The ups and downs that a series has by itself, and that mean nothing one by one.")),
    "usual_range": Entry(N_("usual range"), N_("Between which values a series moves by itself; what leaves it is a signal.")),
    "unusual": Entry(N_("unusual"), N_("A change larger than this series usually shows by itself.")),
    "revision": Entry(N_("revision"), N_("A value that was changed after it had been known; the first one is kept.")),
    "series": Entry(N_("series"), N_("The values of one indicator at one place, period after period.")),
    "gap": Entry(N_("gap"), N_("A period inside a series that has no value; it is explained where the reason stands in its place.")),
    "jump": Entry(N_("jump"), N_("A change far beyond what a series usually strays from one period to the next, seasons apart.")),
    "cut": Entry(N_("hard cut"), N_("Values that stop at one number, as if what lies beyond had been cut off.")),
    "spike": Entry(N_("spike"), N_("One value that a series holds far more often than the values around it.")),
    "duplicate": Entry(N_("duplicated series"), N_("A series that has the same values as another, or one fixed multiple of them.")),
    "time_used": Entry(N_("time used"), N_("The share of the mandate, or of an action's time, that has passed.")),
    "delay": Entry(N_("delay"), N_("How far the work is behind the time used.")),
    "declared": Entry(N_("declared"), N_("Progress as the responsible area typed it.")),
    "proved": Entry(N_("proved"), N_("Progress whose evidence somebody outside that area has accepted, with name and date.")),
    "awaiting_review": Entry(N_("awaiting review"), N_("Declared progress whose evidence nobody has accepted yet.")),
    "committed": Entry(N_("committed"), N_("Money that a contract or decision has set aside.")),
    "accrued": Entry(N_("accrued"), N_("Money owed for what has been delivered.")),
    "paid": Entry(N_("paid"), N_("Money that has left the city's account.")),
    "mandate_plan": Entry(
        N_("mandate plan"), N_("What a government promised for its term, as a tree of axes, lines, objectives, programmes and actions.")
    ),
    "axis": Entry(N_("axis"), N_("A main line of the mandate plan.")),
    "line": Entry(N_("line"), N_("A part of an axis.")),
    "objective": Entry(N_("objective"), N_("What a line of the plan is meant to change.")),
    "programme": Entry(N_("programme"), N_("Actions that serve one objective together.")),
    "action": Entry(N_("action"), N_("A piece of work of the plan, with milestones, budget and somebody who answers for it.")),
    "milestone": Entry(N_("milestone"), N_("A dated step of an action.")),
    "evidence": Entry(N_("evidence"), N_("What shows that a milestone happened.")),
    "stage": Entry(N_("stage"), N_("A step by which an action is proved: its share, its day, and the evidence that it needs.")),
    "commitment_type": Entry(
        N_("kind of promise"), N_("Building work, service, rule, programme: each is carried out by stages of its own.")
    ),
    "weight": Entry(N_("weight"), N_("How much a part counts in the progress of what it is part of.")),
    "sdg": Entry(N_("SDG"), N_("A Sustainable Development Goal of the United Nations that an action serves.")),
    "pdca": Entry(N_("improvement cycle"), N_("Plan, do, check, act: where a piece of work is between idea and proven practice.")),
    "pilot": Entry(N_("pilot"), N_("Something tried out small before it is decided for all.")),
    "earned_value": Entry(N_("earned value"), N_("The budget of what is proved, beside what was planned by now and what it cost.")),
    "post": Entry(N_("post"), N_("A place in the administration that owns promises; it stays when the person who holds it changes.")),
    "plan_version": Entry(N_("version of the plan"), N_("The plan between two changes; each change names the decision that made it.")),
    **{state: Entry(look.word, ACTIONS[state]) for state, look in STATES.items()},
    "area": Entry(N_("area"), N_("A unit of the administration.")),
    "owner": Entry(N_("owner"), N_("The post that answers for a goal or an action.")),
    "liaison": Entry(N_("liaison"), N_("The person of an area who sends its values and updates.")),
    "meeting": Entry(N_("monthly review"), N_("The meeting that looks at the month and decides.")),
    "snapshot": Entry(N_("closed month"), N_("The figures as the monthly review saw them, kept unchanged.")),
    "decision": Entry(N_("decision"), N_("What a meeting decided.")),
    "follow_up": Entry(N_("follow-up"), N_("Who does what by when, because a meeting decided so.")),
    "concern": Entry(N_("concern"), N_("A worry that somebody raised and closes when it is answered.")),
    "peers": Entry(N_("peers"), N_("Cities like this one, each with the reason why.")),
    "accountability": Entry(N_("accountability"), N_("Saying in public what was done, what failed, why, and what is being done about it.")),
    "commitment": Entry(N_("commitment"), N_("An item of the open-government action plan.")),
    "agreement": Entry(N_("agreement"), N_("What the city has signed with somebody else.")),
    "procedure": Entry(N_("procedure"), N_("Paperwork that a resident does with the city.")),
    "request": Entry(N_("request"), N_("What a resident reported or asked for.")),
    "case": Entry(N_("case file"), N_("The papers of one request or procedure.")),
    "mayor": Entry(N_("mayor"), N_("The person who heads the city's government.")),
    "council": Entry(N_("council"), N_("The elected body that votes and controls the government.")),
    "councillor": Entry(N_("councillor"), N_("A member of the council.")),
    **{status: Entry(look.word, STATUSES[status]) for status, look in LOOKS.items()},
}


def link(session: Session, term: str, said: str) -> str:
    """A word as a link to where it is explained, with its meaning as the tooltip."""
    address, meaning = session.address("glossary", term=term), translator(session.locale)(ENTRIES[term].meaning)
    return f'<a href="{escape(address)}" title="{escape(meaning)}">{escape(said)}</a>'


def show(session: Session) -> None:
    """The words below the page's heading; the one that a link asks for comes first."""
    asked = st.query_params.get("term", "")
    panel.show(_asked(session, asked) + table(session, asked), key="glossary")


def said(session: Session) -> dict[str, dict[str, str]]:
    """Each word in each language, by the word's name; in the words of the city's country where it speaks that language."""
    city = session.definitions.city.locale
    speakers = {language: translator(locale_of(language, city)) for language in LANGUAGES}
    return {name: {language: _(entry.term).lower() for language, _ in speakers.items()} for name, entry in ENTRIES.items()}


def table(session: Session, asked: str) -> str:
    """All words as one HTML table, the reader's language first: statuses, states of actions, then the others by the alphabet."""
    _, terms = translator(session.locale), said(session)
    languages = sorted(LANGUAGES, key=lambda language: language != session.language)
    titles = [*(LANGUAGES[language] for language in languages), _("What it means")]
    head = "".join(f'<th role="columnheader" scope="col">{escape(title)}</th>' for title in titles)
    others = sorted((name for name in terms if name not in (*STATUSES, *STATES)), key=lambda name: in_order(terms[name][session.language]))
    body = "".join(
        _row(session, name, [terms[name][language] for language in languages], name == asked) for name in [*STATUSES, *STATES, *others]
    )
    return (
        f'<table role="table" class="values wide words"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def in_order(word: str) -> tuple[str, str]:
    """What a word is sorted by: as its letters without accents, as dictionaries do (área with a), and ñ after n."""
    parts = normalize("NFD", word.lower().replace("ñ", "n\uffff"))
    return "".join(letter for letter in parts if not combining(letter)), word


def _asked(session: Session, asked: str) -> str:
    if asked not in ENTRIES:
        return ""
    words: Mapping[str, str] = said(session)[asked]
    other = ", ".join(word for language, word in words.items() if language != session.language)
    meaning = translator(session.locale)(ENTRIES[asked].meaning)
    return f'<p class="headline">{_term(session, asked, words[session.language])}</p><p>{escape(meaning)} ({escape(other)})</p>'


def _row(session: Session, name: str, words: list[str], asked: bool) -> str:
    meaning, asked_mark = translator(session.locale)(ENTRIES[name].meaning), ' class="asked"' if asked else ""
    return (
        f'<tr role="row" id="{name}"{asked_mark}><th role="rowheader" scope="row">{_term(session, name, words[0])}</th>'
        f'<td role="cell" class="other">{escape(words[1])}</td><td role="cell">{escape(meaning)}</td></tr>'
    )


def _term(session: Session, name: str, word: str) -> str:
    """A status, or the state of an action, with its shape and colour; any other word as a link to itself."""
    if name in STATES:
        return states.mark(name, session.locale)
    status: Status | None = next((status for status in STATUSES if status == name), None)
    return panel.status(session, status) if status else link(session, name, word)
