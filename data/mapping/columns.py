"""Sheet + table -> the profile of its columns. The only part that reads whole columns of a sheet."""

import hashlib
import re

import pyarrow as pa
import pyarrow.compute as pc

from data.mapping import shapes
from data.mapping.model import Column, TableShape
from data.mapping.words import plain

TOP = 60
SAMPLE = 240
_TIME_TAIL = r"^(\S*\d\S*|.*?\d{4})[T ,]+\d{1,2}:\d{2}.*$"


def table_rows(sheet, shape: TableShape) -> pa.Table:
    """The data rows of a sheet's table: from the first data row, without the rows to skip."""
    rows = sheet.table["row"]
    keep = pc.greater_equal(rows, shape.first_data_row)
    if shape.skip_rows:
        skip = pc.is_in(rows, value_set=pa.array(sorted(shape.skip_rows), type=rows.type))
        keep = pc.and_(keep, pc.invert(skip))
    return sheet.table.filter(keep)


def profile(sheet, shape: TableShape) -> list[Column]:
    """The columns of a sheet's table, in order: headers, frequent values, a spread sample."""
    table = table_rows(sheet, shape)
    return [_column(index, header, table[f"c{index}"]) for index, header in enumerate(shape.headers)]


def column_of(index: int, header: str, texts: list[str | None]) -> Column:
    """The profile of a column given as a list of texts (None or "" where blank)."""
    return _column(index, header, pa.chunked_array([pa.array([text or None for text in texts], type=pa.string())]))


def _column(index: int, header: str, values) -> Column:
    total = len(values)
    filled = total - values.null_count
    counts = pc.value_counts(values.drop_null()).sort(order="descending", by="counts") if filled else None
    texts = counts.field("values").to_pylist() if counts is not None and len(counts) <= 20000 else None
    if counts is None:
        return Column(index, header, filled, total, [], [])
    distinct = len(counts)
    step = max(1, distinct // SAMPLE)
    sample = texts[::step][:SAMPLE] if texts else counts.field("values").take(_every(distinct, step)).to_pylist()
    top = counts.slice(0, TOP)
    column = Column(
        index, header, filled, total, list(zip(top.field("values").to_pylist(), top.field("counts").to_pylist(),
        strict=True)), sample, distinct,
    )  # fmt: skip
    looks_like_dates = shapes.share(column, lambda text: shapes.is_date(text) or shapes.is_serial(text))
    return column if looks_like_dates < 0.5 else _with_dates(column, values)


def _every(distinct: int, step: int) -> pa.Array:
    return pa.array(list(range(0, distinct, step))[:SAMPLE])


def _with_dates(column: Column, values) -> Column:
    """The column with all its distinct date texts, times cut off, so that its order is decided on every row."""
    days = pc.replace_substring_regex(values.drop_null(), _TIME_TAIL, r"\1")
    counts = pc.value_counts(days)
    pairs = list(zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True))
    return Column(**{**column.__dict__, "date_texts": sorted(pairs, key=lambda pair: -pair[1])})


def header_signature(headers: list[str]) -> str:
    """A stable hash of a header set: order, case, accents and spaces do not change it."""
    words = sorted({plain(re.sub(r"([a-z])([A-Z])", r"\1 \2", header)) for header in headers if header} - {""})
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
