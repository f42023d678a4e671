"""Levels of an index that do not make one tree, and weights that do not make one whole."""

import math
from collections.abc import Iterator, Mapping

from data.located import at, near
from data.problems import N_, Problem
from data.yaml_file import Document
from kpis.index.recipe import Budget, Level, Recipe

WHOLE = (1.0, 100.0)
"""What given weights sum to: as shares, or in per cent."""
CLOSE = 1e-6


def of_levels(recipe: Recipe, document: Document) -> Iterator[Problem]:
    """What is wrong with the levels, from the bottom up."""
    known, used = set(recipe.names), dict[str, str]()
    for place, level in enumerate(recipe.levels):
        for number, name in enumerate(level.of):
            location = ("levels", place, "of", number)
            if name not in known:
                yield _stranger(name, level, known, recipe, location, document)
            elif name in used:
                hint = N_("keep it in one of them: it would count twice")
                yield at(document, location, N_("{name} is in {level} already"), hint, name=name, level=used[name])
            used.setdefault(name, level.name)
        known.add(level.name)
        yield from _weights(level, place, recipe, document)
    yield from _left_over(recipe, used, document)


def _stranger(name: str, level: Level, known: set[str], recipe: Recipe, location: tuple, document: Document) -> Problem:
    if name == level.name:
        return at(document, location, N_("the level {name} is made of itself"), N_("name the parts that it is made of"), name=name)
    if name in {each.name for each in recipe.levels}:
        hint = N_("write the levels from the bottom up: {name} above {level}")
        return at(document, location, N_("{name} comes after {level} in the file"), hint, name=name, level=level.name)
    hint = N_("write {near}, or define it first")
    return at(document, location, N_("{name!r} is neither an indicator nor a level of this index"), hint, name=name, near=near(name, known))


def _left_over(recipe: Recipe, used: Mapping[str, str], document: Document) -> Iterator[Problem]:
    """Everything but the last level is in some other level."""
    for place, one in enumerate(recipe.indicators):
        if one.name not in used:
            hint = N_("name it in a level, or remove it")
            yield at(document, ("indicators", place), N_("{name} is in no level"), hint, name=one.name)
    for place, level in enumerate(recipe.levels[:-1]):
        if level.name not in used:
            hint = N_("name it in a level below it in the file, or remove it: the last level is the index")
            yield at(document, ("levels", place), N_("{name} is in no level"), hint, name=level.name)


def _weights(level: Level, place: int, recipe: Recipe, document: Document) -> Iterator[Problem]:
    yield from _own_weights(level, place, recipe, document)
    if isinstance(level.weights, str):
        return
    points = isinstance(level.weights, Budget)
    given = level.weights.budget if isinstance(level.weights, Budget) else level.weights
    location = ("levels", place, "weights", "budget") if points else ("levels", place, "weights")
    for name, weight in given.items():
        if name not in level.of:
            message, hint = N_("{name} is no part of {level}"), N_("write {near}")
            yield at(document, (*location, name), message, hint, name=name, level=level.name, near=near(name, level.of))
        if not weight >= 0 or math.isinf(weight):
            hint = N_("write zero or more; what counts against a place has `direction: lower`")
            yield at(document, (*location, name), N_("the weight of {name} is below zero"), hint, name=name)
    for name in level.of:
        if name not in given:
            hint = N_("give it one, zero where it is not to count")
            yield at(document, location, N_("{name} has no weight in {level}"), hint, name=name, level=level.name)
    yield from _sum(sum(given.values()), points, level, location, document)


def _sum(total: float, points: bool, level: Level, location: tuple, document: Document) -> Iterator[Problem]:
    if points and total <= 0:
        hint = N_("give points to one part or more")
        yield at(document, location, N_("no part of {level} was given any points"), hint, level=level.name)
    elif not points and not any(math.isclose(total, whole, rel_tol=CLOSE) for whole in WHOLE):
        hint = N_("write shares that sum to 1, per cent that sum to 100, or points under `budget:`")
        yield at(document, location, N_("the weights of {level} sum to {total:g}"), hint, level=level.name, total=total)


def _own_weights(level: Level, place: int, recipe: Recipe, document: Document) -> Iterator[Problem]:
    """The weights that indicators say themselves: not all nothing, and not beside what the level says."""
    own = [one for one in recipe.indicators if one.name in level.of]
    if "weights" in level.model_fields_set and any(one.weight != 1 for one in own):
        hint = N_("remove `weights` of the level, or `weight` of its indicators")
        message = N_("{level} weighs its parts, and an indicator of it says its own weight")
        yield at(document, ("levels", place, "weights"), message, hint, level=level.name)
    elif len(own) == len(level.of) and not any(one.weight for one in own):
        hint = N_("give one of its parts a weight")
        yield at(document, ("levels", place), N_("no part of {level} weighs anything"), hint, level=level.name)
