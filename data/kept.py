"""Sums of a store that are kept in memory for one version of it, so that a page need not add up the same days again.

Owns how they are made, found again and given up.

- A kept table is the rows of one SELECT over the store itself, before any viewer's scope: a question joins it to
  the spans in scope exactly as it joins a fact.
- A kept result is known by the whole text of its SELECT and every parameter, the viewer's schools among them: who
  gets it would have got the same from the store. Only small ones, and none with a row for a student.

With the next version of the store all of it is gone. It is bounded, and never on disk.
"""

import itertools
import threading
from collections.abc import Callable

import pandas as pd

MOST_ROWS = 3_000_000  # of all kept tables together: some 250 MB
MOST_TABLES = 100
MOST_RESULTS = 1000
LONGEST_RESULT = 5000  # rows
MOST_RESULT_ROWS = 500_000  # of all kept results together
_numbers = itertools.count(1)


class Kept:
    """The kept tables of one connection to a store, in a database in memory beside it."""

    def __init__(self, connection):
        self.connection = connection
        self._name = f"kept_{next(_numbers)}"
        self._lock = threading.Lock()
        self._version = None
        self._tables: dict[str, tuple[str, int]] = {}  # SELECT -> (table, rows), the longest unused first
        self._results: dict[tuple, pd.DataFrame] = {}
        cursor = connection.cursor()
        cursor.execute(f"ATTACH ':memory:' AS {self._name}")
        cursor.close()

    def table(self, select: str, version: int) -> str:
        """The name of a table with the rows of `select`, made now unless it was kept since `version`."""
        with self._lock:
            self._begin(version)
            if select in self._tables:
                self._tables[select] = self._tables.pop(select)
            else:
                self._tables[select] = self._made(select)
                while len(self._tables) > MOST_TABLES or len(self._tables) > 1 and self._rows() > MOST_ROWS:
                    self._give_up(1)
            return self._tables[select][0]

    def result(self, key: tuple, version: int, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What `make` gives, kept under `key`; a frame of the caller's own."""
        with self._lock:
            self._begin(version)
            found = self._results.get(key)
        if found is None:
            found = make()
            with self._lock:
                if version == self._version and len(found) <= LONGEST_RESULT:
                    self._results[key] = found
                    while len(self._results) > MOST_RESULTS or sum(map(len, self._results.values())) > MOST_RESULT_ROWS:
                        del self._results[next(iter(self._results))]
        return found.copy()

    def forget(self, *, tables: bool = True):
        """Give up all results, and all tables: the store was written."""
        with self._lock:
            self._results.clear()
            if tables:
                self._give_up(len(self._tables))

    def _begin(self, version: int):
        if version != self._version:
            self._results.clear()
            self._give_up(len(self._tables))
            self._version = version

    def _made(self, select: str) -> tuple[str, int]:
        name = f"{self._name}.main.t{next(_numbers)}"
        cursor = self.connection.cursor()
        try:
            cursor.execute(f"CREATE TABLE {name} AS {select}").fetchall()
            return name, cursor.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
        finally:
            cursor.close()

    def _rows(self) -> int:
        return sum(rows for _, rows in self._tables.values())

    def _give_up(self, how_many: int):
        cursor = self.connection.cursor()
        for select in list(self._tables)[:how_many]:
            name, _ = self._tables.pop(select)
            cursor.execute(f"DROP TABLE {name}").fetchall()
        cursor.close()
