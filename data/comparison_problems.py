"""What is wrong with how an indicator says that it is compared: what a count is divided by, and who measures it otherwise."""

from collections.abc import Mapping, Sequence

from data.indicators import Indicator
from data.located import at, unknown
from data.places import Place, Trait
from data.problems import N_, Problem
from data.yaml_file import Document

RESIDENTS = "population"


def comparison_problems(
    indicators: Sequence[Indicator], traits: Sequence[Trait], places: Mapping[str, Place], document: Document
) -> list[Problem]:
    """Counts that are divided by nothing known, rates that are divided again, and places that nobody knows."""
    known = {trait.id: trait for trait in traits}
    problems = [problem for i, one in enumerate(indicators) for problem in _divided(one, known, document, ("indicators", i, "compare"))]
    return problems + [
        unknown(document, ("indicators", i, "differs", name), "place", name, places)
        for i, indicator in enumerate(indicators)
        for name in indicator.differs
        if name not in places
    ]


def _divided(indicator: Indicator, traits: Mapping[str, Trait], document: Document, location: tuple) -> list[Problem]:
    if indicator.compare is None:
        return []
    if indicator.kind == "ratio":
        return [at(document, location, N_("a ratio is divided already"), N_("remove `compare`: it is of counts"))]
    if not indicator.is_count:
        hint = N_("remove `compare`: it is of counts; or write `adds_up: true`, where districts add up to their city")
        return [at(document, location, N_("{name!r} is no count, and grows with no city"), hint, name=indicator.id)]
    by, where = indicator.compare.by, (*location, "by")
    if by != RESIDENTS and by not in traits:
        return [unknown(document, where, "trait", by, [RESIDENTS, *traits])]
    return [] if by == RESIDENTS else _no_divisor(traits[by], document, where)


def _no_divisor(trait: Trait, document: Document, where: tuple) -> list[Problem]:
    if trait.kind == "category":
        hint = N_("divide by `population`, or by a trait that is a number")
        return [at(document, where, N_("nothing can be divided by {name!r}, which is a category"), hint, name=trait.id)]
    if trait.indicator is not None:
        hint = N_("write its number of each place under `traits`, and remove `indicator` from the trait")
        return [at(document, where, N_("{name!r} is read from an indicator, and changes with the month"), hint, name=trait.id)]
    return []
