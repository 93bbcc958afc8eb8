"""Columns as codes: a log says the same few texts millions of times, so each is looked at once and rows carry numbers.

A coded column n of the view `cells` has k{n}, the code of its text, and the temporary table `texts{tag}_{n}`
(code, raw) has the texts; code 0 is the blank cell. A column that says something else in nearly every row (a
note, a record's id) is not worth coding and is read as it is.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.load.sql import store_words

# A column with more different texts than MANY, and in more than half of the rows, is not coded; nor one with
# more than MOST, whose texts would fill the memory.
MANY, MOST = 1_000, 500_000

BLANK = 0


def codes_of(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.Array] | None:
    """The codes of a column (whole numbers, none missing) and the text of each code; None where it is not worth it."""
    if column.num_chunks == 0 or _too_many(column.chunk(0)):
        return None
    coded = column.dictionary_encode()
    texts = coded.chunk(0).dictionary
    if len(texts) > MOST or len(texts) > max(MANY, len(column) // 2):
        return None
    kind = next(kind for kind in (pa.int8(), pa.int16(), pa.int32()) if len(texts) < 2 ** (kind.bit_width - 1))
    chunks = [pc.fill_null(pc.add(chunk.indices.cast(kind), pa.scalar(1, kind)), BLANK) for chunk in coded.chunks]
    return pa.chunked_array(chunks, kind), pa.concat_arrays([pa.array([""], pa.string()), texts])


def _too_many(rows: pa.Array) -> bool:
    """Do the first rows show already that the column is not worth it?"""
    return len(rows) > 2 * MANY and pc.count_distinct(rows).as_py() > len(rows) // 2


def store_texts(cursor, name: str, texts: pa.Array):
    """Make the table of a column's texts."""
    codes = pa.array(np.arange(len(texts), dtype=np.int32))
    raw = pc.if_else(pc.equal(codes, BLANK), pa.scalar(None, pa.string()), texts)
    store_words(cursor, name, {"code": codes, "raw": raw})


@dataclass
class Cells:
    """The view `cells{tag}`: which of its columns are coded, and how a table of readings is joined to it."""

    cursor: object
    tag: str
    coded: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, cursor, tag: str) -> "Cells":
        """The cells that are registered under this tag."""
        columns = [row[0] for row in cursor.execute(f"DESCRIBE cells{tag}").fetchall()]
        return cls(cursor, tag, frozenset(int(name[1:]) for name in columns if name[0] == "k" and name[1:].isdigit()))

    def distinct(self, column: int) -> str:
        """A SELECT of the different texts (`raw`) of a column."""
        if column in self.coded:
            return f"SELECT raw FROM texts{self.tag}_{column} WHERE raw IS NOT NULL"
        return f"SELECT DISTINCT c{column} AS raw FROM cells{self.tag} WHERE c{column} IS NOT NULL"

    def join(self, table: str, column: int) -> str:
        """The JOIN of a temporary table of readings with a column `raw`, one row for each different text."""
        if column not in self.coded:
            return f"LEFT JOIN {table} ON {table}.raw IS NOT DISTINCT FROM cells.c{column}"
        self.cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT code, {table}.* EXCLUDE (raw) "
            f"FROM texts{self.tag}_{column} AS texts LEFT JOIN {table} ON {table}.raw IS NOT DISTINCT FROM texts.raw "
            "ORDER BY code"
        )
        # Every code is there, once: the join of small numbers is a look into an array.
        return f"JOIN {table} ON {table}.code = cells.k{column}"
