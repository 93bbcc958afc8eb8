"""A copy of the store that opens. Taken from one snapshot, while others read and write.

The store is opened hardened, so DuckDB itself may not write a second file; and copying the file by hand is
a trap: without a checkpoint the copy is empty, and closing the file lets go of DuckDB's lock on it. So the rows go
from table to table, through memory in portions, into a new store that is then opened and compared.
"""

import os
from contextlib import suppress
from pathlib import Path

import duckdb

from data.check import digests_of
from data.errors import Refusal
from data.store import open_store

_PORTION = 100_000
# The setting that says: rows were erased, and their bytes are still in the file (`data.erase`). No copy has them.
DUE = "erasure_due"


def backup(store, target: Path) -> Path:
    """Copy the store to the new file `target`, open the copy and compare it. Returns the copy's path.

    What was erased from the store is not in the copy. Raises Refusal: `backup_exists`, `backup_failed`.
    """
    target = Path(target).expanduser().resolve()
    if target.exists():
        raise Refusal("backup_exists", f"{target} exists already, and a backup never overwrites. Name a new file.")
    part = target.with_name(target.name + ".part")
    _remove(part)
    try:
        held = _copy(store, part)
        if _held(part) != held:
            raise Refusal("backup_failed", "The copy does not hold what the store holds, so it was removed. Try again.")
        os.replace(part, target)
    except OSError as error:
        raise _not_written(target, error.strerror) from None
    except duckdb.Error:
        raise _not_written(target, "the disk or the memory may be full") from None
    finally:
        _remove(part)
    return target


def _not_written(target: Path, why: str) -> Refusal:
    words = f"The copy {target} could not be written ({why}). Free some space, or choose another folder or disk."
    return Refusal("backup_failed", words)


def _copy(store, part: Path) -> list:
    copy = _opened(part)
    try:
        with store.scratch() as source, copy.writing() as write:
            source.execute("BEGIN TRANSACTION")
            for table in _tables(source):
                write.execute(f'DELETE FROM "{table}"')
                rows = source.sql(f'SELECT * FROM "{table}"').to_arrow_reader(_PORTION)
                write.register("portion", rows)
                write.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM portion')
                write.unregister("portion")
            write.execute("DELETE FROM setting WHERE name = ?", [DUE])
            held = digests_of(source)
            source.execute("COMMIT")
        copy.checkpoint()
        return held
    finally:
        copy.close()


def _opened(part: Path):
    """The copy, open. What is wrong with it is never to be said of the store."""
    try:
        return open_store(part)
    except Refusal:
        raise OSError(None, "the file cannot be opened; the disk may be full") from None


def _held(path: Path) -> list:
    copy = _opened(path)
    try:
        with copy.scratch() as cursor:
            return digests_of(cursor)
    finally:
        copy.close()


def _tables(cursor) -> list[str]:
    found = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT temporary AND database_name = current_database() "
        "AND table_name <> '_migration' ORDER BY table_name"
    ).fetchall()
    return [name for (name,) in found]


def _remove(part: Path):
    for path in (part, part.with_name(part.name + ".wal")):
        with suppress(OSError):
            path.unlink()
