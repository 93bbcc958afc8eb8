"""One small random district, as lists for the oracle and as a store with facts, for all tests of this folder."""

import pytest

from data.derive import derive
from data.store import open_store
from tests.support import districts


@pytest.fixture(scope="session")
def world():
    return districts.small(seed=3, students=90, threads=12)


@pytest.fixture(scope="session")
def store(tmp_path_factory, world):
    store = open_store(tmp_path_factory.mktemp("stats") / "small.duckdb")
    districts.write(store, world)
    with store.writing() as cursor:
        derive(cursor)
    yield store
    store.close()
