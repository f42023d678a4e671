"""The workbook of Territoires en Transitions: 28 columns and 8 more, below the plan's title and group headings, above a row of hints."""

from collections.abc import Sequence
from dataclasses import replace

from data.plan_files.cells import Table
from data.plan_files.plan_map import Budget, Level, Named, PlanMap, Said
from data.plan_files.words import one_line
from data.proposal.matches import folded

NAME = "tet"
ENDING = ".xlsx"
COLUMNS = (
    "Axe (x)", "Sous-axe (x.x)", "Sous-sous axe (x.x.x)", "Titre de l'action", "Titre de la sous-action", "Descriptif",
    "Instances de gouvernance", "Objectifs", "Indicateurs liés", "Structure pilote", "Moyens humains et techniques", "Partenaires",
    "Direction ou service pilote", "Personne pilote", "Élu·e référent·e", "Participation Citoyenne", "Financements", "Financeur 1",
    "Montant € HT", "Financeur 2", "Montant € HT", "Financeur 3", "Montant € HT", "Budget prévisionnel total € HT", "Statut",
    "Niveau de priorité", "Date de début", "Date de fin", "Action en amélioration continue", "Calendrier", "Actions liées",
    "Fiches des plans liées", "Notes de suivi", "Etapes de la fiche action", "Notes complémentaires", "Documents et liens",
)  # fmt: skip
NEEDED = tuple(folded(name) for name in ("Axe (x)", "Sous-axe (x.x)", "Titre de l'action"))
SAMPLES = {"progress": "0%", "day": "2000-01-01 00:00:00"}
WORDS = {
    "not_started": "À venir", "started": "En cours", "completed": "Réalisé", "suspended": "En pause", "removal_proposed": "A discuter",
    "cancelled": "Abandonné",
}  # fmt: skip
AXES = (
    ({"es": "Eje", "fr": "Axe", "en": "Axis"}, {"es": "Ejes", "fr": "Axes", "en": "Axes"}),
    ({"es": "Subeje", "fr": "Sous-axe", "en": "Sub-axis"}, {"es": "Subejes", "fr": "Sous-axes", "en": "Sub-axes"}),
    ({"es": "Objetivo", "fr": "Sous-sous-axe", "en": "Objective"}, {"es": "Objetivos", "fr": "Sous-sous-axes", "en": "Objectives"}),
)
BELOW = Named(one={"es": "Subacción", "en": "Sub-action"}, many={"es": "Subacciones", "en": "Sub-actions"})
ACTION = Named(one={"es": "Acción", "en": "Action"}, many={"es": "Acciones", "en": "Actions"})


def recognise(table: Table) -> bool:
    """Whether the header has the axes and the title of actions."""
    return set(NEEDED) <= {folded(name) for name in table.names}


def mapping(table: Table, plan: Said) -> PlanMap:
    """The columns as a map; headers may carry a space, and the third amount is `Montant € HT (3)`."""
    found = {folded(name): name for name in reversed(table.names)}

    def column(name: str) -> str | None:
        return found.get(folded(name))

    axes = [name for name in COLUMNS[:3] if column(name)]
    total = column("Budget prévisionnel total € HT")
    return PlanMap(
        plan=_titled(table, plan), rows_below_header=table.below,
        levels=tuple(Level(one=AXES[at][0], many=AXES[at][1], column=column(name) or name) for at, name in enumerate(axes)),
        rows=ACTION, row_levels=(ACTION, BELOW), name=column("Titre de l'action") or "", name_below=column("Titre de la sous-action"),
        description=column("Descriptif"), status=column("Statut"), starts=column("Date de début"), ends=column("Date de fin"),
        area=column("Direction ou service pilote"), budget=(Budget(initial=total, currency="EUR"),) if total else (),
    )  # fmt: skip


def trimmed(table: Table) -> Table:
    """Without the row of hints below the header, which says of each column what it holds."""
    first = table.rows[0].cells if table.rows else ()
    return replace(table, below=1) if any(cell.startswith("Champ ") for cell in first) else table


def _titled(table: Table, plan: Said) -> Said:
    """With the title of the plan, which stands in the first row."""
    title = one_line(table.grid.rows[0].cells[0]) if table.header > 0 else ""
    return plan.model_copy(update={"name": title}) if title and plan.name is None else plan


def columns(_levels: int, _languages: Sequence[str]) -> tuple[str, ...]:
    """The header of a file of ours."""
    return COLUMNS
