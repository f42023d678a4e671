"""An index in plain words, for who reads it on the command line."""

from kpis.index.built import Built
from kpis.index.doubted import HIGH, LOW, Doubted

NOT_DOUBTED = "nothing was doubted: a rank of its own for each place looks surer than it is"
CHOICES = "how much the choice of method matters, and not chance"
ERRORS = "the chance in the measurements"
BOTH = "how much the choice of method matters and the chance in the measurements together"


def said(built: Built, doubted: Doubted) -> str:
    """One line for each place, the best first, its tier before its rank; then who was left out, and what the doubt is about."""
    order = sorted(range(len(built.places)), key=lambda place: (built.rank[place], built.places[place]))
    left_out = (f"left out: {reason}" for reason in built.left_out.values())
    return "\n".join([*(_place(built, doubted, place) for place in order), *left_out, _doubt(doubted)])


def _place(built: Built, doubted: Doubted, place: int) -> str:
    """Where nothing was doubted every rank would be a tier, which says more than anybody knows: then there is none."""
    decimals = 3 if built.recipe.round is None else built.recipe.round
    tier = f"tier {doubted.tier[place]:.0f}  " if doubted.draws else ""
    return f"{tier}{_ranks(built, doubted, place)}  {built.score[place]:.{decimals}f}  {built.figures.names[place]}"


def _ranks(built: Built, doubted: Doubted, place: int) -> str:
    """The rank, and from where to where it goes where that is doubted."""
    low, high = doubted.rank_low[place], doubted.rank_high[place]
    return f"rank {built.rank[place]:.0f}" + ("" if low == high else f" ({low:.0f} to {high:.0f})")


def _doubt(doubted: Doubted) -> str:
    if not doubted.draws:
        return NOT_DOUBTED
    shows = BOTH if doubted.choices and doubted.error else CHOICES if doubted.choices else ERRORS
    over = ", ".join((*doubted.choices, *(["error"] if doubted.error else [])))
    return f"intervals show {shows}: {HIGH - LOW} % of {doubted.draws:,} draws ({over}) lie within them"
