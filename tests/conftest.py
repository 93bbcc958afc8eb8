"""A new store takes a fifth of a second, a roster a third, and tests make thousands: each process makes one of each,
and copies it after that.
"""

import shutil
from contextlib import suppress

import pytest

from data import store
from tests.support import loading


@pytest.fixture(autouse=True, scope="session")
def a_home_of_its_own(tmp_path_factory):
    """No test touches the stores and the scratch folder of the person who runs it, or those of another process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOTHWAYS_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True, scope="session")
def new_stores_are_copies(tmp_path_factory):
    """What `open_store` makes where there is no file is what it made for this process the first time.

    Not where a test has other steps of migration than the program.
    """
    made = tmp_path_factory.mktemp("new_store") / "new.duckdb"
    store.open_store(made).close()
    steps, connect = store.STEPS, store.connect

    def copied(path):
        if store.STEPS is steps and not path.exists():
            with suppress(OSError):  # no such folder, or not allowed: the program says so
                shutil.copy(made, path)
        return connect(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "connect", copied)
        yield


@pytest.fixture(scope="session")
def loaded_roster(tmp_path_factory, new_stores_are_copies):
    """The file of a store that holds the roster of `loading.roster()` and nothing else."""
    made = store.open_store(tmp_path_factory.mktemp("with_roster") / "roster.duckdb")
    loading.load(made, loading.roster())
    made.close()
    return made.path


@pytest.fixture
def with_roster(tmp_path, loaded_roster):
    """An open store of the test's own with that roster."""
    opened = store.open_store(shutil.copy(loaded_roster, tmp_path / "store.duckdb"))
    yield opened
    opened.close()
