"""What an owner is reminded of, as a plain text for e-mail or messaging."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dashboards.meetings.follow_ups import saying
from dashboards.meetings.follow_ups.known import Known, Row
from data.people import people
from kpis.meetings.promises import WAITING


@dataclass(frozen=True)
class Letter:
    """To whoever holds a post: `to` is their address, None where nobody holds it or no address is known; `rows` are what they owe."""

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
    emails = {row["id"]: row["email"] for row in people(known.session.records)}
    return [_letter(known, owner, each, emails) for owner, each in owed.items()]


def _letter(known: Known, owner: int, rows: Sequence[Row], emails: dict[int, str | None]) -> Letter:
    _, post = known.words, known.posts.get(owner)
    city = known.session.say(known.session.definitions.city.name)
    overdue = sum(known.state(row) == "overdue" for row in rows)
    subject = _.ngettext("{city}: {n} follow-up is open", "{city}: {n} follow-ups are open", len(rows), city=city, n=len(rows))
    if overdue:
        subject += _.ngettext(", {n} overdue", ", {n} overdue", overdue, n=overdue)
    name = post.holder if post and post.holder else known.items.post(owner)
    said = [_("Good day, {name}.", name=name), "", _intro(known, owner), ""]
    for state in WAITING:
        said += _group(known, state, [row for row in rows if known.state(row) == state])
    said.append(_("Please say on the page Follow-ups of the panel what is done, and what shows it."))
    to = emails.get(post.person) if post and post.person else None
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
    line = _("- {what}. By {day} ({when}).", what=row["what"], day=known.date(row["due"]), when=saying.when(known, row))
    shows = _("What shall show it: {evidence}", evidence=row["evidence"]) if row["evidence"] else ""
    return f"{line} {shows}".rstrip()
