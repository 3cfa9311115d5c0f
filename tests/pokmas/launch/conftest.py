import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from pokmas.launch.place import Place

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True, scope="module")
def _no_address_from_outside():
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "REDIS_URL", "POKMAS_DATA_DIR"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def place(tmp_path):
    """The checkout with a data folder of its own."""
    with place_in(tmp_path / "data") as place:
        yield place


@contextmanager
def place_in(folder):
    place = Place(ROOT, folder)
    place.prepare()
    yield place
    if os.geteuid() == 0:  # where root's servers keep what their account cannot reach
        shutil.rmtree(f"/var/lib/pokmas/{place.mark}", ignore_errors=True)
