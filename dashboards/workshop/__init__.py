"""The KPI workshop: a goal in a form and in its file's own text, checked and judged while it is written, saved with its reason."""

from dashboards.workshop.mending import mend as mend
from dashboards.workshop.page import show as show
