"""The store: one DuckDB file. Owns how it is read and written; knows no measure and no page.

- One process owns the file; a second one gets a sentence.
- Every query goes through `Store.query` or `Store.rows`, on a cursor of its own, executed and fetched
  together (DuckDB 2 is lazy: errors may surface at the fetch).
- One writer at a time: `with store.writing() as write:` is one transaction that also raises the
  store's version, which is what caches are keyed by.
"""

import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pandas as pd

from data import settings, small_tables
from data.derive import derive
from data.errors import Refusal
from data.kept import Kept, Narrowed
from data.migrations import OTHER_FACTS, STEPS
from data.opening import connect

_open_stores: dict[Path, "Store"] = {}
_open_lock = threading.Lock()


class Store:
    """An open store. Use `open_store`, which keeps one `Store` for each file and process."""

    ahead = None  # what makes sums in the background (`data.ahead`), where that was begun
    _kept: Kept | None = None
    _version: int | None = None  # only this process writes, so its writers say it; None: to be read from the store

    def __init__(self, path: Path):
        self.path = path
        self._connection = connect(path)
        self._write_lock = threading.Lock()
        self._migrate()
        self._version = self._read_version()

    # -- reading -----------------------------------------------------------------------------------

    def query(self, sql: str, params=None) -> pd.DataFrame:
        """The result of one SELECT as a data frame (columns as named in the SQL)."""
        cursor = self._connection.cursor()
        try:
            return cursor.execute(sql, params).df()
        finally:
            cursor.close()

    def rows(self, sql: str, params=None) -> list[tuple]:
        """The result of one SELECT as tuples, for small results."""
        cursor = self._connection.cursor()
        try:
            return cursor.execute(sql, params).fetchall()
        finally:
            cursor.close()

    def value(self, sql: str, params=None):
        """The single value of a one-row, one-column SELECT, or None."""
        found = self.rows(sql, params)
        return found[0][0] if found else None

    def settings(self) -> dict:
        """All settings in force (see `data.settings.DEFAULTS`)."""
        return settings.read(self.rows("SELECT name, value FROM setting"))

    def own_district(self) -> str:
        """The district of files that name none: the only one that rosters name, else that of the settings.

        A setting that somebody made comes first.
        """
        set_by_hand = self.value("SELECT count(*) FROM setting WHERE name = 'district'")
        named = self.rows("SELECT DISTINCT district FROM school LIMIT 2")
        return self.settings()["district"] if set_by_hand or len(named) != 1 else named[0][0]

    @property
    def version(self) -> int:
        """Rises with every write. Part of every cache key, so that no cache can show an old answer."""
        known = self._version
        return self._read_version() if known is None else known

    def _read_version(self) -> int:
        return self.value("SELECT version FROM store_version")

    def query_kept(self, sql: str, params: dict, selects: dict, version: int, *, keep: bool) -> pd.DataFrame:
        """As `query`, where `sql` names tables that stand for the rows of a SELECT each (`data.kept`).

        `selects` are those SELECTs by name; no name may be part of another one's. They are over the store alone; those
        with parameters of their own are `Narrowed`. `keep`: the result may be kept for who asks the very same of this
        version.
        """
        self.kept.touch()
        if not keep:
            return self._query_retried(sql, params, selects, version)
        key = _key(sql, params, selects)
        return self.kept.result(key, version, lambda: self._query_retried(sql, params, selects, version))

    def query_together(self, whole: tuple, parts: dict[str, tuple], version: int):
        """Keep the results of several SELECTs from one: `query_kept` then finds them.

        `parts` are (sql, params, selects) by name, `whole` the same of the SELECT that gives the rows of them all, with
        the name in `part`.
        """
        self.kept.touch()
        found = self._query_retried(*whole, version)
        of_part, rows = found["part"].to_numpy(dtype=object), found.drop(columns="part")
        for name, part in parts.items():
            self.kept.put(_key(*part), version, rows[of_part == name].reset_index(drop=True))

    def is_kept(self, part: tuple, version: int) -> bool:
        """Would `query_kept` find the result of this (sql, params, selects)?"""
        return self.kept.has(_key(*part), version)

    def _query_retried(self, sql: str, params: dict, selects: dict, version: int) -> pd.DataFrame:
        for _ in range(2):
            # A table may be given up between its naming and its use, by a write or by others' questions.
            with suppress(duckdb.CatalogException):
                return self._query_named(sql, params, selects, version)
        for name, select in selects.items():
            if isinstance(select, Narrowed):
                params, select = {**params, **select.parameters}, select.text
            sql = sql.replace(name, f"({select})")
        return self.query(sql, params)

    def _query_named(self, sql: str, params: dict, selects: dict, version: int) -> pd.DataFrame:
        for name, select in selects.items():
            table = self.kept.narrowed if isinstance(select, Narrowed) else self.kept.table
            sql = sql.replace(name, table(select, version))
        return self.query(sql, params)

    @property
    def kept(self) -> Kept:
        """Sums of this version of the store that are kept in memory."""
        if self._kept is None or self._kept.connection is not self._connection:
            with _open_lock:
                if self._kept is None or self._kept.connection is not self._connection:
                    self._kept = Kept(self._connection)
        return self._kept

    # -- writing -----------------------------------------------------------------------------------

    @property
    def being_written(self) -> bool:
        """Is somebody writing right now?"""
        return self._write_lock.locked()

    @contextmanager
    def writing(self, scratch=None):
        """One write transaction: yields a cursor; commits at the end, rolls back on any error.

        With `scratch` (a plan's `scratch_cursor`) it runs on that cursor, so that the write can read
        the plan's temporary tables; the cursor then stays open.
        """
        with self._write_lock:
            cursor = scratch or self._connection.cursor()
            try:
                cursor.execute("BEGIN TRANSACTION")
                yield cursor
                raised = cursor.execute("UPDATE store_version SET version = version + 1 RETURNING version").fetchall()
                self._version = None  # who asks while it is committed reads in the store which it is
                cursor.execute("COMMIT")
                self._version = raised[0][0]
            except BaseException:
                self._version = None
                _rollback(cursor)
                raise
            finally:
                if scratch is None:
                    cursor.close()
        if self._kept is not None:
            self._kept.forget()

    @contextmanager
    def scratch(self):
        """A cursor with temporary tables of its own, which vanish with it. For plans, not for writes."""
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def scratch_cursor(self) -> duckdb.DuckDBPyConnection:
        """As `scratch`, for a plan that outlives one call; the caller closes it."""
        return self._connection.cursor()

    def checkpoint(self):
        """Fold the write-ahead log into the file."""
        with self._write_lock:
            self.rows("CHECKPOINT")

    def reopen(self):
        """Open the file anew after a fatal error (a full disk), for everyone who holds this store."""
        self._end_ahead()
        with self._write_lock:
            self._connection.close()
            self._connection = connect(self.path)
            self._version = None

    def close(self):
        """Close the file, so that another process may open it."""
        with _open_lock:
            _open_stores.pop(self.path, None)
        self._end_ahead()
        self._connection.close()

    def _end_ahead(self):
        if self.ahead is not None:
            self.ahead.stop()
            self.ahead = None

    # -- opening -----------------------------------------------------------------------------------

    def _migrate(self):
        cursor = self._connection.cursor()
        cursor.execute("CREATE TABLE IF NOT EXISTS _migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")
        applied = {name for (name,) in cursor.execute("SELECT name FROM _migration").fetchall()}
        unknown = applied - {name for name, _ in STEPS}
        if unknown:
            raise Refusal("store_newer", f"The store {self.path} was written by a newer Both Ways. Update the program.")
        for name, sql in STEPS:
            if name not in applied:
                _apply(cursor, name, sql, remake=bool(applied) and name in OTHER_FACTS)
        if not self.value("SELECT count(*) FROM reply_rule"):
            self._finish_making()

    def _finish_making(self):
        """The last step of a new store. A process may have died before it, and files been loaded since: without a
        calendar nothing of them had counted."""
        now = self.settings()
        with self.writing() as write:
            small_tables.fill(write, now)
            if write.execute("SELECT count(*) FROM student").fetchall()[0][0]:
                derive(write)


def _key(sql: str, params: dict, selects: dict) -> tuple:
    """All that a result depends on beside the version."""
    return sql, repr(sorted(params.items())), repr(sorted(selects.items()))


def open_store(path: Path | str) -> Store:
    """The store at `path`, made when it is missing (folder 0700, file 0600).

    Raises Refusal: `store_busy` where another process holds the file, `store_damaged` where it
    cannot be read, `store_newer` where a later version of the program wrote it.
    """
    path = Path(path).expanduser().resolve()
    with _open_lock:
        if path not in _open_stores:
            _open_stores[path] = Store(path)
        return _open_stores[path]


def _apply(cursor, name: str, sql: str, *, remake: bool):
    cursor.execute("BEGIN TRANSACTION")
    try:
        cursor.execute(sql)
        if remake:
            derive(cursor)
        cursor.execute("INSERT INTO _migration VALUES (?, now()::TIMESTAMP)", [name])
        cursor.execute("COMMIT")
    except BaseException:
        _rollback(cursor)
        raise


def _rollback(cursor):
    # The connection may be gone, or the commit durable although it raised: the caller looks before it speaks.
    with suppress(duckdb.Error):
        cursor.execute("ROLLBACK")
