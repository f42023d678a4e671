"""The colours of charts and maps: ink, paper and greys as the page has them, and the city's own colour."""

from dataclasses import dataclass

import streamlit as st

from dashboards.session import Session


@dataclass(frozen=True)
class Palette:
    """Colours as `#rrggbb`. `brand` is the city; history, peers and paths are `muted`; red, amber and green are for statuses alone."""

    name: str
    ink: str
    paper: str
    muted: str
    rule: str
    sea: str
    brand: str


def light(brand: str = "#0b6b74") -> Palette:
    return Palette("light", ink="#1b2832", paper="#ffffff", muted="#5b6770", rule="#dde2e7", sea="#f4f6f8", brand=brand)


def dark(brand: str = "#5cc2c9") -> Palette:
    return Palette("dark", ink="#e8edf1", paper="#12181d", muted="#a3afb9", rule="#36424c", sea="#1b242b", brand=brand)


def current(session: Session) -> Palette:
    """The palette for the theme that the reader looks at."""
    colours = session.definitions.city.colours
    return dark(colours.brand_dark) if st.context.theme.type == "dark" else light(colours.brand)


def rgb(colour: str) -> tuple[int, int, int]:
    """`#0b6b74` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
