"""How the verdict of a study stood by each version of the facts, and whether it moved since the last ones."""

from html import escape

from dashboards import formats
from dashboards.study.shown import Shown
from dashboards.study.verdicts import LOOKS, drawn
from dashboards.words import Words, translator
from kpis.impact import kept
from kpis.impact.kept import Judged

SHOWN = 12
"""Times, the latest first."""


def moved(shown: Shown) -> str:
    """ "Since the facts of 10 Nov 2026 the verdict moved from likely effect to clear effect."; "" where facts never moved it."""
    found, _ = kept.moved(shown.past), translator(shown.session.locale)
    if found is None:
        return ""
    return _(
        "Since the facts of {day} the verdict moved from “{before}” to “{now}”.",
        day=formats.day(found.day, shown.session.locale),
        before=_(LOOKS[found.before].word),
        now=_(LOOKS[found.now].word),
    )


def table(shown: Shown) -> str:
    """The verdicts by versions of the facts, the latest first, since the study asks what it asks; "" where there is only one."""
    past = [judged for judged in shown.past if judged.asked == shown.past[-1].asked]
    if len(past) < 2:
        return ""
    _ = translator(shown.session.locale)
    titles = [("", _("Facts")), ("", _("Verdict")), ("number", _("Effect"))]
    head = "".join(f'<th scope="col" class="{kind}">{escape(title)}</th>' for kind, title in titles)
    body = "".join(_row(shown, judged, _) for judged in past[::-1][:SHOWN])
    title = escape(_("The verdict by facts"))
    return f'<section><h2>{title}</h2><table class="values"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>'


def _row(shown: Shown, judged: Judged, _: Words) -> str:
    day = _("{day} (version {version})", day=formats.day(judged.day, shown.session.locale), version=str(judged.version))
    return (
        f'<tr><th scope="row">{escape(day)}</th><td>{drawn(judged.kind, _)}</td>'
        f'<td class="number">{escape(shown.outcome.exact(judged.estimate))}</td></tr>'
    )
