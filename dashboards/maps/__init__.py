"""Maps without anybody's tiles: areas and bubbles on a plain ground, with the names that find room."""

from dashboards.maps.deck import HEIGHT, Ready, deck, show
from dashboards.maps.marks import Area, Bubble, middle
from dashboards.maps.shades import Classes
from dashboards.maps.still import still

__all__ = ["HEIGHT", "Area", "Bubble", "Classes", "Ready", "deck", "middle", "show", "still"]
