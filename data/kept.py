"""Sums of a store that are kept in memory for one version of it, so that a page need not add up the same days again.

Owns how they are made, found again and given up.

- A kept table is the rows of one SELECT over the store itself, before any viewer's scope: a question joins it to
  the spans in scope exactly as it joins a fact.
- The rows that one scope may count (`Narrowed`) are kept so too, known by their SELECT and every parameter, the
  viewer's schools among them: who names other schools names another table. They give way before all others.
- A kept result is known by the whole text of its SELECT and every parameter, the viewer's schools among them: who
  gets it would have got the same from the store. Only small ones, and none with a row for a student.

With the next version of the store all of it is gone. It is bounded, and never on disk. Who needs a table that
somebody else is making waits for that one and for no other.
"""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

MOST_ROWS = 3_000_000  # of all kept tables together: some 250 MB
MOST_NARROWED_ROWS = 1_000_000  # of those of a scope
MOST_TABLES = 100
MOST_RESULTS = 1000
LONGEST_RESULT = 5000  # rows
MOST_RESULT_ROWS = 500_000  # of all kept results together
_numbers = itertools.count(1)


@dataclass(frozen=True, eq=False)
class Narrowed:
    """A SELECT with parameters that narrow it to one scope; alike are those of one text and all the same values."""

    text: str
    parameters: dict

    def __eq__(self, other) -> bool:
        return isinstance(other, Narrowed) and (self.text, self.parameters) == (other.text, other.parameters)

    def __hash__(self) -> int:
        return hash((self.text, repr(sorted(self.parameters.items()))))


@dataclass(eq=False)
class _Table:
    """A kept table: whoever holds `making` makes it; `rows` is None until it is there."""

    name: str
    making: threading.Lock = field(default_factory=threading.Lock)
    rows: int | None = None


class Kept:
    """The kept tables of one connection to a store, in a database in memory beside it.

    asked  when somebody last asked a question, on the monotonic clock
    """

    def __init__(self, connection):
        self.connection = connection
        self.asked = 0.0
        self._name = f"kept_{next(_numbers)}"
        self._lock = threading.Lock()
        self._version = None
        self._tables: dict[str | Narrowed, _Table] = {}  # by SELECT, the longest unused first
        self._results: dict[tuple, pd.DataFrame] = {}
        self._making: dict[tuple, threading.Lock] = {}  # of results that somebody is making
        self._makers: set = set()  # cursors on which tables are being made
        cursor = connection.cursor()
        cursor.execute(f"ATTACH ':memory:' AS {self._name}")
        cursor.close()

    def table(self, select: str, version: int) -> str:
        """The name of a table with the rows of `select`, made now unless it was kept since `version`.

        It may be given up at any time, by a write or by others' questions, and so be gone when it is read.
        """
        return self._found(select, version)

    def narrowed(self, select: Narrowed, version: int) -> str:
        """As `table`, of the rows of one scope."""
        return self._found(select, version)

    def _found(self, select: str | Narrowed, version: int) -> str:
        with self._lock:
            self._begin(version)
            table = self._tables.pop(select, None) or _Table(f"{self._name}.main.t{next(_numbers)}")
            self._tables[select] = table
        with table.making:
            if table.rows is None:
                self._make(select, table)
        return table.name

    def touch(self):
        """Somebody is asking a question now: what is made ahead gives way (`data.ahead`)."""
        self.asked = time.monotonic()

    def interrupt(self):
        """Stop what is being made: the store closes."""
        with self._lock:
            for cursor in self._makers:
                cursor.interrupt()

    def result(self, key: tuple, version: int, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What `make` gives, kept under `key`; a frame of the caller's own. Who comes while it is made waits for it."""
        found = self._known(key, version)
        if found is None:
            with self._lock:
                making = self._making.setdefault(key, threading.Lock())
            try:
                with making:
                    found = self._known(key, version)
                    if found is None:
                        found = make()
                        self._keep(key, version, found)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return found.copy()

    def _known(self, key: tuple, version: int) -> pd.DataFrame | None:
        with self._lock:
            self._begin(version)
            return self._results.get(key)

    def _keep(self, key: tuple, version: int, found: pd.DataFrame):
        with self._lock:
            if version == self._version and len(found) <= LONGEST_RESULT:
                self._results[key] = found
                while len(self._results) > MOST_RESULTS or sum(map(len, self._results.values())) > MOST_RESULT_ROWS:
                    del self._results[next(iter(self._results))]

    def put(self, key: tuple, version: int, found: pd.DataFrame):
        """Keep a result that was read with others in one SELECT, as `result` would."""
        self.result(key, version, lambda: found)

    def has(self, key: tuple, version: int) -> bool:
        """Is there a result of this version under `key`?"""
        with self._lock:
            return version == self._version and key in self._results

    def forget(self, *, tables: bool = True):
        """Give up all results, and all tables: the store was written."""
        with self._lock:
            self._results.clear()
            if tables:
                self._give_up(list(self._tables))

    def _begin(self, version: int):
        if version != self._version:
            self._results.clear()
            self._give_up(list(self._tables))
            self._version = version

    def _make(self, select: str | Narrowed, table: _Table):
        text, parameters = (select.text, select.parameters) if isinstance(select, Narrowed) else (select, None)
        cursor = self.connection.cursor()
        with self._lock:
            self._makers.add(cursor)
        try:
            rows = cursor.execute(f"CREATE TABLE {table.name} AS {text}", parameters).fetchall()[0][0]
        except BaseException:
            with self._lock:
                if self._tables.get(select) is table:
                    del self._tables[select]
            raise
        finally:
            with self._lock:
                self._makers.discard(cursor)
            cursor.close()
        with self._lock:
            table.rows = rows
            if self._tables.get(select) is not table:  # given up while it was made: it may hold older rows
                self._drop(table)
            self._make_room()

    def _make_room(self):
        """Give up the longest unused until all bounds are kept, never the last one that was asked for."""
        while (own := self._narrowed())[:-1] and self._rows(own) > MOST_NARROWED_ROWS:
            self._give_up(own[:1])
        while len(self._tables) > MOST_TABLES or len(self._tables) > 1 and self._rows(self._tables) > MOST_ROWS:
            self._give_up(list(self._tables)[:1])

    def _narrowed(self) -> list[Narrowed]:
        return [select for select in self._tables if isinstance(select, Narrowed)]

    def _rows(self, selects) -> int:
        return sum(self._tables[select].rows or 0 for select in selects)

    def _give_up(self, selects: list):
        for select in selects:
            table = self._tables.pop(select)
            if table.rows is not None:  # else its maker drops it
                self._drop(table)

    def _drop(self, table: _Table):
        cursor = self.connection.cursor()
        cursor.execute(f"DROP TABLE {table.name}").fetchall()
        cursor.close()
