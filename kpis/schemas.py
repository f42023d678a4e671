"""The JSON Schemas of the definition files, made from the models that read them."""

import json
from pathlib import Path

from data.city import City
from data.indicators import Indicators
from data.model import Model
from data.places import Places
from data.plans.ladder import Ladders
from data.rollup.declaration import Declaration
from data.sources import Sources
from kpis.appraisals.appraisal import Appraisal
from kpis.assessments.criteria import CriterionFile
from kpis.assessments.elsewhere import Elsewhere
from kpis.definition import KpiFile, TargetFile
from kpis.foresight.register import Register, Study
from kpis.impact.study import Study as ImpactStudy
from kpis.index.recipe import Recipe
from kpis.plans.phases import Phases
from kpis.presets.preset import Preset
from kpis.smart.titles import Vocabulary

FILES: dict[str, tuple[type[Model], str]] = {
    "options": (Appraisal, "kpis/options/*.yaml"),
    "assessed_elsewhere": (Elsewhere, "kpis/assessments/study.yaml"),
    "criteria": (CriterionFile, "kpis/assessments/criteria.yaml"),
    "city": (City, "data/city.yaml"),
    "places": (Places, "data/places.yaml"),
    "indicators": (Indicators, "data/indicators.yaml"),
    "sources": (Sources, "data/sources.yaml"),
    "ladders": (Ladders, "data/ladders.yaml"),
    "rollups": (Declaration, "data/rollups/*.yaml"),
    "impact_study": (ImpactStudy, "kpis/studies/*.yaml"),
    "indices": (Recipe, "kpis/indices/*.yaml"),
    "kpis": (KpiFile, "kpis/definitions/*.yaml"),
    "phases": (Phases, "kpis/plans/phases.yaml"),
    "presets": (Preset, "kpis/presets/*.yaml"),
    "study": (Study, "kpis/foresight/study.yaml"),
    "targets": (TargetFile, "kpis/targets/<place>.yaml"),
    "titles": (Vocabulary, "kpis/smart/titles.yaml"),
    "trends": (Register, "kpis/trends.yaml"),
}


def schemas() -> dict[str, str]:
    """The text of each schema file, by file name."""
    return {f"{name}.json": _text(model, title) for name, (model, title) in FILES.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Writes every schema into a folder and returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in schemas()]


def _text(model: type[Model], title: str) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(), "title": title}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
