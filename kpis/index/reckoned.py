"""An index reckoned, whether it reads a table or the home's own figures."""

from data.definitions import Definitions
from data.facts import Facts
from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.index import from_facts, from_table
from kpis.index.building import build
from kpis.index.built import Built
from kpis.index.reading import Written


def reckoned(asked: Written, facts: Facts | None, catalogue: Catalogue, definitions: Definitions, month: Month | None = None) -> Built:
    """An index that was settled (`at_home.settled`), of the home's figures as they stood at a month: the newest, unless named.

    Raises Refused with every problem.
    """
    of_the_home = asked.recipe.of_the_home
    figures = from_facts.figures(asked, facts, catalogue, definitions, month) if of_the_home else from_table.figures(asked)
    return build(asked, figures)
