"""The history: who loaded which file when, what became of its rows, and where a file was loaded before."""

import pandas as pd

from data.load.place import NOT_ENROLLED
from data.load.preview import Upload

# How many rows an upload had, and what became of them.
COUNTS = (
    "rows_read",
    "rows_loaded",
    "rows_duplicate",
    "rows_changed",
    "rows_set_aside",
    "rows_unmatched",
    "rows_not_family",
    "rows_left_out",
)

_HISTORY = f"""
SELECT upload_id, kind, file_name, loaded_at, loaded_by, district, school, {", ".join(COUNTS)}, state, undone_at,
       undone_by
FROM upload ORDER BY upload_id
"""


def uploads(store) -> pd.DataFrame:
    """Every upload, undone ones too, in the order of loading, with its counts and state."""
    return store.query(_HISTORY)


def earlier_upload(cursor, sha256: str) -> dict | None:
    """The active upload of a file with these bytes as a dict of its columns, or None."""
    columns = ("upload_id", "kind", "file_name", "loaded_at", "loaded_by", "district", "school", "mapping", *COUNTS)
    found = cursor.execute(
        f"SELECT {', '.join(columns)} FROM upload WHERE sha256 = ? AND state = 'loaded'", [sha256]
    ).fetchall()
    return dict(zip(columns, found[0], strict=True)) if found else None


def loaded_before(earlier: dict) -> Upload:
    """What a second load of the same bytes reports: nothing new, everything there already, and since when."""
    counts = {name: earlier[name] for name in COUNTS}
    counts["rows_duplicate"] += counts["rows_loaded"]
    counts["rows_loaded"] = counts["rows_changed"] = 0
    day = earlier["loaded_at"]
    when = f"{day.day} {day:%b %Y, %H:%M}"
    return Upload(
        upload_id=earlier["upload_id"],
        counts=counts,
        already=f"This file was loaded already, by {earlier['loaded_by']} on {when} (upload {earlier['upload_id']}). "
        "Nothing was changed.",
    )


def not_enrolled(store, upload_id: int) -> int:
    """How many contacts that came in with an upload are of days on which their student was not enrolled."""
    found = NOT_ENROLLED.format(rows="contact_row")
    return store.value(f"SELECT count(*) {found} AND row.upload_id = ?", [upload_id])


def counts_of(cursor, upload_id: int) -> dict[str, int]:
    """The counts of one upload as they stand."""
    found = cursor.execute(f"SELECT {', '.join(COUNTS)} FROM upload WHERE upload_id = ?", [upload_id]).fetchall()
    return dict(zip(COUNTS, found[0], strict=True))
