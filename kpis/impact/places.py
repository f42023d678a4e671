"""Which places a study of an indicator is about: those under the policy, and those beside whom they are seen."""

from data.definitions import Definitions
from kpis.impact.labels import text
from kpis.impact.study import Study


def treated(study: Study, definitions: Definitions) -> list[str]:
    """The places under the policy: the city, unless others are named."""
    return list(map(text, study.treated)) or [definitions.city.place]


def compared(study: Study, definitions: Definitions) -> list[str]:
    """The places beside them, without those that are left out.

    Unless it is said, districts are compared with the other districts of their city, and whatever else with its peers: places of the
    same kind that lie in none of them. An interrupted time series stands alone unless it is said.
    """
    under, out = treated(study, definitions), set(map(text, study.donors_out))
    if study.compare is None and study.method == "its":
        return []
    if isinstance(study.compare, tuple):
        return [place for place in study.compare if place not in out]
    kinds = {definitions.place[place].kind for place in under}
    parents = {definitions.place[place].parent for place in under}
    districts = study.compare == "districts" or (study.compare is None and kinds == {"district"})
    found = [
        place.id
        for place in definitions.places
        if place.id not in under and place.kind in kinds and (place.parent in parents if districts else place.parent not in under)
    ]
    return [place for place in found if place not in out]
