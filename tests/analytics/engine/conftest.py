"""Stores for the engine's tests: small worlds of the support folder, with their facts derived."""

import itertools

import pytest

from access.viewer import LOCAL
from analytics.answer import ask
from analytics.question import Question
from data.derive import derive
from data.store import open_store
from tests.support import districts


@pytest.fixture
def loaded(tmp_path):
    """A function that puts a world into a store of its own, with its facts."""
    stores, numbers = [], itertools.count()

    def load(world):
        store = open_store(tmp_path / f"{next(numbers)}.duckdb")
        stores.append(store)
        districts.write(store, world)
        with store.writing() as cursor:
            derive(cursor)
        return store

    yield load
    for store in stores:
        store.close()


@pytest.fixture(scope="session")
def small_world():
    return districts.small(seed=11, students=44, threads=6)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory, small_world):
    store = open_store(tmp_path_factory.mktemp("engine") / "small.duckdb")
    districts.write(store, small_world)
    with store.writing() as cursor:
        derive(cursor)
    yield store
    store.close()


@pytest.fixture(scope="session")
def row_of():
    """A function: the one row of a measure without cuts, as a dictionary."""

    def row(store, measure: str, viewer=LOCAL, **asked) -> dict:
        return ask(store, viewer, Question(measure, **asked)).table.to_dict("records")[0]

    return row
