"""Columns as codes: a log says the same few texts millions of times, so each is looked at once and rows carry numbers.

A coded column is an Arrow dictionary: codes, and the text of each. What a text means is a column of the view `cells`
with the very same codes and other words, so that no row is looked up. A column that says something else in nearly
every row (a note, a record's id) is not worth coding; its meanings are joined by its texts.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.load.sql import store_words
from data.readers.texts import MANY, worth_codes


def encoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of texts as a dictionary, one for all its chunks; as it is where that is not worth it."""
    if pa.types.is_dictionary(column.type):
        return column.unify_dictionaries()
    if column.num_chunks == 0 or _too_many(column.chunk(0)):
        return column
    coded = column.dictionary_encode()
    return coded if worth_codes(len(coded.chunk(0).dictionary), len(column)) else column


def _too_many(rows: pa.Array) -> bool:
    """Do the first rows show already that the column is not worth it?"""
    return len(rows) > 2 * MANY and pc.count_distinct(rows).as_py() > len(rows) // 2


@dataclass(frozen=True)
class Coded:
    """A column of the view: each row's code, none missing; the text of each code, NULL for a blank cell; and which of
    the texts are there (those of a header are not)."""

    codes: pa.ChunkedArray
    texts: pa.Array
    there: np.ndarray

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> "Coded":
        """The codes of an Arrow dictionary. Blank cells get one of their own, the last."""
        texts = column.chunk(0).dictionary
        chunks = [chunk.indices for chunk in column.chunks]
        if column.null_count:
            blank, texts = len(texts), pa.concat_arrays([texts, pa.nulls(1, texts.type)])
            chunks = [pc.fill_null(chunk, blank) for chunk in chunks]
        there = np.zeros(len(texts), bool)
        for chunk in chunks:
            there[chunk.to_numpy()] = True
        return cls(pa.chunked_array(chunks), texts, there)

    def spread(self, values: pa.Array) -> pa.ChunkedArray:
        """Each row's value, by its code."""
        return pa.chunked_array([pa.DictionaryArray.from_arrays(chunk, values) for chunk in self.codes.chunks])


@dataclass
class Cells:
    """The rows of a table of the file as the view `cells{tag}`, to which readings of its texts are joined.

    coded   the columns that are codes; `texts{tag}_{n}` (code, raw) are the texts of column n that are there
    filled  expressions over the view that have a value in every row
    joins   of the readings of columns that are not coded
    """

    cursor: object
    tag: str
    rows: pa.Table
    coded: dict[int, Coded] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    joins: list[str] = field(default_factory=list)

    def __post_init__(self):
        for name in self.rows.column_names:
            if _is_coded(name, self.rows[name]):
                column = self.coded[int(name[1:])] = Coded.of(self.rows[name])
                codes = pa.array(np.flatnonzero(column.there).astype(np.int32))
                texts = {"code": codes, "raw": column.texts.take(codes)}
                store_words(self.cursor, f"texts{self.tag}_{name[1:]}", texts)
        self.show()

    def show(self):
        """Make the view, with all that was joined so far."""
        self.cursor.register(f"cells_given{self.tag}", self.rows)
        self.cursor.execute(f"CREATE OR REPLACE TEMP VIEW cells{self.tag} AS SELECT * FROM cells_given{self.tag}")

    def forget(self):
        """Let go of the rows."""
        self.cursor.execute(f"DROP VIEW cells{self.tag}")
        self.cursor.unregister(f"cells_given{self.tag}")

    @property
    def source(self) -> str:
        """The FROM clause."""
        return f"cells{self.tag} AS cells {' '.join(self.joins)}"

    def distinct(self, column: int) -> str:
        """A SELECT of the different texts (`raw`) of a column."""
        if column in self.coded:
            return f"SELECT raw FROM texts{self.tag}_{column} WHERE raw IS NOT NULL"
        return f"SELECT DISTINCT c{column} AS raw FROM cells{self.tag} WHERE c{column} IS NOT NULL"

    def join(self, table: str, column: int) -> dict[str, str]:
        """Join a temporary table of readings, one row for each different text `raw` of a column: its other columns,
        each with the expression that stands for it. What no text says is the expression NULL."""
        types = {name: kind for name, kind, *_ in self.cursor.execute(f"DESCRIBE {table}").fetchall() if name != "raw"}
        told = self.cursor.execute(f"SELECT {', '.join(f'count({name})' for name in types)} FROM {table}").fetchall()[0]
        said = [name for name, many in zip(types, told, strict=True) if many]
        missing = {name: f"NULL::{kind}" for name, kind in types.items() if name not in said}
        joined = self._spread if column in self.coded else self._look_up
        return missing | joined(table, column, said)

    def _look_up(self, table: str, column: int, said: list[str]) -> dict[str, str]:
        self.joins.append(f"LEFT JOIN {table} ON {table}.raw IS NOT DISTINCT FROM cells.c{column}")
        return {name: f"{table}.{name}" for name in said}

    def _spread(self, table: str, column: int, said: list[str]) -> dict[str, str]:
        coded = self.coded[column]
        readings = self.cursor.sql(
            f"SELECT code, {table}.* EXCLUDE (raw) FROM texts{self.tag}_{column} AS texts "
            f"LEFT JOIN {table} ON {table}.raw IS NOT DISTINCT FROM texts.raw"
        ).to_arrow_table()
        codes = pa.array(np.arange(len(coded.texts), dtype=np.int32))
        places = pc.index_in(codes, value_set=readings["code"].combine_chunks())
        there = pa.array(coded.there)
        for name in said:
            values = readings[name].combine_chunks().take(places)
            self.rows = self.rows.append_column(f"{table}_{name}", coded.spread(values))
            if not values.filter(there).null_count:
                self.filled.add(f"cells.{table}_{name}")
        return {name: f"cells.{table}_{name}" for name in said}


def _is_coded(name: str, column: pa.ChunkedArray) -> bool:
    cells = name[0] == "c" and name[1:].isdigit()
    return cells and pa.types.is_dictionary(column.type) and column.num_chunks > 0
