"""The store is a function of the files in it: not of their order, nor of what was loaded and undone before."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.check import digests, findings
from data.load import undo
from data.store import open_store
from tests.support.loading import LOG_HEADERS, ROSTER, load, log, roster

CALL = ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"]
TEXT = ["00123", "9/5/2025 8:15 AM", "Text", "Out", "Sent", "Ms. Lee", ""]
REPLY = ["00123", "9/6/2025 9:00 AM", "Text", "In", "Sent", "Ms. Lee", ""]
OTHER = ["00125", "9/9/2025", "Email", "Out", "Sent", "Mr. Cho", "Academics"]
STRANGER = ["00777", "9/9/2025", "Email", "Out", "Sent", "Mr. Cho", "Academics"]
BROKEN = ["00124", "soon", "Email", "Out", "Sent", "Mr. Cho", "Academics"]
NAMED = ["Ana Lopez", "9/12/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"]

FILES = {
    "roster": roster(),
    "more students": roster([*ROSTER[:1], ["00777", "Dee", "Park", "Lincoln ES", "4", "8/15/2025"]], "more.csv"),
    # CALL stands twice in one file and three times in the other: the union holds it three times.
    "first": log([CALL, CALL, TEXT, STRANGER, BROKEN], name="first.csv"),
    "second": log([CALL, CALL, CALL, REPLY, OTHER], name="second.csv"),
    "by name": log([NAMED], name="names.csv", headers=["Student", *LOG_HEADERS[1:]]),
}


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The digests of each set of files, loaded in the order above into a store of its own."""
    known = {}

    def of(names: frozenset) -> list:
        if names not in known:
            store = open_store(tmp_path_factory.mktemp("expected") / "store.duckdb")
            for name in FILES:
                if name in names:
                    load(store, FILES[name])
            known[names] = digests(store)
            store.close()
        return known[names]

    return of


steps = st.lists(st.sampled_from(list(FILES)), min_size=2, max_size=6)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(steps)
@example(["roster", "second", "first"])  # CALL then counts for one file three times, else for two files
def test_any_order_of_loads_and_undos_gives_the_same_store(tmp_path_factory, expected, steps):
    """Each step loads a file, or takes it back where it is loaded."""
    store = open_store(tmp_path_factory.mktemp("steps") / "store.duckdb")
    uploads = {}
    try:
        for name in steps:
            if name in uploads:
                undo(store, uploads.pop(name), "someone")
            else:
                uploads[name] = load(store, FILES[name]).upload_id
        assert digests(store) == expected(frozenset(uploads))
        assert findings(store) == []
    finally:
        store.close()


def test_ids_do_not_change_with_the_order_of_loading(tmp_path):
    seen = []
    for number, order in enumerate((list(FILES), list(reversed(FILES)))):
        store = open_store(tmp_path / f"{number}.duckdb")
        for name in order:
            load(store, FILES[name])
        ids = (
            store.rows("SELECT contact_id, student_id FROM contact ORDER BY ALL"),
            store.rows("SELECT student_id, local_id FROM student ORDER BY ALL"),
            store.rows("SELECT school_id, name FROM school ORDER BY ALL"),
        )
        seen.append(ids)
        store.close()
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 8


def test_everything_undone_leaves_an_empty_store(tmp_path):
    store = open_store(tmp_path / "store.duckdb")
    empty = digests(store)
    uploads = [load(store, book).upload_id for book in FILES.values()]
    for upload_id in (uploads[2], uploads[0], uploads[4], uploads[1], uploads[3]):
        undo(store, upload_id, "someone")
        assert findings(store) == []
    assert digests(store) == empty
    assert store.rows("SELECT DISTINCT state FROM upload") == [("undone",)]
    store.close()


def test_a_rebuild_changes_nothing(tmp_path):
    from data.load import rebuild

    store = open_store(tmp_path / "store.duckdb")
    for book in FILES.values():
        load(store, book)
    before = digests(store)
    rebuild(store)
    assert digests(store) == before
    store.close()
