"""What the page of an index draws, made once and kept: the words and numbers of all places take longer than all else on the page.

Each goes by a key (`key_of`), which whoever draws asks for once. Only of an index that is saved: nothing here tells two drafts of one
index apart.
"""

from collections.abc import Hashable

from dashboards.index import first as first_screen
from dashboards.index import heat, known, mapping, method, plot, sureness
from dashboards.index.mapping import Map
from dashboards.index.reckoning import Reckoned
from dashboards.index.shown import Shown
from dashboards.kept import kept
from dashboards.palette import Palette
from dashboards.practices import known as practices
from data import boundaries

WARMED = 64
"""Drawings of each kind held in memory."""


def key_of(shown: Shown, as_of: Hashable) -> Hashable:
    """Changes with all that an index is drawn of, which is more than what it is reckoned of (known.as_of)."""
    return shown.session.key, as_of, practices.stamp(shown.session)


def _by_key(key: Hashable, _shown: Shown) -> Hashable:
    return key


@kept(WARMED, by=_by_key)
def first(_key: Hashable, shown: Shown) -> bytes:
    return first_screen.screen(shown).encode()


@kept(WARMED, by=_by_key)
def places(_key: Hashable, shown: Shown) -> bytes:
    return f"{plot.table(shown)}{heat.table(shown)}".encode()


@kept(WARMED, by=lambda key, shown, shades: (key, shades, boundaries.stamp_of(shown.session.home)))
def on_the_map(_key: Hashable, shown: Shown, shades: Palette) -> Map:
    return mapping.made(shown, shades)


@kept(WARMED, by=lambda key, _shown, _found: key)
def sure(_key: Hashable, shown: Shown, found: Reckoned) -> bytes:
    return sureness.first(shown, known.removed(shown.session, found)).encode()


@kept(WARMED, by=lambda key, _shown, _found: key)
def shares(_key: Hashable, shown: Shown, found: Reckoned) -> bytes:
    told = known.sensitivity(shown.session, found)
    return sureness.shares(shown, told).encode() if told else b""


@kept(WARMED, by=_by_key)
def sheet(_key: Hashable, shown: Shown) -> bytes:
    return method.sheet(shown).encode()
