"""The page below its heading: every city, or the one that is opened; and the room for what cities send."""

from html import escape

from dashboards import downloads, layout, panel
from dashboards.cities import choice, listing, nothing, one, receiving, saying, withdrawing
from dashboards.cities.known import Known
from dashboards.plan import doing
from dashboards.session import Session
from data.exchange.received import CityMonth


def show(session: Session) -> None:
    """The list of cities, or one of them."""
    known = Known(session)
    _ = known.words
    doing.said(receiving.PLACE)
    months = known.months(choice.city()) if choice.city() and known.cities else []
    if months:
        _one(known, months)
        return
    if choice.city():
        layout.note(_("The link names a city that has sent nothing."))
    if known.cities:
        _every(known)
    else:
        nothing.show(known)
    receiving.show(known)


def _every(known: Known) -> None:
    _ = known.words
    with known.session.controls:
        about = {_("Measured on"): known.date(known.day)}
        downloads.offer(known.session, "cities", lambda: listing.frame(known), about)
    panel.show(f'<p class="headline">{escape(saying.headline(known))}</p>{listing.block(known)}', key="cities_list")


def _one(known: Known, months: list[CityMonth]) -> None:
    _ = known.words
    with known.session.controls:
        about = {_("City"): known.name(months[0]), _("Fingerprint"): months[0].signer}
        downloads.offer(known.session, "city", lambda: one.frame(known, months), about)
    panel.show(one.block(known, months), key="cities_one")
    withdrawing.show(known, months[0])
