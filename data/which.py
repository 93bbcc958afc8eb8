"""Which store the program shows: the district's own once anything was loaded into it, else the sample district.

Owns that choice and the making of the sample on the first start. The sample lives in a file of its own and
is never mixed with the district's data. Refuses to replace either.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

from data.home import default_store, home, sample_store
from data.lake.store import ENVIRONMENT, READ_ONLY, open_lake
from data.store import Store, open_store

# Enough schools that an interval can say something, few enough that it is made in seconds.
SIZE = {"students": 3000, "schools": 24}

_making = threading.Lock()


@dataclass(frozen=True)
class InUse:
    """The open store, and whether it is the synthetic sample."""

    store: Store
    sample: bool


def in_use(progress: Callable[[str, float], None] | None = None) -> InUse:
    """The store to show; makes the sample district when it is needed and missing.

    A lake that BOTHWAYS_LAKE names goes before both. Raises Refusal as `open_store` and `open_lake` do.
    """
    if lake := os.environ.get(ENVIRONMENT):
        return InUse(open_lake(lake), False)
    own = default_store()
    if own.exists():
        store = open_store(own)
        if store.value("SELECT count(*) FROM upload"):
            return InUse(store, False)
    with _making:
        if not sample_store().exists():
            _make_sample(progress)
    return InUse(open_store(sample_store()), True)


def sample_missing() -> bool:
    """Will `in_use` have to make the sample first?"""
    if os.environ.get(ENVIRONMENT):
        return False
    own = default_store()
    return not sample_store().exists() and not (own.exists() and open_store(own).value("SELECT count(*) FROM upload"))


def uploads_off() -> str | None:
    """Why nothing can be loaded here, in a sentence; None where uploads are on."""
    return READ_ONLY if os.environ.get(ENVIRONMENT) else None


def _make_sample(progress):
    """Make it beside its place and move it there whole, so that a stop halfway leaves no half a sample.

    A click while it is made stops it and begins again. The name is new each time, because DuckDB goes on with a file
    that it has open under the same one, though it is deleted.
    """
    from data import demo  # a large module that only the first start needs

    for left in home().glob("sample-in-the-making*"):
        with suppress(OSError):
            left.unlink()
    draft = home() / f"sample-in-the-making-{uuid4().hex}.duckdb"
    demo.create(str(draft), progress=progress, **SIZE)
    open_store(draft).close()
    truth = draft.with_name(f"{draft.name}.truth.json")
    if truth.exists():
        truth.replace(sample_store().with_name(f"{sample_store().name}.truth.json"))
    draft.replace(sample_store())
