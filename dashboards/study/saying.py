"""A study in sentences, the first of which a mayor understands: how much, between what, for better or worse, and how sure that is."""

from dataclasses import replace

from dashboards import formats
from dashboards.study.shown import Shown
from dashboards.study.verdicts import LOOKS, REFUSED
from dashboards.words import Words, translator
from data.problems import Problem
from kpis.score import Reason, Said

SAID_FIRST = ("clear_effect", "likely_effect", "no_detectable_effect")
"""Verdicts whose first reason is the effect itself, which is said in words of our own."""


def headline(shown: Shown) -> str:
    """What was found, in one or two sentences."""
    _, effect = translator(shown.session.locale), shown.effect
    if effect is None or shown.kind == REFUSED:
        return _("{outcome}: it cannot be told yet whether it worked.", outcome=shown.outcome.name)
    if shown.kind == "cannot_tell":
        return _("{outcome}: from these figures it cannot be told whether it worked.", outcome=shown.outcome.name)
    if shown.kind == "no_detectable_effect":
        return _("{outcome}: no effect can be detected.", outcome=shown.outcome.name)
    told = {"outcome": shown.outcome.name, "more": shown.outcome.more(effect.estimate), "between": _between(shown)}
    said = _("{outcome}: {more} than there would have been without it{between}.", **told)
    return f"{said} {verdict(shown, _)}"


def difference(shown: Shown) -> str:
    """The estimate and its interval where no effect is claimed."""
    _, effect = translator(shown.session.locale), shown.effect
    if effect is None:
        return ""
    more = shown.outcome.more(effect.estimate)
    return _("The difference found is {more}{between}, which chance alone may bring.", more=more, between=_between(shown))


def verdict(shown: Shown, _: Words) -> str:
    """A clear effect, for the better."""
    said, gained = _(LOOKS[shown.kind].sentence), shown.gained
    if gained is None:
        return _("{verdict}.", verdict=said)
    return _("{verdict}, for the better.", verdict=said) if gained else _("{verdict}, for the worse.", verdict=said)


def direction(shown: Shown) -> str:
    """Better or worse, for a table; what no effect is claimed of is neither."""
    _, gained = translator(shown.session.locale), shown.gained
    if gained is None or shown.kind not in ("clear_effect", "likely_effect"):
        return ""
    return _("better") if gained else _("worse")


def reasons(shown: Shown) -> list[str]:
    """Why the verdict is what it is; of a refused study why it is refused. What the headline says already is left out."""
    if shown.verdict is None or shown.effect is None:
        return [_sentence(each, shown) for each in shown.answer.refused]
    first = [difference(shown)] if shown.kind == "no_detectable_effect" else []
    return first + [_sentence(each, shown) for each in shown.verdict.because[shown.kind in SAID_FIRST :]]


def needed(shown: Shown) -> str:
    """What would be needed to tell; "" where it can be told."""
    found = shown.verdict.needed if shown.verdict else None
    return _sentence(found, shown) if found else ""


def doubts(shown: Shown) -> list[str]:
    """The things that could make it wrong, the likeliest first."""
    return [_sentence(each, shown) for each in shown.verdict.doubts] if shown.verdict else []


def reason(said: Reason | Problem, locale: str) -> str:
    return translator(locale).problem(said) if isinstance(said, Problem) else formats.reason(said, locale)


def _with_names(said: Reason | Problem, shown: Shown) -> Reason | Problem:
    """The same with the names of the places whose ids are in it, and of the periods."""
    return replace(said, values={name: _named(value, shown) for name, value in said.values.items()})


def _named(value: object, shown: Shown) -> object:
    """A place by its name and a period of the study by its own: January 2025; all else as it is."""
    written = value.text if isinstance(value, Said) else value
    if not isinstance(written, str):
        return value
    return shown.calendar.name(written) if written in shown.calendar.labels else shown.place(written)


def _sentence(said: Reason | Problem, shown: Shown) -> str:
    """A reason, which begins small and ends without a point, as a sentence."""
    told = formats.sentence(reason(_with_names(said, shown), shown.session.locale))
    return told if told.endswith(".") else f"{told}."


def _between(shown: Shown) -> str:
    """The interval after a comma; "" where there is none."""
    effect = shown.effect
    if effect is None or effect.low is None or effect.high is None:
        return ""
    return f" ({shown.outcome.between(effect.low, effect.high)})"
