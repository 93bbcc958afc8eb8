"""Cells merged over several rows: a student's name beside four calls is the name in each of the four."""

from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def filled_down(rows: pa.Table, merged: list[tuple[int, int, int, int]] | None) -> pa.Table:
    """The rows of a table with the text of a cell that was merged downwards in every row that it covers, rows without
    any other text aside. `merged` are areas (first row, first column, last row, last column), rows as in "row"."""
    areas = [(first, column, last) for first, column, last, _ in merged or [] if last > first]
    if not areas:
        return rows  # as nearly all are; the numbers of a log of millions of rows are not copied for nothing
    numbers = rows["row"].to_numpy()
    down: dict[str, list[tuple[int, int]]] = {}
    for first, column, last in areas:
        start, stop = np.searchsorted(numbers, [first, last + 1])
        if start < len(numbers) and numbers[start] == first:
            down.setdefault(f"c{column}", []).append((int(start), int(stop)))
    if not down:
        return rows
    says = reduce(pc.or_, [pc.is_valid(rows[name]) for name in rows.column_names if name != "row"]).to_pylist()
    for name in down.keys() & set(rows.column_names):
        texts = rows[name].to_pylist()
        for start, stop in down[name]:
            texts[start:stop] = [
                text if text is not None or not said else texts[start]
                for text, said in zip(texts[start:stop], says[start:stop], strict=True)
            ]
        rows = rows.set_column(rows.column_names.index(name), name, pa.chunked_array([pa.array(texts, pa.string())]))
    return rows
