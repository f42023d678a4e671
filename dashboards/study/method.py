"""How a study was computed: the method and its terms, each in a row, so that anybody can reckon it again."""

from collections.abc import Iterator, Mapping
from html import escape

from dashboards import formats
from dashboards.study.shown import Shown
from dashboards.words import N_, Words, translator
from kpis.impact.effect import Effect

Row = tuple[str, str]
METHODS: Mapping[str, str] = {
    "sdid": N_("Synthetic difference-in-differences"),
    "sc": N_("Synthetic control"),
    "did": N_("Difference-in-differences"),
    "event_study": N_("Event study"),
    "its": N_("Interrupted time series"),
}
ERRORS: Mapping[str, str] = {
    "placebo": N_("placebos: the same reckoned for places without the policy"),
    "cluster": N_("errors clustered by unit"),
    "hac": N_("errors that allow for memory between periods"),
    "classical": N_("classical errors"),
    "left_out": N_("the same reckoned with each unit left out in turn"),
    "robust": N_("errors of the single rows"),
    "none": N_("nothing: there are too few to compare with"),
}
SHARE, AMOUNT, PLAIN = "share", "amount", "plain"
TOLD: Mapping[str, tuple[str, str]] = {
    "fit": (N_("Misfit before the start, where the spread of the series is 1"), PLAIN),
    "placebo_rank": (N_("Rank of its difference among the placebos"), "count"),
    "placebo_p": (N_("Share of placebos, itself among them, that stand out as much"), SHARE),
    "time_placebo": (N_("Effect found when an earlier start is pretended"), AMOUNT),
    "without_low": (N_("Smallest effect with one of the compared left out"), AMOUNT),
    "without_high": (N_("Largest effect with one of the compared left out"), AMOUNT),
    "without": (N_("Whose leaving moves it most"), "place"),
    "heaviest": (N_("Largest weight of one of the compared"), SHARE),
    "outside": (N_("Periods before the start outside what the compared span"), SHARE),
    "anticipation_z": (N_("Difference just before the start, where the spread of earlier ones is 1"), PLAIN),
    "trend_p": (N_("p of no difference before the start"), PLAIN),
    "autocorrelation": (N_("Memory left between one period and the next"), PLAIN),
    "two_way_weight": (N_("Negative weights of a plain two-way regression"), SHARE),
}
"""The diagnostics that are shown, in this order, by what they mean and how they are written."""


def table(shown: Shown) -> str:
    """The rows as an HTML table."""
    _ = translator(shown.session.locale)
    body = "".join(f'<tr><th scope="row">{escape(said)}</th><td>{escape(value)}</td></tr>' for said, value in rows(shown))
    title = escape(_("How it was computed"))
    return f'<section><h2>{title}</h2><table class="facts"><tbody>{body}</tbody></table></section>'


def rows(shown: Shown) -> list[Row]:
    """From the method to its diagnostics; of a refused study what was asked for."""
    _, effect = translator(shown.session.locale), shown.effect
    asked = [(_("Method"), name(effect.method if effect else shown.study.method, _)), *([(_("Start"), shown.start)] if shown.start else [])]
    if effect is None:
        return asked
    return [*asked, *_sample(shown, effect, _), *_estimate(shown, effect, _), *_diagnostics(shown, effect, _)]


def name(method: str, _: Words) -> str:
    """The method in the reader's words."""
    return _(METHODS[method]) if method in METHODS else method


def _sample(shown: Shown, effect: Effect, _: Words) -> Iterator[Row]:
    """Who was compared over how many periods, and who was left out."""
    yield _("Under the policy, and compared with"), _("{treated} and {control}", treated=effect.n_treated, control=effect.n_control)
    yield _("Periods before and after the start"), _("{before} and {after}", before=effect.before, after=effect.after)
    if out := [*map(str, shown.study.donors_out), *shown.answer.left_out]:
        yield _("Left out of the comparison"), ", ".join(shown.place(each) for each in out)
    if periods := shown.study.periods_out:
        yield _("Periods left out"), ", ".join(shown.calendar.name(str(each)) for each in periods)


def _estimate(shown: Shown, effect: Effect, _: Words) -> Iterator[Row]:
    unit, locale = shown.outcome.gap_unit(), shown.session.locale
    yield _("Effect, mean of the periods since the start ({unit})", unit=unit), shown.outcome.exact(effect.estimate)
    if effect.low is not None and effect.high is not None:
        low, high = shown.outcome.exact(effect.low), shown.outcome.exact(effect.high)
        yield _("Interval of 95 %"), _("{low} to {high}", low=low, high=high)
    if effect.se is not None:
        yield _("Standard error"), formats.number(effect.se, shown.outcome.decimals + 2, locale)
    if effect.p is not None:
        yield _("p of no effect"), probability(effect.p, locale)
    # With few on a side an estimator takes other errors than were asked for, and says which.
    kind = str(effect.diagnostics.get("errors") or shown.study.inference)
    yield _("Doubt is told by"), _(ERRORS[kind])
    if kind == "placebo" and effect.n_treated > 1:
        yield _("Draws and seed"), f"{formats.number(shown.study.draws, 0, locale)}, {shown.study.seed}"


def _diagnostics(shown: Shown, effect: Effect, _: Words) -> Iterator[Row]:
    for key, (label, how) in TOLD.items():
        value = effect.diagnostics.get(key)
        if value is not None and value != "":
            yield _(label), _written(shown, value, how)


def _written(shown: Shown, value: float | str | bool, how: str) -> str:
    locale = shown.session.locale
    if isinstance(value, str):
        return shown.place(value)
    if how == AMOUNT:
        return shown.outcome.exact(float(value))
    if how == SHARE:
        return f"{formats.number(100 * float(value), 1, locale)}{formats.BOUND}%"
    return formats.number(float(value), 0 if how == "count" else 2, locale)


def probability(p: float, locale: str) -> str:
    """0.026; never 0, which no sample can show."""
    return f"< {formats.number(0.001, 3, locale)}" if p < 0.001 else formats.number(p, 3, locale)
