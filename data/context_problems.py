"""What is wrong with what places are compared by: traits, what is told of each place, groups made by hand, classes of size."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from data.indicators import Indicator
from data.located import at, twice, unknown
from data.places import Group, Place, Trait
from data.problems import N_, Problem
from data.yaml_file import Document

RESIDENTS = "population"
"""What a trait may not be called: it is said of every place already."""


def trait_problems(traits: Sequence[Trait], indicators: Mapping[str, Indicator], document: Document) -> list[Problem]:
    """Traits that are given twice, say two things at once, or are read from what a government answers for."""
    problems = twice([trait.id for trait in traits], lambda i: ("traits", i, "id"), document)
    for i, trait in enumerate(traits):
        problems += [at(document, ("traits", i, *part), message, hint) for part, message, hint in _contradictions(trait)]
        problems += _indicator_problems(trait, indicators, document, ("traits", i, "indicator"))
    return problems


def _contradictions(trait: Trait) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What a trait says that does not go together: where, what, and the cure."""
    if trait.id == RESIDENTS:
        hint = N_("remove it: residents are `population:` of each place, and peers are chosen by them anyway")
        yield ("id",), N_("`population` is no trait"), hint
    if trait.kind == "category" and trait.log:
        yield ("log",), N_("a category has no logarithm"), N_("remove `log`, or write `kind: number`")
    if trait.kind == "category" and trait.indicator is not None:
        yield (
            ("indicator",),
            N_("an indicator gives numbers, and this trait is a category"),
            N_("write `kind: number`, or remove `indicator`"),
        )
    if trait.kind == "number" and trait.categories:
        yield ("categories",), N_("a number has no categories"), N_("write `kind: category`, or remove `categories`")


def _indicator_problems(trait: Trait, indicators: Mapping[str, Indicator], document: Document, location: tuple) -> list[Problem]:
    """A trait is read only from an indicator of context: by outcomes those would be alike who do alike."""
    if trait.indicator is None:
        return []
    if trait.indicator not in indicators:
        return [unknown(document, location, "indicator", trait.indicator, indicators)]
    if indicators[trait.indicator].measures == "context":
        return []
    message = N_("peers are chosen by context, and {name!r} does not measure context")
    hint = N_("take another indicator, or write `measures: context` of this one, where no government chose what it measures")
    return [at(document, location, message, hint, name=trait.indicator)]


def told_problems(places: Sequence[Place], traits: Sequence[Trait], document: Document) -> list[Problem]:
    """What places say of themselves that no trait asks for, or of the other kind."""
    known = {trait.id: trait for trait in traits}
    return [
        problem
        for i, place in enumerate(places)
        for name, told in place.traits.items()
        for problem in _told(name, told, known, document, ("places", i, "traits", name))
    ]


def _told(name: str, told: float | str, known: Mapping[str, Trait], document: Document, location: tuple) -> list[Problem]:
    if name not in known:
        return [unknown(document, location, "trait", name, known)]
    trait = known[name]
    if trait.indicator is not None:
        message, hint = N_("{name!r} is read from the indicator {indicator!r}"), N_("remove it here, or remove `indicator` from the trait")
        return [at(document, location, message, hint, name=name, indicator=trait.indicator)]
    if trait.kind == "number":
        return _number(told, trait, document, location)
    if not isinstance(told, str):
        return [at(document, location, "{told} is a number, and {name!r} is a category", "write a word", told=f"{told:g}", name=name)]
    if trait.categories and told not in trait.categories:
        return [unknown(document, location, "category", told, trait.categories)]
    return []


def _number(told: float | str, trait: Trait, document: Document, location: tuple) -> list[Problem]:
    if isinstance(told, str):
        message, hint = N_("{told!r} is a word, and {name!r} is a number"), N_("write digits, or `kind: category` at the trait")
        return [at(document, location, message, hint, told=told, name=trait.id)]
    if trait.log and told <= 0:
        message, hint = N_("{told} has no logarithm, by which {name!r} is compared"), N_("write a number above 0, or remove `log`")
        return [at(document, location, message, hint, told=f"{told:g}", name=trait.id)]
    return []


def group_problems(groups: Sequence[Group], known: Collection[str], document: Document) -> list[Problem]:
    """Groups that are given twice, or name a place twice or one that nothing defines."""
    problems = twice([group.id for group in groups], lambda i: ("groups", i, "id"), document)
    for i, group in enumerate(groups):
        for n, name in enumerate(group.places):
            where = ("groups", i, "places", n)
            if name not in known:
                problems.append(unknown(document, where, "place", name, known))
            if name in group.places[:n]:
                problems.append(at(document, where, "{name!r} is named twice", "name each place once", name=name))
    return problems


def size_problems(sizes: Sequence[int], document: Document) -> list[Problem]:
    """Classes begin above 0, each above the one before."""
    message, hint = N_("{size} is not above {before}"), N_("write the residents at which each class begins, from the smallest up")
    steps = enumerate(pairwise((0, *sizes)))
    return [at(document, ("sizes", i), message, hint, size=size, before=before) for i, (before, size) in steps if size <= before]
