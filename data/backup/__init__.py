"""Backups: a dated folder with everything that a city would need to be where it was, made while the panel runs.

`making` writes one, `restoring` checks one and puts it in force, `manifest` is the list by which damage is found.
"""

from data.backup.making import Made, make
from data.backup.restoring import Restored, newest, restore

__all__ = ["Made", "Restored", "make", "newest", "restore"]
