"""Rosters put into a store the short way: rows in, `rebuild`, spans out. Names are invented."""

from contextlib import contextmanager
from datetime import date

import pandas as pd

from data import roster, settings
from data.roster import RosterFile
from data.store import open_store

SEPTEMBER, OCTOBER, NOVEMBER = date(2025, 9, 2), date(2025, 10, 3), date(2025, 11, 4)
OAK, ELM = "Oak Elementary", "Elm Middle"
DISTRICT = "D"
HEADERS = ("student_id", "first_name", "last_name", "school", "grade")


@contextmanager
def fresh_store(folder):
    """An empty store that is closed at the end."""
    store = open_store(folder / "store.duckdb")
    try:
        yield store
    finally:
        store.close()


def children(*ids, school=OAK, grade="5") -> list[tuple]:
    """A row of a roster for each id."""
    return [(number, "A" + number, "Bo", school, grade) for number in ids]


def cells(*rows, headers=HEADERS, **constants) -> pd.DataFrame:
    """Cleaned cells as `data.roster.prepare` takes them; `constants` are further columns."""
    frame = pd.DataFrame(list(rows), columns=list(headers), dtype=object)
    return frame.assign(sheet="", row=range(2, len(rows) + 2), **constants)


def about(today=date(2025, 10, 1), **known) -> RosterFile:
    """What is known of a test's roster file."""
    return RosterFile(DISTRICT, today, settings.DEFAULTS, **known)


def load(write, frame, upload_id: int, *, day=date(2025, 10, 1), closes=None, rebuild=True, **known):
    """Load cells as the roster `upload_id` that speaks for `day`; returns (prepared, ids of changed students)."""
    prepared = roster.prepare(frame, about(day, **known))
    write.execute(
        "INSERT INTO upload BY NAME SELECT ? AS upload_id, 'roster' AS kind, 'r.csv' AS file_name, ? AS sha256, "
        "now()::TIMESTAMP AS loaded_at, 'test' AS loaded_by, ? AS district, 0 AS rows_read, 0 AS rows_loaded, "
        "0 AS rows_duplicate, 0 AS rows_changed, 0 AS rows_set_aside, 0 AS rows_unmatched, 0 AS rows_not_family, "
        "0 AS rows_left_out, '' AS header_signature, '{}' AS mapping, ?::BOOLEAN AS full_roster, "
        "?::DATE AS roster_date, 'loaded' AS state",
        [upload_id, str(upload_id), DISTRICT, closes, prepared.roster_date],
    )
    write.register("prepared_rows", prepared.rows)
    write.execute(f"INSERT INTO roster_row BY NAME SELECT {upload_id} AS upload_id, * FROM prepared_rows")
    write.unregister("prepared_rows")
    return prepared, (roster.rebuild(write) if rebuild else None)


def undo(write, upload_id: int) -> list[int]:
    """Take a roster back, as `data.load` does."""
    write.execute("UPDATE upload SET state = 'undone' WHERE upload_id = ?", [upload_id])
    return roster.rebuild(write)


def spans(cursor) -> list[tuple]:
    """(local id, school, grade, entry, exit) in order; dates as ISO texts, None for an open end."""
    return cursor.execute(
        "SELECT s.local_id, c.name, e.grade, e.entry_date::VARCHAR, e.exit_date::VARCHAR FROM enrollment AS e "
        "JOIN student AS s USING (student_id) JOIN school AS c USING (school_id) ORDER BY 1, 4, 2"
    ).fetchall()


def everything(cursor) -> dict[str, list[tuple]]:
    """All rows of the three derived tables, to compare two stores."""
    return {
        table: cursor.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
        for table in ("school", "student", "enrollment")
    }
