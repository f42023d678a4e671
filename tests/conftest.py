"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Public data with published results, kept beside the checkout and never committed."""
    folder = Path(os.environ.get("MANDATO_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder of public data with published results is not beside this checkout (MANDATO_SHARED names it)")
    return folder
