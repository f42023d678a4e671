"""An appraisal weighed: everything that its page, its command and its list say, computed once."""

from dataclasses import dataclass
from datetime import date

from data.definitions import Definitions
from data.facts import Facts
from kpis.appraisals.appraisal import Appraisal
from kpis.appraisals.cost_benefit import CostBenefit, cost_benefit
from kpis.appraisals.cost_effectiveness import Effective, cost_effectiveness
from kpis.appraisals.distribution import Distribution, distribution
from kpis.appraisals.evaluability import Evaluability, evaluability
from kpis.appraisals.multi_criteria import MultiCriteria, multi_criteria
from kpis.appraisals.panel_knows import panel_knows
from kpis.appraisals.risks import Rated, rated
from kpis.catalogue import Catalogue


@dataclass(frozen=True, eq=False)
class Weighed:
    """What was found of one appraisal; a part is None or empty where the file says nothing of it."""

    appraisal: Appraisal
    worths: CostBenefit | None
    effects: tuple[Effective, ...]
    criteria: MultiCriteria | None
    risks: tuple[Rated, ...]
    groups: tuple[Distribution, ...]
    evaluability: Evaluability

    def worth(self, option: str) -> float | None:
        """The net present value of an option; of doing nothing zero, and None where no flows are given."""
        if self.worths is None:
            return None
        return next((worth.net for worth in self.worths.worths if worth.option == option), 0.0)


def weigh(appraisal: Appraisal, definitions: Definitions, catalogue: Catalogue, facts: Facts | None, day: date | None = None) -> Weighed:
    """Everything about one appraisal; what the panel knows as it stood on a day (None: all that is loaded)."""
    rate = appraisal.rate if appraisal.rate is not None else definitions.city.social_rate
    worths = cost_benefit(appraisal, rate) if rate is not None else None
    return Weighed(
        appraisal=appraisal,
        worths=worths,
        effects=cost_effectiveness(appraisal, worths),
        criteria=multi_criteria(appraisal),
        risks=rated(appraisal),
        groups=distribution(appraisal),
        evaluability=evaluability(appraisal, panel_knows(appraisal, definitions, catalogue, facts, day)),
    )
