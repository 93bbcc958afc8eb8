"""A change of a filter on our Overview and on the naive page, from the rerun's start to its end, without a browser.

Ours is measured twice: a filter that nobody chose before (every answer is computed), and one that was chosen before.
Our page shows more than the naive one: changes with intervals, the year before, a line for each number.
"""

import os
from pathlib import Path
from unittest import mock

from benchmarks import apart, pages, questions, table
from data.home import PROJECT

CONTACTS = 1_000_000


def export(path: str, folder: str) -> None:
    """The contacts and the enrollment of a store as the CSV that the naive page reads."""
    store = questions.opened(path)
    names = "student_id, contact_date AS date, channel, direction, outcome"
    store.query(f"SELECT {names} FROM contact WHERE audience = 'personal'").to_csv(
        f"{folder}/contacts.csv", index=False
    )
    ends = "DATE '1970-01-01' + entry_day AS entry, DATE '1970-01-01' + exit_day AS exit"
    store.query(f"SELECT student_id, grade, {ends} FROM enrollment").to_csv(f"{folder}/enrollment.csv", index=False)


def measure_naive(folder: str) -> tuple[apart.Clock, None]:
    """Choose a band on the naive page."""
    from streamlit.testing.v1 import AppTest

    os.environ["BOTHWAYS_NAIVE"] = folder
    test = AppTest.from_file(str(PROJECT / "benchmarks" / "naive_page.py"), default_timeout=3600).run()
    clock = apart.Clock()
    test.multiselect[0].select("middle").run()
    return _whole(test, clock.stop()), None


def measure_ours(path: str, before: bool) -> tuple[apart.Clock, None]:
    """Choose a band on our Overview; `before`: somebody chose it already."""
    from streamlit.testing.v1 import AppTest

    from data.which import InUse
    from ui import stores

    store = questions.opened(path)
    with mock.patch.object(stores, "current", lambda: InUse(store, True)):
        test = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=3600).run()
        if before:
            test.multiselect(key="band").select("middle").run()
            test.multiselect(key="band").unselect("middle").run()
        clock = apart.Clock()
        test.multiselect(key="band").select("middle").run()
        clock.stop()
    return _whole(test, clock), None


def _whole(test, clock: apart.Clock) -> apart.Clock:
    if test.exception or not test.get("plotly_chart"):
        raise RuntimeError("A page of the benchmark failed.")
    return clock


def run(folder: Path, sizes, runs: int) -> None:
    """Print the table."""
    path = pages.sample(folder, sizes, sizes.rows or CONTACTS)
    apart.run("benchmarks.naive:export", path, folder)
    first, again, theirs = table.in_turn(
        runs,
        lambda: apart.run("benchmarks.naive:measure_ours", path, False),
        lambda: apart.run("benchmarks.naive:measure_ours", path, True),
        lambda: apart.run("benchmarks.naive:measure_naive", folder),
    )
    contacts = questions.opened(path).value("SELECT count(*) FROM contact")
    table.show(
        f"naive: a filter is changed, {contacts:,} contacts",
        [
            table.timed("chosen for the first time", first, theirs, ""),
            table.timed("chosen before", again, theirs, ""),
            table.memory("memory", first, theirs),
        ],
    )
