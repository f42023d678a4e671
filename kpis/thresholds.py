"""From which value of its indicator a goal would have each status."""

from collections.abc import Iterator, Mapping
from math import isclose

from kpis.accumulation import form, scale
from kpis.attainment import EQUAL
from kpis.bands import cut
from kpis.definition import EXCEEDED, Target
from kpis.score import Score, Status


def thresholds(score: Score) -> dict[Status, float | None]:
    """From which value each status would hold; None where none would, and where a better status holds there already.

    Raises AssertionError where nothing is due.
    """
    return dict(_in_order(score, _every(score)))


def upwards(score: Score) -> bool:
    """Whether a status holds from a value on upwards; of a range, seen from the end that is nearer to the value."""
    target = score.aim.target
    if target is None or not target.range or score.value is None:
        return score.kpi.sign >= 0
    return _nearer_low(target, score.value)


def measured_from(score: Score) -> float | None:
    """What a way is measured from: the baseline, or where last year ended."""
    if score.counted.accumulation == "reduction_annual":
        return score.base
    return score.aim.baseline.value if score.aim.baseline else None


def target_in_force(score: Score) -> float:
    """The target in force: of a flow, this year's."""
    assert score.aim.target is not None
    return score.aim.target.value if score.target_now is None else score.target_now


def way_of(score: Score) -> tuple[float, float] | None:
    """Where the way that is measured begins and ends; None where it has no length."""
    base, target = measured_from(score), score.aim.target
    end = score.due if score.kpi.basis == "on_schedule" else target and target_in_force(score)
    if base is None or end is None or isclose(end, base, rel_tol=EQUAL):
        return None
    return base, end


def form_of(score: Score) -> str:
    """Which formula gives its attainment."""
    return form(score.kpi, score.counted)


def _every(score: Score) -> dict[Status, float | None]:
    bands, due = score.bands, score.due
    assert score.aim.target is not None and due is not None
    if score.aim.target.range:
        return _range_thresholds(score)
    target = target_in_force(score)
    reached = target - score.kpi.sign * (score.kpi.tolerance or 0.0)
    found: dict[Status, float | None] = {"exceeded": _exceeded_from(score, target), "reached": reached}
    if score.counted.sums and score.kpi.sign < 0:
        found = {"exceeded": None, "reached": None}  # a sum that must stay low is not settled before its end
    asked = target if score.kpi.basis in ("progress", "performance") else due
    if bands is None or score.kpi.attainment == "binary":
        eased = asked - score.kpi.sign * _room(score)
        return {**found, "on_track": None if asked == target else eased, "at_risk": None}
    if score.widened:
        return {**found, **{status: None if edge is None else _from(score, asked, edge) for status, edge in _widened_cuts(score)}}
    on_track = _eased(score, _from(score, asked, bands.on_track), asked)
    at_risk = _from(score, asked, bands.at_risk)
    if on_track is not None and score.kpi.smallest_difference:
        at_risk = _worse(score, at_risk, on_track - score.kpi.sign * score.kpi.smallest_difference)
    return {**found, "on_track": on_track, "at_risk": at_risk}


def _widened_cuts(score: Score) -> tuple[tuple[Status, float | None], ...]:
    """From which number of their own the widened bands of a list give each status."""
    return ("on_track", cut(score.widened, "on_track")), ("at_risk", cut(score.widened, "at_risk"))


def _in_order(score: Score, found: Mapping[Status, float | None]) -> Iterator[tuple[Status, float | None]]:
    """Without a value that would already have a better status."""
    best = None
    for status, value in found.items():
        past = value is not None and best is not None and _outwards(score) * (value - best) > 0
        yield status, None if past else value
        best = best if past or value is None else value


def _outwards(score: Score) -> int:
    """Where better values lie; of a range, inwards from the value's side."""
    target = score.aim.target
    if target is None or not target.range or score.value is None:
        return score.kpi.sign
    return 1 if score.value < target.value else -1


def _nearer_low(target: Target, value: float) -> bool:
    assert target.low is not None and target.high is not None
    return value < (target.low + target.high) / 2


def _room(score: Score) -> float:
    return max(score.kpi.tolerance or 0.0, score.kpi.smallest_difference or 0.0)


def _eased(score: Score, value: float | None, asked: float) -> float | None:
    """A threshold no closer to what is asked than the tolerance and the smallest difference."""
    return _worse(score, value, asked - score.kpi.sign * _room(score)) if _room(score) else value


def _worse(score: Score, one: float | None, other: float) -> float:
    if one is None:
        return other
    return min(one, other) if score.kpi.sign > 0 else max(one, other)


def _range_thresholds(score: Score) -> dict[Status, float | None]:
    """On the value's own side of the range, or on the nearer one."""
    target, bands, value = score.aim.target, score.bands, score.value
    assert target is not None and target.low is not None and target.high is not None and value is not None
    below = _nearer_low(target, value)
    end, limit, outwards = (target.low, target.low_limit, -1.0) if below else (target.high, target.high_limit, 1.0)
    width, smallest = 0.0 if limit is None else abs(limit - end), score.kpi.smallest_difference or 0.0
    reached: dict[Status, float | None] = {"exceeded": None, "reached": end + outwards * (score.kpi.tolerance or 0.0)}
    if bands is None or score.kpi.attainment == "binary":
        return {**reached, "on_track": None, "at_risk": None}
    if score.widened and score.kpi.basis != "absolute":
        cuts = _widened_cuts(score)
        return {**reached, **{status: None if edge is None else end + outwards * (1 - edge) * width for status, edge in cuts}}
    on_track = max((1 - bands.on_track) * width, _room(score))
    at_risk = max((1 - bands.at_risk) * width, on_track + smallest)
    return {**reached, "on_track": end + outwards * on_track, "at_risk": end + outwards * at_risk}


def _from(score: Score, asked: float, band: float) -> float | None:
    formula, ends = form_of(score), scale(score.kpi, score.indicator)
    if formula == "none":
        return band
    if formula == "ratio":
        return None if asked <= 0 else asked * band if score.kpi.sign > 0 else asked / band
    if formula == "performance":
        assert ends is not None
        worst, best = (ends.min, ends.max) if score.kpi.sign > 0 else (ends.max, ends.min)
        return worst + band * (best - worst)
    if (way := way_of(score)) and score.kpi.sign * (way[1] - way[0]) > 0:
        return way[0] + band * (way[1] - way[0])
    assert score.bands is not None
    kept = asked if score.counted.accumulation == "reduction_annual" else measured_from(score)
    return kept if band == score.bands.on_track else None


def _exceeded_from(score: Score, target: float) -> float | None:
    base = None if form_of(score) in ("ratio", "performance", "none") and score.counted.accumulation else measured_from(score)
    if base is not None and score.counted.accumulation == "reduction_annual" and score.kpi.sign * (base - target) >= 0:
        base = None
    if base is not None and not isclose(target, base, rel_tol=EQUAL):
        return base + EXCEEDED * (target - base)
    if target <= 0:
        return None
    return target * EXCEEDED if score.kpi.sign > 0 else target / EXCEEDED
