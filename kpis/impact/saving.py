"""Where the city's studies are written from the panel."""

from data.home import Home
from data.problems import N_
from kpis.saving import Shelf

GONE = N_("there is no such study any more"), N_("look at the list of studies")


def studies(home: Home) -> Shelf:
    """The home's studies, each in a file of its id."""
    return Shelf(home, home.studies, "keep_study", "study", GONE)
