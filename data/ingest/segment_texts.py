"""From what a file calls a part of people or things to a segment: women, aged 15 to 24, of one district."""

import json
import re

from data import segments
from data.ingest.fault import Fault
from data.ingest.names import TOTAL
from data.problems import N_
from data.sources import Source

DIMENSION = re.compile(r"(?P<dimension>[a-z][a-z0-9_]*) *= *(?P<part>[^=]+)")


def read_part(text: str, dimension: str, column: str | None, source: Source) -> str | Fault:
    """The part of a dimension, "" for all of it; of the unnamed one a whole segment, as age=15-24|sex=women, in our order."""
    if text in source.names.segments:
        text = source.names.segments[text]
    elif TOTAL.fullmatch(text):
        return _total(text, column)
    if not any(mark in text for mark in segments.MARKS):
        return text
    if dimension:
        hint = N_("write it without | and =, or declare what it means under `names.segments`")
        return Fault("{found!r} holds a mark that parts the dimensions of a segment", hint, {"found": text[:80]})
    return _whole(text)


def _total(text: str, column: str | None) -> Fault:
    quoted = {part: json.dumps(said, ensure_ascii=False) for part, said in (("text", text), ("column", column or ""))}
    hint = N_(
        'if it means all, declare `names: {{segments: {{{text}: ""}}}}`; otherwise leave such rows out: `leave_out: {{{column}: [{text}]}}`'
    )
    return Fault("{found!r} is a total, not a part", hint, {"found": text[:80], **quoted})


def _whole(text: str) -> str | Fault:
    """A segment as we write it, whatever the order of its dimensions; what names no dimension, as =1+1, is a part as it stands."""
    found = [DIMENSION.fullmatch(piece.strip()) for piece in text.split("|")]
    dimensions = [one["dimension"] for one in found if one]
    if not dimensions:
        return text
    if len(set(dimensions)) < len(found):
        hint = N_("write each dimension once, as age=15-24|sex=women, or declare what it means under `names.segments`")
        return Fault("{found!r} is not a segment", hint, {"found": text[:80]})
    return segments.written({one["dimension"]: one["part"] for one in found if one})
