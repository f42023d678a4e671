"""The first look: how much needs mending, in one sentence, and who mends what."""

from collections.abc import Sequence
from html import escape

from dashboards import formats
from dashboards.quality import listing
from dashboards.quality.parts import TO_DO
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.quality import URGENCIES, Finding, Urgency

ASKING: tuple[Urgency, ...] = ("mend", "check")
"""What somebody has to do something about."""


def sentence(findings: Sequence[Finding], series: int, _: Words) -> str:
    """The state of the data in plain words: "2 things need mending. 22 more are worth a check. 242 series were looked at." """
    mend, check = (sum(finding.urgency == urgency for finding in findings) for urgency in ASKING)
    said = [_.ngettext("{n} thing needs mending.", "{n} things need mending.", mend, n=mend) if mend else _("Nothing needs mending.")]
    if check:
        said.append(_.ngettext("{n} more is worth a check.", "{n} more are worth a check.", check, n=check))
    said.append(_.ngettext("{n} series was looked at.", "{n} series were looked at.", series, n=series))
    return " ".join(said)


def who(session: Session, findings: Sequence[Finding]) -> str:
    """A row for each owner with something to do, whoever has most to mend first; "" where nobody has."""
    _ = translator(session.locale)
    to_do = sorted((finding for finding in findings if finding.urgency != "known"), key=lambda found: URGENCIES.index(found.urgency))
    owners = {finding.owner: [own for own in to_do if own.owner == finding.owner] for finding in to_do}
    ordered = sorted(owners.items(), key=lambda pair: (-_count(pair[1], "mend"), -_count(pair[1], "check")))
    if not ordered:
        return ""
    titles = [("", _("Who")), *(("number", _(TO_DO[urgency])) for urgency in ASKING), ("", _("First of all"))]
    head = "".join(f'<th role="columnheader" scope="col" class="{kind}">{escape(title)}</th>' for kind, title in titles)
    body = "".join(_row(session, owner, own, _) for owner, own in ordered)
    return (
        f'<table role="table" class="values wide who"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(session: Session, owner: str, findings: Sequence[Finding], _: Words) -> str:
    address = escape(session.address("quality", area=owner))
    first, name = findings[0], escape(session.say(session.definitions.area[owner]))
    reason = formats.reason(first.reason, session.locale)
    said = f"{escape(listing.name(session, first))}: {escape(reason)}"
    counts = "".join(
        f'<td role="cell" class="number" data-name="{escape(_(TO_DO[urgency]))}">{_count(findings, urgency) or formats.NOTHING}</td>'
        for urgency in ASKING
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><a href="{address}">{name}</a></th>{counts}'
        f'<td role="cell" class="first">{said}</td></tr>'
    )


def _count(findings: Sequence[Finding], urgency: Urgency) -> int:
    return sum(finding.urgency == urgency for finding in findings)
