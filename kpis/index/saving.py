"""Where the city's indices are written from the panel."""

from data.home import Home
from data.problems import N_
from kpis.saving import Shelf

GONE = N_("there is no such index any more"), N_("look at the list of indices")


def indices(home: Home) -> Shelf:
    """The home's indices, each in a file of its id."""
    return Shelf(home, home.indices, "keep_index", "index", GONE)
