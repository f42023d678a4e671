"""The explorer below its heading: the controls, then every figure as chart, map or table, with its source."""

import polars as pl
import streamlit as st

from dashboards import downloads, formats, layout, panel
from dashboards.explorer import drawing, listing, mapping
from dashboards.explorer.choice import Choice, chosen
from dashboards.explorer.figures import Figure, figures, frame, observations
from dashboards.session import Session
from dashboards.words import Words, translator


def show(session: Session) -> None:
    """Draw what the controls ask for; where that is nothing, say what to choose."""
    _, choice = translator(session.locale), chosen(session)
    if not choice.indicators or not choice.places:
        _nothing_chosen(choice, _)
        return
    found = observations(session, choice)
    drawn = figures(session, choice, found)
    if not drawn:
        _nothing_found(_)
        return
    for figure in drawn:
        _figure(session, choice, figure)
    _say_missing(session, choice, drawn, _)
    _take_away(session, choice, found, _)


def _figure(session: Session, choice: Choice, figure: Figure) -> None:
    layout.section(figure.title)
    if choice.view == "map":
        mapping.show(session, figure)
    elif choice.view == "table":
        panel.show(listing.table(session, figure), key=f"table_{figure.indicators[0].id}")
    elif all(len(series.values) == 1 for series in figure.series):
        layout.note(translator(session.locale)("Only one value is known so far"))
        panel.show(listing.table(session, figure), key=f"value_{figure.indicators[0].id}")
    else:
        drawing.show(session, figure)
    layout.note(_source(session, figure))


def _say_missing(session: Session, choice: Choice, drawn: list[Figure], _: Words) -> None:
    """The chosen indicators that have nothing to show are named, not passed over."""
    shown = {indicator.id for figure in drawn for indicator in figure.indicators}
    missing = [session.say(session.definitions.indicator[name].name) for name in choice.indicators if name not in shown]
    if missing:
        layout.note(_("No value is known for this choice") + ": " + ", ".join(missing) + ".")


def _source(session: Session, figure: Figure) -> str:
    """Where the values come from and how far they reach; which chosen places have none."""
    _ = translator(session.locale)
    sources = ", ".join(dict.fromkeys(session.say(indicator.source) for indicator in figure.indicators))
    last = max(series.values[-1][0] for series in figure.series)
    period = formats.period(last, figure.indicators[0].frequency, session.locale)
    return _("Source: {source}. Values up to {period}.", source=sources, period=period)


def _take_away(session: Session, choice: Choice, found: pl.DataFrame, _: Words) -> None:
    names = [_("Indicator"), _("Place"), _("From"), _("To"), _("Value"), _("Unit"), _("Note"), _("Source")]
    with st.container(horizontal=True):
        downloads.offer(session, "explorer", frame(session, found, names), _about(session, choice, _))
        with st.popover(_("Copy link"), icon=":material/link:"):
            st.write(_("Whoever opens this link sees the same:"))
            st.code(
                f"{(st.context.url or '').rstrip('/').removesuffix('/explorer')}/explorer?{choice.address(session)}",
                language=None,
                wrap_lines=True,
            )


def _about(session: Session, choice: Choice, _: Words) -> dict[str, str]:
    owners = dict.fromkeys(session.say(session.definitions.area[session.definitions.indicator[name].owner]) for name in choice.indicators)
    since, until = (formats.month_name(month, session.locale) for month in (choice.since, choice.until))
    return {
        _("Months"): f"{since} – {until}",
        _("Owner of the data"): ", ".join(owners),
        _("Reviewed month"): formats.month_name(session.month, session.locale),
    }


def _nothing_chosen(choice: Choice, _: Words) -> None:
    layout.section(_("Nothing is chosen yet"))
    if not choice.indicators:
        st.write(_("Choose an indicator above: its values are drawn here, for every place you choose."))
    else:
        st.write(_("Choose at least one place under “Places and months”: the values are drawn here."))


def _nothing_found(_: Words) -> None:
    layout.section(_("No value is known for this choice"))
    st.write(_("None of these places has a value of these indicators in these months. Choose other places or a longer time."))
