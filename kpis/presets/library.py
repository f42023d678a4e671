"""The presets that this program knows, read from their files beside this one."""

from functools import lru_cache
from pathlib import Path

from data.model import read_model
from data.yaml_file import read_yaml
from kpis.presets.preset import Preset

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The known presets."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@lru_cache(maxsize=64)
def preset(name: str) -> Preset | None:
    """A preset by its name; None where there is none."""
    return read_model(Preset, read_yaml(FOLDER / f"{name}.yaml")) if name in names() else None
