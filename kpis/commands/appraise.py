"""before deciding: the options of a policy weighed by money, effect and criteria, with what could go wrong and who gains

example: python -m kpis appraise kpis/options/fast_buses.yaml
         python -m kpis appraise options.yaml --json
"""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data import definitions as definition_files
from data.command_line import Answer
from data.facts import Facts, current
from data.home import Home
from data.model import say
from data.problems import NotPossibleNow
from kpis import catalogue
from kpis.appraisals import cost_benefit, reading
from kpis.appraisals.conclusion import advised, cautions, conclusion
from kpis.appraisals.cost_benefit import Worth
from kpis.appraisals.distribution import Distribution, Leaning
from kpis.appraisals.evaluability import Evaluability
from kpis.appraisals.multi_criteria import DRAWS, SEED, MultiCriteria
from kpis.appraisals.risks import Rated
from kpis.appraisals.weighing import Weighed, weigh

EMPTY = {"appraisal": None, "best": None, "conclusion": []}


def add(parser: argparse.ArgumentParser) -> None:
    """One appraisal, in any folder; what is known around it comes from the home."""
    parser.add_argument("file", type=Path, metavar="FILE", help="an appraisal, as kpis/options/*.yaml")


def run(told: argparse.Namespace) -> Answer:
    """Refused where something in the file is wrong: nothing doubtful is weighed."""
    home = Home.here()
    definitions = definition_files.load(home)
    appraisal = reading.read(told.file, definitions)
    found = weigh(appraisal, definitions, catalogue.load(home, definitions), _facts(home))
    return Answer(_json(found), _words(found, definitions.city.currency))


def _facts(home: Home) -> Facts | None:
    """What is loaded; nothing where it cannot be read now: options are weighed all the same."""
    try:
        return current(home)
    except NotPossibleNow:
        return None


def _json(found: Weighed) -> dict[str, Any]:
    worths = found.worths
    return {
        "appraisal": found.appraisal.appraisal,
        "best": advised(found),
        "conclusion": [str(part) for part in conclusion(found)],
        "cautions": [str(part) for part in cautions(found)],
        "rate": worths and worths.rate,
        "base_year": worths and worths.base_year,
        "cost_benefit": [_worth(worth) for worth in worths.worths] if worths else [],
        "cost_effectiveness": [asdict(one) for one in found.effects],
        "multi_criteria": _criteria(found.criteria) if found.criteria else None,
        "risks": [_risk(one) for one in found.risks],
        "distribution": [_groups(one) for one in found.groups],
        "evaluability": _evaluability(found.evaluability),
    }


def _worth(worth: Worth) -> dict[str, Any]:
    return {
        "option": worth.option,
        "costs": worth.costs,
        "benefits": worth.benefits,
        "npv": worth.net,
        "bcr": worth.ratio,
        "irr": worth.returns.rates[0] if worth.returns.kind == "one" else None,
        "irr_kind": worth.returns.kind,
        "payback": worth.payback,
        "costs_may_rise": worth.costs_may_rise,
        "benefits_may_fall": worth.benefits_may_fall,
        "npv_by_rate": dict(zip(map(str, cost_benefit.RATES), worth.by_rate, strict=True)),
        "npv_swings": dict(zip(("costs-20", "costs+20", "benefits-20", "benefits+20"), worth.swings, strict=True)),
    }


def _criteria(found: MultiCriteria) -> dict[str, Any]:
    return {
        "weights": found.weights,
        "scores": {ranking.method: ranking.scores for ranking in found.rankings},
        "winners": {ranking.method: ranking.winners for ranking in found.rankings},
        "shares": found.shares,
        "draws": DRAWS,
        "seed": SEED,
        "flips": [asdict(flip) for flip in found.flips],
    }


def _risk(one: Rated) -> dict[str, Any]:
    told = one.risk.model_dump()
    return {"number": one.number, "score": one.score, "level": one.level, "lacking": one.lacking, **told}


def _groups(found: Distribution) -> dict[str, Any]:
    parts = [{"group": say(part.group.name, "en"), "gains": part.gains, "pays": part.pays, "each": part.each} for part in found.parts]
    return {"option": found.option, "groups": parts, "gains": _leaning(found.gains), "pays": _leaning(found.pays)}


def _leaning(found: Leaning | None) -> dict[str, float] | None:
    return asdict(found) if found else None


def _evaluability(found: Evaluability) -> dict[str, Any]:
    checks = [{"check": check.name, "answer": check.answer, "why": str(check.why)} for check in found.checks]
    return {"points": found.points, "of": len(found.checks), "checks": checks}


def _words(found: Weighed, currency: str) -> str:
    """The same for people: what it comes to, a line for each option, what to know before."""
    lines = [f"{say(found.appraisal.name, 'en')}: {'; '.join(str(part) for part in conclusion(found))}", ""]
    lines += [_option(found, option.id, currency) for option in found.appraisal.options]
    lines += ["", *(f"but {caution}" for caution in cautions(found))]
    ready = found.evaluability
    lines += [f"can be evaluated later: {ready.points:g} of {len(ready.checks)}"]
    return "\n".join([*lines, *(f"    {check.question} {check.why}" for check in ready.missing)])


def _option(found: Weighed, option: str, currency: str) -> str:
    """Name, worth, score and share of one option."""
    said = [say(found.appraisal.option(option).name, "en").ljust(32)]
    worth = found.worth(option)
    if worth is not None:
        said.append(f"worth {worth:,.0f} {currency}".rjust(26))
    if found.criteria:
        said.append(f"criteria {found.criteria.rankings[0].scores[option]:.2f}, best under {found.criteria.shares[option]:.0%} of weights")
    return "  ".join(said)
