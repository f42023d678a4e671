"""What is wrong with an appraisal that could be read: each fault at its line, with its cure. Nothing doubtful is ever ranked."""

from collections.abc import Iterable

from data.definitions import Definitions, at, twice, unknown
from data.problems import N_, Problem
from data.yaml_file import Document
from kpis.appraisals.appraisal import Appraisal

LOOSE = 0.002
"""By how much weights may miss 1, so that three thirds may be written .333."""
FRACTION = 0.5
"""Percent: a rate above zero and below it was meant as a share, such as 0.04 for 4 %."""


def faults(told: Appraisal, document: Document, definitions: Definitions) -> list[Problem]:
    """Every fault of one appraisal, in the order of the rules below."""
    rules = (_options, _something, _rate, _flows, _effects, _criteria, _scores, _risks, _groups, _indicator)
    return [fault for rule in rules for fault in rule(told, document, definitions)]


def _options(told: Appraisal, document: Document, _: Definitions) -> Iterable[Problem]:
    yield from twice([option.id for option in told.options], lambda n: ("options", n, "id"), document)
    idle = [n for n, option in enumerate(told.options) if option.nothing]
    if not idle:
        hint = N_("add an option with `nothing: true`: going on as so far is always possible")
        yield at(document, ("options",), N_("doing nothing is not among the options"), hint)
    for n in idle[1:]:
        yield at(document, ("options", n, "nothing"), N_("two options do nothing"), N_("keep one of them"))
    if len(told.options) < 2:
        yield at(document, ("options",), N_("there is nothing to choose from"), N_("add an option beside doing nothing"))


def _something(told: Appraisal, document: Document, _: Definitions) -> Iterable[Problem]:
    if not (told.years or told.criteria or any(option.effect is not None for option in told.options)):
        hint = N_("add `flows` to the options, or criteria and scores")
        yield at(document, ("options",), N_("nothing is said of the options by which they could be weighed"), hint)


def _rate(told: Appraisal, document: Document, definitions: Definitions) -> Iterable[Problem]:
    if told.rate is not None and 0 < told.rate < FRACTION:
        hint = N_("write percent: {percent:g} for {percent:g} %")
        yield at(document, ("rate",), N_("a rate of {rate:g} % looks like a share"), hint, rate=told.rate, percent=100 * told.rate)
    if told.years and told.rate is None and definitions.city.social_rate is None:
        hint = N_("add `rate:` here, or `social_rate:` to data/city.yaml, in percent")
        yield at(document, (), N_("no social rate of discount is declared"), hint)


def _flows(told: Appraisal, document: Document, _: Definitions) -> Iterable[Problem]:
    """All options have the same years, each once; doing nothing may leave them out where it costs and brings nothing."""
    for n, option in enumerate(told.options):
        years = [flow.year for flow in option.flows]
        for number, year in enumerate(years):
            if year in years[:number]:
                yield at(document, ("options", n, "flows", number, "year"), N_("{year} is given twice"), N_("keep one"), year=str(year))
        if option.nothing and not years:
            continue
        missing = [str(year) for year in told.years if year not in years]
        if missing and not years:
            hint = N_("add `flows:` with a line for each year, as the others have")
            yield at(document, ("options", n), N_("{name!r} has no flows, and cannot be held against the others"), hint, name=option.id)
        elif missing:
            hint = N_("give all options the same years: a longer horizon alone looks like a gain")
            message = N_("{name!r} lacks the years {years}, which others have")
            yield at(document, ("options", n, "flows"), message, hint, name=option.id, years=", ".join(missing))


def _effects(told: Appraisal, document: Document, _: Definitions) -> Iterable[Problem]:
    given = [option for option in told.options if option.effect is not None]
    if given and told.outcome is None:
        hint = N_("add `outcome:` with its name and its unit")
        yield at(document, ("options",), N_("effects are given, and nothing says what they are counted in"), hint)
    if given and not told.years:
        hint = N_("add `flows:`: an effect is held against what it costs")
        yield at(document, ("options",), N_("effects are given without costs"), hint)
    for n, option in enumerate(told.options):
        if given and option.effect is None and not option.nothing:
            hint = N_("add `effect:`, or leave it out of all")
            yield at(document, ("options", n), N_("{name!r} has no effect, which others have"), hint, name=option.id)
        if option.nothing and option.effect:
            hint = N_("leave it out: effects are counted from doing nothing")
            yield at(document, ("options", n, "effect"), N_("doing nothing has no effect of its own"), hint)


def _criteria(told: Appraisal, document: Document, _: Definitions) -> Iterable[Problem]:
    yield from twice([criterion.id for criterion in told.criteria], lambda n: ("criteria", n, "id"), document)
    total = sum(criterion.weight for criterion in told.criteria)
    if told.criteria and abs(total - 1) > LOOSE:
        hint = N_("change them so that they do")
        yield at(document, ("criteria",), N_("the weights sum to {total:g}, not to 1"), hint, total=round(total, 4))
    for n, criterion in enumerate(told.criteria):
        values = [option.scores[criterion.id] for option in told.options if criterion.id in option.scores]
        if len(values) == len(told.options) > 1 and len(set(values)) == 1:
            hint = N_("leave it out, and give its weight to the others")
            message = N_("all options score the same on {name!r}: it decides nothing")
            yield at(document, ("criteria", n), message, hint, name=criterion.id)


def _scores(told: Appraisal, document: Document, _: Definitions) -> Iterable[Problem]:
    known = [criterion.id for criterion in told.criteria]
    for n, option in enumerate(told.options):
        for name in option.scores:
            if name not in known:
                yield unknown(document, ("options", n, "scores", name), N_("criterion"), name, known)
        missing = [name for name in known if name not in option.scores]
        if missing:
            hint = N_("add them under `scores:`; a gap is never taken for zero")
            message = N_("{name!r} has no score on {missing}")
            yield at(document, ("options", n), message, hint, name=option.id, missing=", ".join(missing))


def _risks(told: Appraisal, document: Document, definitions: Definitions) -> Iterable[Problem]:
    options = [option.id for option in told.options]
    for n, risk in enumerate(told.risks):
        if risk.option is not None and risk.option not in options:
            yield unknown(document, ("risks", n, "option"), N_("option"), risk.option, options)
        if risk.owner is not None and risk.owner not in definitions.area:
            yield unknown(document, ("risks", n, "owner"), N_("area"), risk.owner, definitions.area)


def _groups(told: Appraisal, document: Document, _: Definitions) -> Iterable[Problem]:
    options = [option.id for option in told.options]
    for n, group in enumerate(told.groups):
        for key, amounts in (("gains", group.gains), ("pays", group.pays)):
            for name, amount in amounts.items():
                if name not in options:
                    yield unknown(document, ("groups", n, key, name), N_("option"), name, options)
                elif amount < 0:
                    hint = N_("write what a group gains under `gains`, and what it pays under `pays`")
                    yield at(document, ("groups", n, key, name), N_("an amount below zero"), hint)
        ordered = any(one.income is not None for one in told.groups)
        if ordered and (group.income is None or group.people is None):
            hint = N_("give both to every group, or no income to any")
            yield at(document, ("groups", n), N_("a group lacks its income or its people, and others have them"), hint)


def _indicator(told: Appraisal, document: Document, definitions: Definitions) -> Iterable[Problem]:
    if told.indicator is not None and told.indicator not in definitions.indicator:
        yield unknown(document, ("indicator",), N_("indicator"), told.indicator, definitions.indicator)
