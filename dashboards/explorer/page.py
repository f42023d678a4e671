"""The explorer below its heading: the controls, then every figure as chart, map or table, with its source."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboards import downloads, formats, layout, panel, unknown
from dashboards.explorer import drawing, listing, mapping, pictures
from dashboards.explorer.choice import Choice, chosen
from dashboards.explorer.figures import Figure, Series, all_series, figures, frame, observations
from dashboards.explorer.transforming import transformed
from dashboards.session import Session
from dashboards.words import Words, translator

MOST_FIGURES = 12
"""Of parts of many places; the download has them all."""


def show(session: Session) -> None:
    """Draw what the controls ask for; where that is nothing, say what to choose."""
    _, choice = translator(session.locale), chosen(session)
    unknown.say(session, "indicators", "places", "from", "to")
    if not choice.indicators or not choice.places:
        _nothing_chosen(choice, _)
        return
    series, refusals = transformed(session, choice, all_series(session, choice, observations(session, choice)))
    drawn = figures(session, choice, series)
    if not drawn:
        _nothing_found(refusals, _)
        return
    _say_first(session, choice, refusals, _)
    for figure in drawn[:MOST_FIGURES]:
        _figure(session, choice, figure)
    _say_missing(session, choice, drawn, _)
    _take_away(session, choice, series, drawn[:MOST_FIGURES], _)


def _figure(session: Session, choice: Choice, figure: Figure) -> None:
    layout.section(figure.title)
    if choice.view == "map":
        mapping.show(session, figure)
    elif choice.view == "table":
        panel.show(listing.table(session, figure), key=f"table_{figure.key}")
    elif all(len(series.values) == 1 for series in figure.series):
        _ = translator(session.locale)
        layout.note(_("Only one value is known so far"))
        panel.show(listing.table(session, figure), key=f"value_{figure.key}")
    else:
        drawing.show(session, figure)
    layout.note(_source(session, figure))


def _say_first(session: Session, choice: Choice, refusals: Sequence[str], _: Words) -> None:
    """What a reader must know before looking at a figure: as of when it is, and what is not as they asked."""
    if known := choice.computed.as_known:
        layout.note(_("As it was known on {day}: what came or was corrected later is left out.", day=formats.day(known, session.locale)))
    if choice.computed.split and not choice.split:
        layout.note(_("The map shows whole places; chart and table show their parts."))
    for refusal in refusals:
        layout.note(refusal)


def _say_missing(session: Session, choice: Choice, drawn: list[Figure], _: Words) -> None:
    """The chosen indicators that have nothing to show are named, not passed over; and so are figures too many."""
    shown = {indicator.id for figure in drawn for indicator in figure.indicators}
    missing = [session.say(session.indicator(name).name) for name in choice.indicators if name not in shown]
    if missing:
        layout.note(_("No value is known for this choice") + ": " + ", ".join(missing) + ".")
    left = len(drawn) - MOST_FIGURES
    if left > 0:
        layout.note(_.ngettext("{n} more figure is in the download.", "{n} more figures are in the download.", left, n=left))


def _source(session: Session, figure: Figure) -> str:
    """Where the values come from and how far they reach."""
    _ = translator(session.locale)
    sources = ", ".join(dict.fromkeys(session.say(indicator.source) for indicator in figure.indicators))
    last = max(series.values[-1][0] for series in figure.series)
    period = formats.period(last, figure.indicators[0].frequency, session.locale)
    return _("Source: {source}. Values up to {period}.", source=sources, period=period)


def _take_away(session: Session, choice: Choice, series: Sequence[Series], drawn: Sequence[Figure], _: Words) -> None:
    names = [_("Indicator"), _("Place"), _("Part"), _("From"), _("To"), _("Value"), _("Unit"), _("Note"), _("Source")]
    link = f"{(st.context.url or '').rstrip('/').removesuffix('/explorer')}/explorer?{choice.address(session)}"
    about = {**_about(session, choice, series, _), _("Link"): link}
    with st.container(horizontal=True):
        downloads.offer(session, "explorer", frame(session, series, names), about, pictures.of(session, choice, drawn, about))
        with st.popover(_("Copy link"), icon=":material/link:"):
            st.write(_("Whoever opens this link sees the same:"))
            st.code(link, language=None, wrap_lines=True)


def _about(session: Session, choice: Choice, series: Sequence[Series], _: Words) -> dict[str, str]:
    owners = dict.fromkeys(session.say(session.definitions.area[session.indicator(name).owner]) for name in choice.indicators)
    since, until = (formats.month_name(month, session.locale) for month in (choice.since, choice.until))
    done = list(dict.fromkeys(step for one in series for step in one.done))
    computed = {_("Computed"): "; ".join(done)} if done else {}
    return {
        _("Months"): f"{since} – {until}",
        **computed,
        **_known(session, choice.computed.as_known, _),
        _("Owner of the data"): ", ".join(owners),
        _("Reviewed month"): formats.month_name(session.month, session.locale),
    }


def _known(session: Session, day: date | None, _: Words) -> dict[str, str]:
    return {_("As known on"): formats.day(day, session.locale)} if day else {}


def _nothing_chosen(choice: Choice, _: Words) -> None:
    layout.section(_("Nothing is chosen yet"))
    if not choice.indicators:
        st.write(_("Choose an indicator above: its values are drawn here, for every place you choose."))
    else:
        st.write(_("Choose at least one place under “Places and months”: the values are drawn here."))


def _nothing_found(refusals: Sequence[str], _: Words) -> None:
    layout.section(_("No value is known for this choice"))
    st.write(_("None of these places has a value of these indicators in these months. Choose other places or a longer time."))
    for refusal in refusals:
        layout.note(refusal)
