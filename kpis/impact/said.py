"""An answer in plain words, for whoever reads it in a terminal."""

from data.model import say
from kpis.impact.answer import Answer
from kpis.impact.effect import Effect
from kpis.impact.sizes import size
from kpis.impact.study import Study
from kpis.score import Reason

VERDICTS = {
    "clear_effect": "a clear effect",
    "likely_effect": "a likely effect",
    "no_detectable_effect": "no detectable effect",
    "cannot_tell": "cannot tell",
}
HEAVIEST = 5
"""Donors named; the others weigh little."""


def said(answer: Answer) -> str:
    """The verdict, its reasons, how it was found, and the three things that could make it wrong."""
    study, name = answer.study, say(answer.study.name or answer.study.study, "en")
    lines = [f"{name}: {VERDICTS[answer.kind]}", *(f"not estimated: {why}" for why in answer.refused if isinstance(why, Reason))]
    if answer.verdict:
        lines += [f"  {reason}" for reason in map(str, answer.verdict.because)]
        lines += [f"  needed: {answer.verdict.needed}"] if answer.verdict.needed else []
    if answer.effect:
        lines += ["", *_effect(answer.effect, study, answer.start)]
    if answer.left_out:
        lines.append(f"left out for lack of figures: {', '.join(answer.left_out)}")
    if answer.filled:
        lines.append(f"figures filled in between two known ones: {answer.filled}")
    if answer.verdict:
        lines += ["", "what could make it wrong", *(f"  {doubt}" for doubt in map(str, answer.verdict.doubts))]
    return "\n".join(lines)


def _effect(effect: Effect, study: Study, start: str | None) -> list[str]:
    ends = [str(size(end, effect, study)).strip() for end in (effect.low, effect.high) if end is not None]
    doubt = f", 95% interval {' to '.join(ends)}" if ends else ""
    heavy = sorted(effect.weights.items(), key=lambda pair: -pair[1])[:HEAVIEST]
    lines = [
        f"{effect.method}: {str(size(effect.estimate, effect, study)).strip()}{doubt}",
        f"treated {effect.n_treated}, beside {effect.n_control}; {effect.before} periods before {start}, {effect.after} from then on",
    ]
    return [*lines, f"compared with {', '.join(f'{name} {share:.0%}' for name, share in heavy)}"] if heavy else lines
