"""Properties of the rebuild: the same again, independent of what does not concern it, undone without trace."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import roster
from tests.support.rosters import cells, everything, fresh_store, load, undo

SCHOOLS = ("Oak Elementary", "Elm Middle")
FIRST = date(2025, 8, 25)

rows = st.tuples(
    st.sampled_from("12345"),
    st.sampled_from(SCHOOLS),
    st.sampled_from(("4", "5", "6")),
    st.one_of(st.none(), st.integers(0, 200)),
    st.one_of(st.none(), st.integers(0, 60)),
    st.sampled_from((None, "spanish", "hmong")),
)
files = st.tuples(
    st.lists(rows, min_size=1, max_size=7), st.integers(0, 240), st.sampled_from((None, None, True, False))
)
sequences = st.lists(files, min_size=1, max_size=5)


def frame_of(found, prefix="") -> pd.DataFrame:
    frame = cells(
        *[(prefix + number, "A" + number, "Bo", prefix + school, grade) for number, school, grade, *_ in found]
    )
    entries = [None if entry is None else FIRST + timedelta(days=entry) for *_, entry, _, _ in found]
    exits = [
        None if entry is None or length is None else FIRST + timedelta(days=entry + length)
        for *_, entry, length, _ in found
    ]
    return frame.assign(entry_date=entries, exit_date=exits, home_language=[language for *_, language in found])


def store_of(write, sequence, without=(), prefix=""):
    for number, (found, day, closes) in enumerate(sequence, start=1):
        if number not in without:
            spoken = FIRST + timedelta(days=day)
            load(write, frame_of(found, prefix), number, day=spoken, closes=closes, rebuild=False)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sequences, st.data())
def test_rebuild_is_the_same_again_and_undo_is_as_never_loaded(sequence, data):
    gone = data.draw(st.integers(1, len(sequence)))
    with tempfile.TemporaryDirectory() as folder:
        with fresh_store(Path(folder) / "all") as store, store.writing() as write:
            store_of(write, sequence)
            roster.rebuild(write)
            whole = everything(write)
            assert roster.rebuild(write) == []
            assert everything(write) == whole
            before = {row[0]: row for row in keyed(whole)}
            changed = set(undo(write, gone))
            undone = everything(write)
            after = {row[0]: row for row in keyed(undone)}
            assert changed == {key for key in before | after if before.get(key) != after.get(key)}
        with fresh_store(Path(folder) / "without") as store, store.writing() as write:
            store_of(write, sequence, without=(gone,))
            roster.rebuild(write)
            assert everything(write) == undone


def keyed(tables) -> list[tuple]:
    """(student, all of the student's spans)."""
    students = {}
    for span in tables["enrollment"]:
        students.setdefault(span[0], []).append(span)
    return list(students.items())


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(sequences, sequences)
def test_other_students_at_other_schools_change_nothing(sequence, others):
    with tempfile.TemporaryDirectory() as folder:
        with fresh_store(Path(folder) / "alone") as store, store.writing() as write:
            store_of(write, sequence)
            roster.rebuild(write)
            alone = everything(write)
        with fresh_store(Path(folder) / "both") as store, store.writing() as write:
            store_of(write, sequence)
            for number, (found, day, closes) in enumerate(others, start=101):
                day = FIRST + timedelta(days=day)
                load(write, frame_of(found, "other "), number, day=day, closes=closes, rebuild=False)
            roster.rebuild(write)
            both = everything(write)
    for table in alone:
        assert set(alone[table]) <= set(both[table])
    mine = {span[0] for span in alone["enrollment"]}
    assert [span for span in both["enrollment"] if span[0] in mine] == alone["enrollment"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sequences)
def test_spans_are_well_formed_and_no_student_is_lost(sequence):
    with tempfile.TemporaryDirectory() as folder, fresh_store(Path(folder)) as store, store.writing() as write:
        store_of(write, sequence)
        roster.rebuild(write)
        wrong = write.execute(
            "SELECT count(*) FROM enrollment WHERE exit_day < entry_day OR grade IS NULL OR entry_date IS NULL "
            "OR entry_day <> entry_date - DATE '1970-01-01' OR exit_date > DATE '1970-01-01' + exit_day"
        ).fetchall()
        named = write.execute("SELECT count(DISTINCT local_id) FROM roster_row").fetchall()
        kept = write.execute(
            "SELECT (SELECT count(*) FROM student), (SELECT count(DISTINCT student_id) FROM enrollment)"
        ).fetchall()
    assert wrong == [(0,)]
    assert kept == [(named[0][0], named[0][0])]
