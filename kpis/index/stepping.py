"""The steps from what was measured to what can be put together, in their order."""

from kpis.index.blending import blended
from kpis.index.built import STEPS
from kpis.index.denominating import denominated
from kpis.index.figures import Figures, Numbers
from kpis.index.imputing import imputed
from kpis.index.losing import less_losses
from kpis.index.normalising import normalised
from kpis.index.recipe import Recipe
from kpis.index.treating import treated_draws


def stepped(recipe: Recipe, figures: Figures, values: Numbers) -> dict[str, Numbers]:
    """Each step by its name, (…, places, indicators), NaN where missing.

    `values` are raw, of the places of the figures, perhaps many draws of them; the figures give denominators and groups.
    """
    divided = denominated(values, figures)
    mixed = blended(divided, recipe, figures)
    whole = imputed(mixed, recipe, figures)
    drawn_in = treated_draws(whole, recipe)
    made_alike = less_losses(normalised(drawn_in, recipe), figures)
    return dict(zip(STEPS, (values, divided, mixed, whole, drawn_in, made_alike), strict=True))
