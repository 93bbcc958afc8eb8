"""A new store takes a fifth of a second, and tests make thousands: each process makes one, and copies it after that."""

import shutil
from contextlib import suppress

import pytest

from data import store


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
