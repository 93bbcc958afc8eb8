"""A lake read as a store: the same tables and facts, as views over Parquet, in memory and read only.

The dashboard started with BOTHWAYS_LAKE answers every page from it. New facts are seen as soon as they are
put in force: the version is that of the facts. Nothing can be written; uploads belong to the state's own pipeline.
"""

import os
import threading
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data import settings, small_tables
from data.derive import FACTS
from data.errors import Refusal
from data.lake.layout import TABLES, Lake, fingerprint
from data.migrations import STEPS
from data.priority import giving_way
from data.store import Store

ENVIRONMENT = "BOTHWAYS_LAKE"
READ_ONLY = (
    "This dashboard shows facts that a cluster made from the state's lake, so nothing is loaded here. "
    "Add the contacts to the lake and derive the facts again."
)


class LakeStore(Store):
    """A `Store` over a lake. Raises Refusal (`lake_incomplete`, `lake_without_facts`) when it opens."""

    def __init__(self, lake: Lake):
        self.path = lake.root
        self.lake = lake
        self._write_lock = threading.Lock()
        self._connection, self._stamp = self._views()

    @property
    def version(self) -> int:
        """That of the facts in force; a change of them opens the views anew."""
        stamp = self._now()
        if stamp != self._stamp:
            with self._write_lock:
                if stamp != self._stamp:
                    self._connection, self._stamp = self._views()
        return int(self._stamp[:15], 16)

    @contextmanager
    def writing(self, scratch=None):
        """Refused: a lake is read only."""
        raise Refusal("lake_read_only", READ_ONLY)
        yield  # a context manager is a generator

    def checkpoint(self):
        """Nothing is written, so there is nothing to fold in."""

    def reopen(self):
        """Open the views anew."""
        with self._write_lock:
            self._connection, self._stamp = self._views()

    def close(self):
        """Forget the views."""
        self._end_ahead()
        self._connection.close()

    def _now(self) -> str:
        try:
            return fingerprint([self.lake.current_file])
        except OSError:
            raise Refusal(
                "lake_without_facts",
                f"The lake {self.lake.root} has no facts yet. Derive them with `python -m data facts --engine ...`.",
            ) from None

    def _views(self) -> tuple[duckdb.DuckDBPyConnection, str]:
        self.lake.check()
        stamp = self._now()
        parts = self.lake.current()["facts"]
        if set(parts) != set(FACTS):
            raise Refusal(
                "lake_without_facts",
                f"The facts of the lake {self.lake.root} were made by another version of Both Ways. Derive them again "
                "with `python -m data facts --engine ...`.",
            )
        config = {"autoinstall_known_extensions": "false"}
        connection = giving_way(lambda _: duckdb.connect(":memory:", config=config))
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET memory_limit = ?", [os.environ.get("BOTHWAYS_MEMORY", "1400MB")])
        for _, sql in STEPS:
            connection.execute(sql)
        for table in TABLES:
            _view(connection, table, self.lake.table_files(table))
        _view(connection, "contact_row", self.lake.table_files("contact"))
        for fact, folders in parts.items():
            _view(connection, fact, [path for folder in folders for path in _parquet(self.lake.parts / folder)])
        now = settings.read(connection.execute("SELECT name, value FROM setting").fetchall())
        small_tables.fill(connection, now)
        connection.execute("SET allowed_directories = ?", [[str(self.lake.root)]])
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection, stamp


def open_lake(uri: str) -> LakeStore:
    """The lake at `uri` as a store; one for each process and lake."""
    with _lock:
        lake = Lake(uri)
        if lake.root not in _open:
            _open[lake.root] = LakeStore(lake)
        return _open[lake.root]


_open: dict[Path, LakeStore] = {}
_lock = threading.Lock()


def _view(connection, table: str, files: list[Path]):
    """Replace an empty table of the schema by a view over its files; columns that a file lacks are unknown."""
    if not files:
        return
    columns = connection.execute(f"DESCRIBE {table}").fetchall()
    paths = "[" + ", ".join(_quoted(path) for path in files) + "]"
    source = f"read_parquet({paths}, union_by_name = true, hive_partitioning = false)"
    there = {name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    if table == "contact_row":
        there.discard("status")  # what lies in a lake counts
    selected = ", ".join(f'CAST({_column(name, there)} AS {kind}) AS "{name}"' for name, kind, *_ in columns)
    connection.execute(f"DROP TABLE {table}")
    connection.execute(f"CREATE VIEW {table} AS SELECT {selected} FROM {source}")


def _column(name: str, there: set[str]) -> str:
    if name in there:
        return f'"{name}"'
    return "'loaded'" if name == "status" else "NULL"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _parquet(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.parquet"))
