"""A drawing as a picture of dots, for a form that knows no other: by Typst, which brings its fonts along."""

import typst

SOURCE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.drawing), format: "svg", width: float(sys.inputs.width) * 1in)
"""
DOTS = 200
"""Dots an inch: sharp on a projector of twice the usual width."""


def png(svg: str, width: float) -> bytes:
    """An SVG as a PNG, so many inches wide, clear where nothing is drawn."""
    inputs = {"drawing": svg, "width": str(width)}
    drawn = typst.compile(SOURCE, format="png", ppi=DOTS, ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(drawn, bytes)
    return drawn


def proportion(picture: bytes) -> float:
    """How wide a PNG is for its height: both stand in its header."""
    return int.from_bytes(picture[16:20], "big") / int.from_bytes(picture[20:24], "big")
