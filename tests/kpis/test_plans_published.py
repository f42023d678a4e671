"""Plans with published results. Where only percentages were published, they are turned into the whole numbers of actions that give them."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kpis.plans.rollup import headlines
from kpis.plans.truth import Truth, truth
from tests.small_plan import DAY, Node, node, tree

PAST = DAY.replace(month=1)
"""An end that has passed, which makes an action late that is not finished."""


def counted(finished: int = 0, started: int = 0, late: int = 0, removal: int = 0, not_started: int = 0) -> Truth:
    """A plan with so many actions in each state."""
    kinds: tuple[tuple[int, dict[str, Any]], ...] = (
        (finished, {"status": "completed", "declared": 100}), (started, {"status": "started"}),
        (late, {"status": "started", "ends": PAST}), (removal, {"status": "removal_proposed"}), (not_started, {"status": "not_started"}),
    )  # fmt: skip
    fields = [each for count, each in kinds for _ in range(count)]
    return truth(tree(node("l"), *(node(f"a{number:04}", "l", **each) for number, each in enumerate(fields))))


def percents(found: Truth) -> dict[str, float]:
    return {state: 100 * count / found.whole["actions"] for state, count in found.counts.items() if count}


def test_sant_boi_2012():
    """872 actions of which 416 are finished: 47.71 % (placiutat.santboi.cat); 40 in difficulty, taken as late here."""
    found = counted(finished=416, late=40, started=872 - 416 - 40)
    assert (found.whole["actions"], found.finished, found.counts["late"]) == (872, 416, 40)
    assert found.finished_share == pytest.approx(47.71, abs=0.005)
    assert headlines(found.tree).filter(method="finished_only")["declared"][0] == pytest.approx(47.71, abs=0.005)


def test_sant_boi_2012_weighted_by_hand():
    """After one year of four the published result is 17.57 % with weights, 70.61 / 4 = 17.65 % without.

    Of the 10 commitments and 33 objectives only these two results were published, neither their own nor their weights. So ten commitments
    half a point apart get weights that fall evenly as their results rise, as steeply as it takes to come from one result to the other.
    """
    plain, weighted = 70.61 / 4, 17.57
    values = [plain + 0.5 * (number - 4.5) for number in range(10)]  # ten commitments around the published mean
    slope = (weighted - plain) / sum((number - 4.5) ** 2 * 0.5 for number in range(10))
    weights = [10 + 100 * slope * (number - 4.5) for number in range(10)]
    commitments = [node(f"c{number}", weight=weights[number]) for number in range(10)]
    objectives = [node(f"c{number % 10}-{number}", f"c{number % 10}", declared=values[number % 10]) for number in range(33)]
    found = truth(tree(*commitments, *objectives, weights="manual"))
    assert found.whole["declared"] == pytest.approx(17.57, abs=0.005)
    equal = [node(each.key, weight=1.0) for each in commitments]
    assert truth(tree(*equal, *objectives, weights="manual")).whole["declared"] == pytest.approx(17.65, abs=0.005)


def test_sabadell_2016():
    """816 actions: 68.5 % finished or on schedule, 28 % late, 3.4 % proposed for removal (cridapersabadell.cat).

    Only percentages were published: 559, 229 and 28 actions give them and add up to 816. How the 559 divide was not, so half are finished.
    """
    found = counted(finished=280, started=279, late=229, removal=28)
    shares = percents(found)
    assert found.whole["actions"] == 816
    assert shares["completed"] + shares["started"] == pytest.approx(68.5, abs=0.05)
    assert shares["late"] == pytest.approx(28, abs=0.5)
    assert shares["removal_proposed"] == pytest.approx(3.4, abs=0.05)


def test_alella_2015_to_2019():
    """115, 24 and 22 of 161 actions: 71, 15 and 14 % (alella.cat): done, begun, not begun."""
    shares = percents(counted(finished=115, started=24, not_started=22))
    assert [round(shares[state]) for state in ("completed", "started", "not_started")] == [71, 15, 14]


def gobierto(path: Path) -> list[Node]:
    """A Gobierto plan read plainly: three columns of levels, then the action. A row is an action, whatever it is called."""
    statuses = {"Finalitzat": "completed", "En Marxa": "started", "Iniciat": "started", "": None}
    nodes: dict[str, Node] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            parent = None
            for level in range(3):
                key = "|".join([*([parent] if parent else []), row[f"Level {level}"]])
                nodes.setdefault(key, node(key, parent))
                parent = key
            told = row["Node.Progress"].rstrip("%")
            declared = float(told) if told else None
            key = f"{parent}|{number}"
            nodes[key] = node(key, parent, declared=declared, status=statuses[row["Node.Status"]])
    return list(nodes.values())


def test_the_real_plan_of_247_actions(shared: Path):
    """81.97 % is the mean of what is declared, 40.08 % are finished; one row declares nothing, and counted as 0 the mean is 81.64 %."""
    found = truth(tree(*gobierto(shared / "data/public/plan_small_samples/gobierto_plan2.csv")))
    rows = {row["method"]: row for row in headlines(found.tree).iter_rows(named=True)}
    assert (found.whole["actions"], found.finished, found.whole["undeclared"], found.whole["proved"]) == (247, 99, 1, 0)
    assert rows["mean"]["declared"] == pytest.approx(81.97, abs=0.005)
    assert rows["finished_only"]["declared"] == pytest.approx(40.08, abs=0.005)
    assert found.whole["declared"] * 246 / 247 == pytest.approx(81.64, abs=0.005)


def decidim(children: Sequence[tuple[float, float]]) -> float:
    """A result's progress from its children's progress and weight, as Decidim adds it: weights are taken for parts of one."""
    return sum(progress * weight for progress, weight in children)


def test_weights_that_do_not_add_up_to_one_are_no_fault_of_the_parent():
    """Where two children at 50 % weigh 1 each, a plain sum says 100 %. Ours divides by the weights."""
    children = [(50.0, 1.0), (50.0, 1.0)]
    nodes = [node(f"a{number}", "l", declared=progress, weight=weight) for number, (progress, weight) in enumerate(children)]
    assert decidim(children) == 100
    assert truth(tree(node("l"), *nodes, weights="manual")).whole["declared"] == 50
