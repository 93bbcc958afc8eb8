"""The sample district into a store, as real uploads of rosters and monthly contact logs would have left it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
import pyarrow as pa

from data import roster
from data.demo import tables, truth
from data.demo.make import Asked, District, make
from data.derive import derive
from data.errors import Refusal
from data.load.rows import CONTACT_ID, COPY_NO, IDENTITY
from data.schoolyear import bounds
from data.store import Store, open_store

SAMPLE = "Sample district (synthetic)"  # stands in every upload of a sample
DISTRICT = "Sample district"

# The tables that uploads fill. What is derived from them is replaced with them; the settings stay.
_DURABLE = ("upload", "active_file", "problem", "set_aside_row", "roster_row", "contact_row")

_UPLOAD = """
INSERT INTO upload BY NAME
SELECT ? AS upload_id, ? AS kind, ? AS file_name, ? AS sha256, ? AS loaded_at, ? AS loaded_by, ? AS district,
       ? AS rows_read, ? AS rows_loaded, 0 AS rows_duplicate, 0 AS rows_changed, 0 AS rows_set_aside,
       0 AS rows_unmatched, 0 AS rows_not_family, 0 AS rows_left_out, '' AS header_signature, '[]' AS mapping,
       FALSE AS full_roster, ? AS roster_date, 'loaded' AS state
"""

_ROSTER = "INSERT INTO roster_row BY NAME SELECT ?::INTEGER AS upload_id, * FROM sample_rows"

# No contact comes twice in a sample, so every row is the first with its identity and counts as loaded.
_CONTACTS = f"""
INSERT INTO contact_row BY NAME
WITH numbered AS (
    SELECT * EXCLUDE (record_number), ?::INTEGER AS upload_id, 'loaded' AS status, FALSE AS changed,
           CASE WHEN record_number IS NOT NULL THEN printf('R%07d', record_number) END AS record_id,
           NULL::VARCHAR AS grade
    FROM sample_rows
),
identified AS (SELECT *, {IDENTITY} AS identity FROM numbered),
copied AS (SELECT *, {COPY_NO}::INTEGER AS copy_no FROM identified)
SELECT *, {CONTACT_ID} AS contact_id FROM copied ORDER BY source_row
"""


def create(store: Store | str, *, progress=None, **asked) -> dict:
    """Fill `store` (or the store at that path) with a sample district; returns the planted truth.

    `asked` are the fields of `data.demo.make.Asked`: students, schools, contacts, years, seed, until. A sample
    that is there already is replaced. The truth is written beside the store, as STORE.truth.json.
    `progress(step, share)` is called as it goes. Raises Refusal: `store_in_use` where the store holds uploads
    of a district's own, `demo_size` for sizes that cannot be made.
    """
    wanted = Asked(**asked)
    store = store if isinstance(store, Store) else open_store(store)
    if not is_empty(store) and not is_sample(store):
        raise Refusal(
            "store_in_use",
            f"The store {store.path} holds a district's own uploads, and a sample never replaces those. "
            "Name another file with --store.",
        )
    say = progress or (lambda step, share: None)
    district = make(wanted, say)
    with store.writing() as write:
        for table in _DURABLE:
            write.execute(f"DELETE FROM {table}")
        say("Rosters", 0.3)
        uploads = _uploads(district)
        for upload_id, upload in enumerate(uploads, start=1):
            _note(write, upload_id, upload)
            if upload.kind == "roster":
                _insert(write, _ROSTER, upload_id, upload.table)
        roster.rebuild(write)
        say("Contact logs", 0.35)
        for upload_id, upload in enumerate(uploads, start=1):
            if upload.kind == "contacts":
                _insert(write, _CONTACTS, upload_id, tables.contacts(district, DISTRICT, upload.places))
        say("Working out replies and months", 0.6)
        derive(write, None)
    truth.save(store.path, district.truth)
    say("Done", 1.0)
    return district.truth


def is_sample(store: Store) -> bool:
    """Does the store hold a sample district, and nothing else?"""
    return store.value("SELECT count(*) > 0 AND bool_and(loaded_by = ?) FROM upload", [SAMPLE])


def is_empty(store: Store) -> bool:
    """Was nothing ever loaded into the store?"""
    return store.value("SELECT count(*) FROM upload") == 0


@dataclass(frozen=True)
class _Upload:
    """A file as a person would have loaded it. Contacts have `places` in the district's rows, rosters a `table`."""

    loaded_at: datetime
    kind: str
    file_name: str
    sha256: str
    rows: int
    roster_date: date | None = None
    table: pa.Table | None = None
    places: np.ndarray | None = None


def _uploads(district: District) -> list[_Upload]:
    """One roster a school year and one log a month, in the order of their dates."""
    found = []
    for year, table in tables.rosters(district, DISTRICT).items():
        said_on = min(bounds(year)[1], district.until)
        name = f"Sample roster {year}.csv"
        at = datetime.combine(said_on, time(9))
        found.append(_Upload(at, "roster", name, _sha256(district, name), len(table), said_on, table=table))
    for month, at, places in tables.months(district):
        name = f"Sample contact log {month:%Y-%m}.csv"
        found.append(_Upload(at, "contacts", name, _sha256(district, name), len(places), places=places))
    return sorted(found, key=lambda upload: (upload.loaded_at, upload.file_name))


def _sha256(district: District, name: str) -> str:
    return hashlib.sha256(f"{SAMPLE} {district.asked} {name}".encode()).hexdigest()


def _note(write, upload_id: int, upload: _Upload):
    write.execute(
        _UPLOAD,
        [upload_id, upload.kind, upload.file_name, upload.sha256, upload.loaded_at, SAMPLE, DISTRICT, upload.rows,
         upload.rows, upload.roster_date],
    )  # fmt: skip
    write.execute("INSERT INTO active_file VALUES (?, ?)", [upload.sha256, upload_id])


def _insert(write, sql: str, upload_id: int, table):
    write.register("sample_rows", table)
    try:
        write.execute(sql, [upload_id])
    finally:
        write.unregister("sample_rows")
