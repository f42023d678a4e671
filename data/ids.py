"""Ids for things that so far only have a name for people."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80
"""As many characters as an id may have."""


def id_of(name: str, taken: Collection[str]) -> str:
    """An id for a name, not taken yet: id_of("San José-Sunnyvale, CA", ()) == "san_jose_sunnyvale_ca"."""
    plain = unicodedata.normalize("NFKD", name.replace("%", " percent ").replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") or "unnamed"
    start = words if words[0].isalpha() else f"n_{words}"
    start = start[:LONGEST].rstrip("_")
    found, number = start, 1
    while found in taken:
        number += 1
        ending = f"_{number}"
        found = start[: LONGEST - len(ending)].rstrip("_") + ending
    return found
