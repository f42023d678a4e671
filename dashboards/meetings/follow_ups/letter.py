"""What an owner is reminded of, as a plain text for e-mail or messaging."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dashboards.meetings import promised
from dashboards.meetings.follow_ups import saying
from dashboards.meetings.follow_ups.known import Known, Row
from data.people import people
from data.reviews.stand_ins import covering
from kpis.meetings.promises import WAITING


@dataclass(frozen=True)
class Letter:
    """To whoever holds a post, or stands in on the day: `to` is their address, None where there is nobody or none is known.

    `rows` are what the post owes.
    """

    owner: int
    to: str | None
    subject: str
    text: str
    rows: tuple[Row, ...]

    @property
    def link(self) -> str:
        """The letter as a link that a mail program opens, with the address that is known."""
        return f"mailto:{quote(self.to or '', safe='@')}?subject={quote(self.subject)}&body={quote(self.text)}"


def letters(known: Known, rows: Iterable[Row]) -> list[Letter]:
    """One for each post that still owes something, whoever is most overdue first."""
    owed: dict[int, list[Row]] = {}
    for row in rows:
        if known.state(row) in WAITING:
            owed.setdefault(row["owner"], []).append(row)
    everybody = {row["id"]: row for row in people(known.session.records)}
    holders = {post.id: post.person for post in known.posts.values() if post.person}
    answers = {**holders, **covering(known.session.records, known.day)}
    return [_letter(known, owner, each, everybody.get(answers.get(owner))) for owner, each in owed.items()]


def _letter(known: Known, owner: int, rows: Sequence[Row], reader: Row | None) -> Letter:
    _ = known.words
    city = known.session.say(known.session.definitions.city.name)
    overdue = sum(known.state(row) == "overdue" for row in rows)
    subject = _.ngettext("{city}: {n} follow-up is open", "{city}: {n} follow-ups are open", len(rows), city=city, n=len(rows))
    if overdue:
        subject += _.ngettext(", {n} overdue", ", {n} overdue", overdue, n=overdue)
    name = reader["name"] if reader else known.items.post(owner)
    said = [_("Good day, {name}.", name=name), "", _intro(known, owner), ""]
    for state in WAITING:
        said += _group(known, state, [row for row in rows if known.state(row) == state])
    said.append(_("Please say on the page Follow-ups of the panel what is done, and what shows it."))
    to = reader["email"] if reader else None
    return Letter(owner, to or None, " ".join(subject.split()), "\n".join(said), tuple(rows))


def _intro(known: Known, owner: int) -> str:
    _, post = known.words, known.posts.get(owner)
    name = known.session.say(post.name) if post else str(owner)
    return _("This is what is owed by {post} on {day}:", post=name, day=known.date(known.day))


def _group(known: Known, state: str, rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    return [f"{saying.group(state, known)}:", *(_line(known, row) for row in rows), ""]


def _line(known: Known, row: Row) -> str:
    _ = known.words
    line = _(
        "- {what}. By {day} ({when}).",
        what=row["what"],
        day=known.date(row["due"]),
        when=promised.when(row, known.day, known.session.locale),
    )
    shows = _("What shall show it: {evidence}", evidence=row["evidence"]) if row["evidence"] else ""
    return f"{line} {shows}".rstrip()
