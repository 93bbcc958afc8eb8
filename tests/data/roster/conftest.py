"""What tests of rosters share."""

import pytest

from tests.support.rosters import fresh_store


@pytest.fixture
def write(tmp_path):
    with fresh_store(tmp_path) as store, store.writing() as cursor:
        yield cursor
