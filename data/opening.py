"""How the store's file is opened: hardened, and refused with a sentence where it cannot be.

No file access from SQL, no extension loading, the configuration locked.
"""

import os
from contextlib import suppress
from pathlib import Path

import duckdb

from data.errors import Refusal
from data.home import umask
from data.priority import giving_way


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """The file at `path`, made when it is missing (folder 0700, file 0600).

    Raises Refusal: `store_busy`, `store_unreachable`, `store_damaged`.
    """
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
        "preserve_insertion_order": "false",
        "memory_limit": os.environ.get("BOTHWAYS_MEMORY", "1400MB"),
    }
    try:
        with umask():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            connection = giving_way(lambda _: duckdb.connect(str(path), config=config))
            _sweep(path)
        connection.execute("SET TimeZone = 'UTC'")
        # It counts different students in two steps, which pays where millions differ: SELECTs of pages took 1.15 times.
        connection.execute("SET disabled_optimizers = 'distinct_aggregate_rewrite'")
        connection.execute("SET lock_configuration = true")
        return connection
    except (duckdb.Error, OSError) as error:
        raise _refused(path, error) from None


def _sweep(path: Path):
    """Take away what a killed process had put on the disk for want of memory: rows of the store, which is ours now."""
    for left in path.with_name(f"{path.name}.tmp").glob("duckdb_temp_*"):
        with suppress(OSError):
            left.unlink()


def _refused(path: Path, error: Exception) -> Refusal:
    words = str(error)
    if path.is_dir():
        return Refusal(
            "store_unreachable", f"{path} is a folder. Name the store's file in it, such as district.duckdb."
        )
    if "lock" in words.lower():
        return Refusal(
            "store_busy",
            f"The store {path} is open in another Both Ways window or command. Use that one, or close it "
            "and try again.",
        )
    if isinstance(error, OSError) or "Cannot open file" in words or "No such file" in words:
        return Refusal("store_unreachable", f"The store {path} cannot be opened. Check the folder and its permissions.")
    return Refusal(
        "store_damaged",
        f"The store {path} cannot be read: it is damaged or not a Both Ways store. Keep the file aside and "
        "put your last backup in its place.",
    )
