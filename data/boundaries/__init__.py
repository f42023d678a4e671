"""Boundaries: the outlines of places as the map draws them, checked, simplified and kept with a city's definitions."""

from data.boundaries.kept import Outlines, file_of, keep, outlines, stamp_of
from data.boundaries.load import Asked, Prepared, prepare

__all__ = ["Asked", "Outlines", "Prepared", "file_of", "keep", "outlines", "prepare", "stamp_of"]
