"""What the pages of policies know: every policy with its assessments as the month knew them, and the parts of plans and goals they name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from dashboards import formats
from dashboards.assessments import vocabulary
from dashboards.assessments.vocabulary import AGAIN, JUDGES, MOMENTS, STATES
from dashboards.meetings.items import Items
from dashboards.plan import shown
from dashboards.session import Session
from dashboards.words import Words, translator
from data.access import Object, may
from data.assessments.policies import about
from data.assessments.reading import Register, register
from data.records.records import begun
from kpis.assessments.due import Due, due

Row = Mapping[str, Any]
NOTHING = Register((), (), ())


@dataclass(frozen=True, eq=False)
class Known:
    """Everything is read once, when it is asked for. Policies are those of the city, whichever of its districts is looked at."""

    session: Session

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @property
    def place(self) -> str:
        return self.session.definitions.city.place

    @cached_property
    def register(self) -> Register:
        """As known by the review day; in the newest month as it stands now."""
        return self._read(shown.until(self.session) is None)

    @cached_property
    def today(self) -> Register:
        """As it stands now, which is what forms change, whichever month is looked at."""
        return self._read(live=True)

    @cached_property
    def due(self) -> list[Due]:
        return due(self.register, self.items.nodes)

    @cached_property
    def items(self) -> Items:
        return Items(self.session, self.session.review_day)

    def policy(self, key: str) -> Row | None:
        return next((row for row in self.register.policies if row["key"] == key), None)

    def may(self, action: str, policy: Row | None = None) -> bool:
        """Whether the actor may do it to a policy, or to a new one."""
        actor = self.session.actor
        return actor is not None and may(actor, action, about(policy) if policy else Object("policy"))

    def say(self, text: Any) -> str:
        return self.session.say(text) if text else ""

    def date(self, day: Any) -> str:
        return formats.day(day, self.session.locale) if day else ""

    def moment(self, moment: str) -> str:
        return self.words(MOMENTS.get(moment, AGAIN))

    def link(self, policy: Row) -> str:
        """The policy by its name, as HTML."""
        address = escape(self.session.address("policy", policy=policy["key"]))
        return f'<a href="{address}">{escape(self.say(policy["name"]))}</a>'

    def judge(self, row: Row) -> str:
        """Who judges, by name where there is one: "University of the Coast (somebody from outside)"."""
        _, judge = self.words, row["judge"]
        kind = _(JUDGES[judge])
        return _("{name} ({kind})", name=self.say(row["judge_name"]), kind=kind) if row["judge_name"] else kind

    def became(self, row: Row) -> str:
        """What became of an assessment, as HTML, on the review day."""
        _, state = self.words, row["state"]
        day = self.date(row["done_on"] or row["due"])
        if state == "done":
            return vocabulary.state("done", day)
        if state == "dropped":
            return vocabulary.state("dropped", _(STATES["dropped"]))
        if row["due"] < self.session.review_day:
            return vocabulary.state("overdue", _("overdue since {day}", day=day))
        return vocabulary.state(state, _("{state}, due {day}", state=_(STATES[state]), day=day))

    def _read(self, live: bool) -> Register:
        if not begun(self.session.home):
            return NOTHING
        return register(self.session.records, self.place, None if live else shown.until(self.session))
