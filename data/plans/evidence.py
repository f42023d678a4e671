"""What shows that a milestone was reached: brought by the area that owns it, and counted once somebody outside it has accepted it."""

import re
from datetime import datetime

from data.access import Actor
from data.plans.evidence_files import Kept, keep
from data.plans.objects import milestone_of, node_of, of_node
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import evidence
from data.records.writing import FIRST

LINK = re.compile(r"https?://[^\s/]+\.[^\s]*")


def bring_file(records: Records, actor: Actor, milestone_id: int, title: str, name: str, content: bytes, at: datetime | None = None) -> int:
    """Keep a file as evidence, awaiting review; returns its id. Raises Refused, NotAllowed, Gone."""
    _require_title(title)
    kept = keep(records.store, name, content)  # before the row that names it: a file without a row does no harm
    return _bring(records, actor, milestone_id, title, at, kept=kept)


def bring_link(records: Records, actor: Actor, milestone_id: int, title: str, link: str, at: datetime | None = None) -> int:
    """Keep a link as evidence, awaiting review; returns its id. Raises Refused, NotAllowed, Gone."""
    _require_title(title)
    if not LINK.fullmatch(link.strip()):
        raise Refused([Problem(N_("{found} is not a link"), N_("copy the whole address, beginning with https://"), values={"found": link})])
    return _bring(records, actor, milestone_id, title, at, link=link.strip())


def judge(records: Records, actor: Actor, evidence_id: int, version: int, state: str, note: str = "", at: datetime | None = None) -> int:
    """Accept evidence, or return it with a note; returns the new version.

    Only somebody outside the owning area may, and never who brought it. Raises Refused, NotAllowed, Stale, Gone.
    """
    if state not in {"accepted", "returned"}:
        raise ValueError(state)
    if state == "returned" and not note.strip():
        raise Refused([Problem(N_("evidence that is sent back needs a note"), N_("write what is missing"))])
    with records.write(actor, at) as write:
        found, owner = milestone_of(write, evidence_id)
        write.doing("judge_evidence", of_node(owner))
        if found["brought_by"] == actor.person:
            raise Refused([Problem(N_("nobody accepts what they brought themselves"), N_("ask somebody else outside the area"))])
        area = min(actor.areas, default=None)
        judged = {"judged_by": actor.person, "judged_at": write.at, "judged_area": area, "note": note.strip() or None}
        return write.update(evidence, evidence_id, version, state=state, **judged)


def withdraw(records: Records, actor: Actor, evidence_id: int, version: int) -> None:
    """The area takes back evidence that was not accepted. Raises Refused, NotAllowed, Stale, Gone."""
    with records.write(actor) as write:
        found, owner = milestone_of(write, evidence_id)
        write.doing("bring_evidence", of_node(owner))
        if found["state"] == "accepted":
            raise Refused([Problem(N_("evidence that was accepted stays"), N_("ask the data office to record a decision"))])
        write.delete(evidence, evidence_id, version)


def _bring(
    records: Records, actor: Actor, milestone_id: int, title: str, at: datetime | None, *, kept: Kept | None = None, link: str | None = None
) -> int:
    file = {"file": kept.sha256, "file_name": kept.name, "media": kept.media, "bytes": kept.bytes} if kept else {}
    with records.write(actor, at) as write:
        write.doing("bring_evidence", of_node(node_of(write, milestone_id)))
        return write.insert(
            evidence, milestone=milestone_id, title=title.strip(), link=link, brought_by=actor.person, brought_at=write.at,
            state="awaiting", version=FIRST, **file,
        )  # fmt: skip


def _require_title(title: str) -> None:
    if not title.strip():
        raise Refused([Problem(N_("the evidence has no title"), N_("say what it is, such as Handover record"))])
