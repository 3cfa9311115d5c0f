"""A world that the tests of a module share: each finds it as it was made."""

from copy import deepcopy

import pytest
from django.test import override_settings

from tests.house.world import build


@pytest.fixture(autouse=True, scope="module")
def _media_in_a_folder_of_its_own(tmp_path_factory):
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module")
def _built(module_db, _media_in_a_folder_of_its_own):
    return build()


@pytest.fixture
def world(_built):
    """Its rows come back with the end of each test, and its objects are copies."""
    return deepcopy(_built)
