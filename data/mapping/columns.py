"""Sheet + table -> the profile of its columns. The only part that reads whole columns of a sheet."""

import hashlib
import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.mapping import days, shapes
from data.mapping.merged import filled_down
from data.mapping.model import Column, TableShape
from data.mapping.words import plain

TOP = 60
SAMPLE = 240
# With more distinct texts than this the most frequent are picked without sorting all.
MANY = 50_000
_TIME_TAIL = r"^(\S*\d\S*|.*?\d{4})[T ,]+\d{1,2}:\d{2}.*$"


def table_rows(sheet, shape: TableShape) -> pa.Table:
    """The data rows of a sheet's table: from the first data row, without the rows to skip; what was merged over several
    rows stands in each of them, and so does the day that stands in a row above them."""
    return days.filled_down(filled_down(_data_rows(sheet, shape), sheet.merged), shape.days)


def _data_rows(sheet, shape: TableShape) -> pa.Table:
    rows = sheet.table["row"]
    if not shape.skip_rows:
        # Row numbers rise, so the rest is one slice: a log of millions of rows is not copied.
        return sheet.table.slice(pc.sum(pc.less(rows, shape.first_data_row)).as_py() or 0)
    skip = pc.is_in(rows, value_set=pa.array(sorted(shape.skip_rows), type=rows.type))
    return sheet.table.filter(pc.and_(pc.greater_equal(rows, shape.first_data_row), pc.invert(skip)))


def profile(sheet, shape: TableShape) -> list[Column]:
    """The columns of a sheet's table, in order: headers, frequent values, a spread sample."""
    table = table_rows(sheet, shape)
    return [_column(index, header, table[f"c{index}"]) for index, header in enumerate(shape.headers)]


def column_of(index: int, header: str, texts: list[str | None]) -> Column:
    """The profile of a column given as a list of texts (None or "" where blank)."""
    return _column(index, header, pa.chunked_array([pa.array([text or None for text in texts], type=pa.string())]))


def _column(index: int, header: str, values) -> Column:
    total, filled = len(values), len(values) - values.null_count
    if not filled:
        return Column(index, header, 0, total, [], [])
    texts, numbers = _counted(values)
    places = pc.top_k_unstable(numbers, k=min(TOP, len(texts))) if len(texts) > MANY else None
    if places is None:
        places = pc.array_sort_indices(pc.negate(pc.cast(numbers, pa.int64()))).slice(0, TOP)
    top = list(zip(texts.take(places).to_pylist(), numbers.take(places).to_pylist(), strict=True))
    spread = pa.array(range(0, len(texts), max(1, len(texts) // SAMPLE)))[:SAMPLE]
    column = Column(index, header, filled, total, top, texts.take(spread).to_pylist(), len(texts))
    looks_like_dates = shapes.share(column, lambda text: shapes.is_date(text) or shapes.is_serial(text))
    return column if looks_like_dates < 0.5 else _with_dates(column, texts, numbers)


def _counted(values: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """The different texts of a column in the order of the rows, and how many rows have each."""
    if not pa.types.is_dictionary(values.type):
        counts = pc.value_counts(values.drop_null())
        return counts.field("values"), counts.field("counts")
    texts = values.chunk(0).dictionary
    numbers, order = np.zeros(len(texts), np.int64), []
    for chunk in values.chunks:
        codes = chunk.indices.drop_null().to_numpy()
        counts = np.bincount(codes, minlength=len(texts))
        new = np.flatnonzero((counts > 0) & (numbers == 0))
        if len(new):
            first = np.zeros(len(texts), np.int64)
            first[codes[::-1]] = np.arange(len(codes))[::-1]
            order.append(new[np.argsort(first[new])])
        numbers += counts
    places = np.concatenate(order)
    return texts.take(pa.array(places)), pa.array(numbers[places])


def _with_dates(column: Column, texts, numbers) -> Column:
    """The column with all its distinct date texts, times cut off, so that its order is decided on every row."""
    days = pa.table({"day": pc.replace_substring_regex(texts, _TIME_TAIL, r"\1"), "rows": numbers})
    counts = days.group_by("day").aggregate([("rows", "sum")])
    counts = counts.sort_by([("rows_sum", "descending"), ("day", "ascending")])
    pairs = list(zip(counts["day"].to_pylist(), counts["rows_sum"].to_pylist(), strict=True))
    return replace(column, date_texts=pairs)


def header_signature(headers: list[str]) -> str:
    """A stable hash of a header set: order, case, accents and spaces do not change it."""
    words = sorted({plain(re.sub(r"([a-z])([A-Z])", r"\1 \2", header)) for header in headers if header} - {""})
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
