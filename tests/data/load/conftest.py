"""What tests of loads share."""

import pytest

from data.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "store.duckdb")
    yield opened
    opened.close()
