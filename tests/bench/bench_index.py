"""The doubt of an index of 1,000 places and 100 indicators in 10,000 draws, beside the same draws one after another.

    python -m tests.bench.bench_index

The reference takes the figures of each draw through all steps and levels and ranks them, as somebody without kpis/index/scoring.py would:
nothing but scores and ranks, without what `build` refuses or flags. Fifty draws of it are timed and scaled: all of them would take minutes.
Ours also stands beside the ten seconds that were promised for all draws, with the intervals, the tiers and who stands before whom.
All of it is time of the CPU: one run of each is long, and a busy machine slows one more than the other.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import yaml

from data.yaml_file import read_yaml
from kpis.index.building import build
from kpis.index.combining import combined
from kpis.index.doubting import doubted
from kpis.index.drawing import Draws, draws
from kpis.index.from_table import figures
from kpis.index.levels import members
from kpis.index.ranking import ranks, rounded
from kpis.index.reading import Written, written
from kpis.index.scoring import Scoring
from kpis.index.stepping import stepped
from tests.bench.figure import Figure, table

PLACES, INDICATORS, PARTS, DRAWS, TIMED = 1_000, 100, 10, 10_000, 50
DOUBT = {"draws": DRAWS, "weights": 0.25, "normalise": ["minmax", "zscore", "percentile"], "combine": ["arithmetic", "geometric"]}
AIM = 1 / 20
PROMISED = 10_000


def measure() -> list[Figure]:
    """Ours beside the loop, both for all draws."""
    with tempfile.TemporaryDirectory() as folder:
        told = _written(Path(folder))
        index = build(told, figures(told))
        some, scoring = next(draws(index, TIMED, TIMED)), Scoring(index)
        ours_ms = _cpu_ms(lambda: doubted(index, own="p7"))
        loop_ms = _cpu_ms(lambda: [_one_draw(scoring, some, draw) for draw in range(TIMED)])
    what = "doubt of 1,000 places by 100 indicators in 10,000 draws"
    return [
        Figure(f"{what}, beside one draw after another", ours_ms, loop_ms * DRAWS / TIMED, AIM),
        Figure(f"{what}, beside the ten seconds promised", ours_ms, PROMISED, 1),
    ]


def _cpu_ms(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return 1000 * (time.process_time() - began)


def _written(folder: Path) -> Written:
    chance = np.random.default_rng(1)
    values = 50 + 10 * (0.5 * chance.normal(size=(PLACES, 1)) + chance.normal(size=(PLACES, INDICATORS)))
    names = [f"i{column}" for column in range(INDICATORS)]
    rows = [",".join([f"p{place}", *(f"{value:.4f}" for value in row)]) for place, row in enumerate(values.tolist())]
    (folder / "places.csv").write_text("\n".join([",".join(["place", *names]), *rows]) + "\n", encoding="utf-8")
    levels = [{"name": f"part{part}", "of": names[part::PARTS]} for part in range(PARTS)]
    recipe = {
        "index": "many", "table": "places.csv", "indicators": [{"name": name, "column": name} for name in names],
        "levels": [*levels, {"name": "whole", "of": [level["name"] for level in levels]}], "doubt": DOUBT,
    }  # fmt: skip
    path = folder / "many.yaml"
    path.write_text(yaml.safe_dump(recipe, sort_keys=False), encoding="utf-8")
    return written(read_yaml(path, path.name), path)


def _one_draw(scoring: Scoring, some: Draws, draw: int) -> object:
    """The one-draw function: scores and ranks of the recipe that the draw writes."""
    normalise, combine, missing = some.kind[draw].tolist()
    recipe, found = scoring.recipe(scoring.settled((normalise, combine, missing))), scoring.built.figures
    normalised, parts = stepped(recipe, found, found.values)["normalised"], {}
    for level in recipe.levels:
        parts[level.name] = combined(members(level, recipe, normalised, parts), some.weights[level.name][draw], level.combine)
    return ranks(rounded(parts[recipe.top.name], recipe.round))


if __name__ == "__main__":
    print(table(measure()))
