"""Tables of one kind below each other on a sheet, each under titles of its own: "Student: Ana Lopez", its calls, then
"Student: Ben Smith" and his. What stands below a title is never taken for what the title before it said.
"""

import pyarrow as pa
import pyarrow.compute as pc

from data.mapping import shapes
from data.mapping.titles import above

# So many rows of titles may stand between "Student: ..." and the column names that are said again.
_TITLE_ROWS = 8
# A sheet with more sparse rows than this is an export, whose blank cells are no titles.
_MOST = 50_000


def find(
    table: pa.Table, names: list[str], filled, first: int, facts: dict[str, str], repeats: set[int]
) -> tuple[list[tuple[int, dict[str, str]]], set[int]]:
    """([(first row, what its titles say)] of the blocks below the first, the rows of their titles).

    `facts` are those of the titles above the whole table: where they label nothing, no row further down is looked
    at. `filled` counts each row's values; `repeats` are the rows that say the column names again.
    """
    if not facts:
        return [], set()
    sparse = pc.and_(pc.greater(filled, 0), pc.less_equal(filled, max(2, len(names) // 2)))
    few = table.filter(pc.and_(pc.greater_equal(table["row"], first), sparse))
    if len(few) > _MOST:
        return [], set()
    columns = [few[name].to_pylist() for name in names]
    lines = {row: cells for row, *cells in zip(few["row"].to_pylist(), *columns, strict=True)}
    blocks, titles, until = [], set(), 0
    for row, cells in lines.items():
        said = _labelled(cells, facts) if row > until else {}
        if not said:
            continue
        again = min((one for one in repeats if row < one <= row + _TITLE_ROWS), default=row)
        own = [line for line in lines if row <= line < again and not _dated(lines[line])] or [row]
        said = {**facts, **above([lines[line] for line in own])}
        blocks.append((row, said))
        titles |= set(own)
        facts, until = said, max(own)
    return blocks, titles


def _labelled(cells: list[str | None], facts: dict[str, str]) -> dict[str, str]:
    """What a row of titles labels as those above the table did; nothing of a row of data."""
    said = {} if _dated(cells) else above([cells])
    return said if said.keys() & facts.keys() else {}


def _dated(cells: list[str | None]) -> bool:
    return any(text and shapes.is_date(text) for text in cells)
