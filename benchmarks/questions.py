"""What each page asks for, recorded from the page itself, and answered again without Streamlit and without a cache."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from unittest import mock

from access.viewer import LOCAL
from analytics import families
from benchmarks.apart import Clock
from data.home import PROJECT
from data.store import Store, open_store

PAGES = (
    "overview", "frequency", "two_way", "grade_bands", "moving_up", "schools", "equity", "partnership", "families",
    "data_quality",
)  # fmt: skip


@cache
def recorded(store: Store, page: str) -> list[tuple]:
    """The calls of a page as (name in `ui.cache`, arguments), each once, on this store."""
    # Screens are imported here only: the steps that are timed run without them.
    from streamlit.testing.v1 import AppTest

    from data.which import InUse
    from ui import cache, family_list, next_pages, stores

    calls = {}

    def kept(path, version, viewer, what, *asked):
        if (what, asked) not in calls:
            calls[what, asked] = cache._MAKE[what](store, viewer, *asked)
        return calls[what, asked]

    def listed(viewer, school):
        calls["families", (school,)] = families.to_reach(store, viewer, school)
        return calls["families", (school,)]

    with (
        mock.patch.object(cache, "_kept", kept),
        mock.patch.object(cache, "ahead", lambda *_: None),
        mock.patch.object(next_pages, "begin", lambda page: None),  # what other pages ask is not this page's
        mock.patch.object(stores, "current", lambda: InUse(store, True)),
        mock.patch.object(family_list, "load", listed),
    ):
        test = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=600)
        (test if page == PAGES[0] else test.switch_page(f"pages/{page}.py")).run()
    if test.exception or test.error:
        said = test.exception[0].message if test.exception else test.error[0].value
        raise RuntimeError(f"The page {page} cannot be measured: {said}")
    return list(calls)


def answered(store: Store, calls: list[tuple]) -> Clock:
    """The time to answer the calls of a page as a page has them answered: as many at a time as there are processors.

    What is read together comes first, because other calls find their rows there (`ui.cache.ahead` has the same workers,
    and a page names such calls at its top).
    """
    from ui.cache import _MAKE

    make = {**_MAKE, "families": families.to_reach}
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        clock = Clock()
        for together in (True, False):
            begun = [
                workers.submit(make[what], store, LOCAL, *asked)
                for what, asked in calls
                if (what == "together") is together
            ]
            for one in begun:
                one.result()
        return clock.stop()


def opened(path: str | Path) -> Store:
    """A store, with what the program keeps in memory about it already read."""
    from analytics.lookups import lookups

    store = open_store(Path(path))
    lookups(store)
    return store
