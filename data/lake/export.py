"""A store's clean tables as Parquet, in the layout that the cluster reads. Writes through Arrow: the store
itself is opened without any access to files."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import Refusal
from data.lake.layout import TABLES, Lake
from data.schoolyear import day_date, name_of
from data.store import Store


def export(store: Store, folder: Path, progress=None) -> Lake:
    """Write the clean tables of `store` into `folder`, replacing an earlier export there table by table.

    `progress(share, words)`. Raises Refusal (`lake_unusable`, `lake_empty`).
    """
    lake = Lake(folder)
    months = [month for (month,) in store.rows(
        "SELECT DISTINCT k.month FROM contact AS c JOIN calendar AS k ON k.day = c.contact_day ORDER BY 1"
    )]  # fmt: skip
    if not months:
        raise Refusal("lake_empty", "There are no contacts in this store to export.")
    try:
        for table in TABLES:
            _replace(lake.tables / table, store, f"SELECT * FROM {table}")
        _write_contacts(lake, store, months, progress)
    except OSError as error:
        raise Refusal("lake_unusable", f"The lake could not be written to {folder} ({error.strerror}).") from None
    return lake


def _write_contacts(lake: Lake, store: Store, months: list[int], progress):
    wanted = set()
    for number, month in enumerate(months):
        first = day_date(month)
        place = lake.tables / "contact" / f"school_year={name_of(first)}" / f"month={first:%Y-%m}"
        wanted.add(place)
        _replace(place, store, "SELECT c.* FROM contact AS c JOIN calendar AS k ON k.day = c.contact_day "
                               "WHERE k.month = ? ORDER BY c.contact_id", [month])  # fmt: skip
        if progress:
            progress((number + 1) / len(months), f"Contacts of {first:%B %Y}")
    for old in (lake.tables / "contact").glob("school_year=*/month=*"):
        if old not in wanted:
            shutil.rmtree(old)


def _replace(place: Path, store: Store, sql: str, params=None):
    """Write one folder whole, unless its rows are those that already lie there (then the facts stay valid)."""
    cursor = store.scratch_cursor()
    try:
        table = cursor.sql(sql, params=params).to_arrow_table()
    finally:
        cursor.close()
    target = place / "part-0.parquet"
    if target.exists() and _same(target, table):
        return
    place.mkdir(parents=True, exist_ok=True)
    draft = place / "part-0.new"
    pq.write_table(table, draft, compression="zstd")
    draft.replace(target)


def _same(target: Path, table: pa.Table) -> bool:
    old = pq.read_table(target, partitioning=None)
    return old.schema.equals(table.schema) and old.equals(table)
