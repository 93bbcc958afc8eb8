"""The different texts of a column, kept while a sheet is read, so that its cells become codes: less to write and to
hand over. A column that says something else in nearly every row (a note, a record's id) stays texts."""

import pyarrow as pa
import pyarrow.compute as pc

# A column with more different texts than MANY, and in more than half of the rows, is not worth codes; nor one with
# more than MOST, whose texts would fill the memory.
MANY, MOST = 1_000, 500_000

CODES = pa.dictionary(pa.int32(), pa.string())


def worth_codes(different: int, rows: int) -> bool:
    """Is a column with so many different texts in so many rows worth codes?"""
    return different <= MOST and different <= max(MANY, rows // 2)


class Texts:
    """The texts of one column so far, in the order in which they came; `coded` until they are too many."""

    def __init__(self):
        self.known = pa.array([], pa.string())
        self.coded = True
        self._rows = 0

    def codes(self, column: pa.Array) -> pa.Array:
        """The codes of a column of texts (or a dictionary of texts), NULL where a cell is blank; its texts where the
        column is not coded any more."""
        if not self.coded:
            return decoded(column)
        if column.type == pa.string():
            column = column.dictionary_encode()
        self._rows += len(column)
        codes = pc.index_in(column.dictionary, self.known)
        new = column.dictionary.filter(pc.is_null(codes)).drop_null()
        if len(new):
            self.known = pa.concat_arrays([self.known, new.unique()])
            codes = pc.index_in(column.dictionary, self.known)
        return codes.take(column.indices)

    def weigh(self) -> None:
        """Give the codes up where they are not worth it."""
        if self.coded and not worth_codes(len(self.known), self._rows):
            self.coded = False

    def joined(self, batches: list[pa.Array]) -> pa.Array:
        """Codes and texts that `codes` gave, as one dictionary, or as texts."""
        if self.coded:
            return pa.DictionaryArray.from_arrays(_concat(batches, pa.int32()), self.known)
        return _concat([self.known.take(b) if b.type == pa.int32() else b for b in batches], pa.string())


def decoded(column: pa.Array) -> pa.Array:
    """A dictionary of texts as texts; texts as they are."""
    return column.dictionary.take(column.indices) if pa.types.is_dictionary(column.type) else column


def _concat(arrays: list[pa.Array], kind: pa.DataType) -> pa.Array:
    return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays or [pa.nulls(0, kind)])
