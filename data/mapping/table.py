"""Where the table of a sheet is: its header row (or two), its first data row, and the rows that are no data.

Scored by the words of headers and by the change of kind below them: a header "Date" over dates. Titles above,
blank rows, repeated headers, totals and footers are passed over; merged group headers are joined
("Parent / Phone").
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.errors import Refusal
from data.mapping import blocks, days, grade_blocks, headers, shapes
from data.mapping.leftover import repeated, skipped
from data.mapping.model import TableShape
from data.mapping.otherwise import by_week, by_week_sentence
from data.mapping.titles import above, student_of_tab
from data.mapping.words import plain

LOOK = 60
# A sheet wider than this is looked at again in its first columns; of a log that is read by hand none is as wide.
WIDE = 200


def find_table(sheet, header_row: int | None = None) -> TableShape:
    """The table of a sheet (see `TableShape`). `header_row` is the row that a person named, as the sheet shows it.

    Raises Refusal 'empty_sheet' where there are no cells, 'no_header' where no row can be a header,
    'no_rows' where nothing stands below it.
    """
    names = [name for name in sheet.table.column_names if name != "row"]
    filled = _filled(sheet.table, names)
    if not names or not pc.any(pc.greater(filled, 0)).as_py():
        raise Refusal("empty_sheet", f"{_called(sheet)} has no values. Check that the right file was chosen.")
    places, cells = _first_rows(sheet.table, names, filled)
    at = _header_at(cells) if header_row is None else _named_row(sheet, places, cells, names, header_row)
    weeks = [] if at is not None else _row_of_days(cells)
    if weeks:
        raise Refusal("by_week", by_week_sentence(weeks))
    if at is None:
        raise Refusal("no_header", _no_header(sheet, len(names)))
    labels, last = _labels(cells, places, at, _merged(sheet))
    if last + 1 >= len(cells):
        raise Refusal("no_rows", f"{_called(sheet)} has column names but no rows below them.")
    alone = days.find(sheet, names, labels, filled, places[last + 1])
    found = _named([*labels, days.HEADER] if alone else labels)
    titles = cells[: min(at, last)]
    facts, first = above(titles), places[last + 1]
    repeats = repeated(sheet.table, names, labels, first)
    below, headings = blocks.find(sheet.table, names, filled, first, facts, repeats)
    graded = grade_blocks.find(sheet.table, names, labels, filled, first, titles, repeats)
    facts, below = grade_blocks.merged(facts, below, graded)
    headings = headings.union(*(rows for _, _, rows in graded))
    headings |= {row for row, _ in alone}
    return TableShape(
        header_row=places[at],
        headers=found,
        first_data_row=first,
        skip_rows=frozenset(
            skipped(sheet.table, names, filled, first) | repeats | headings | {row for row, _ in alone}
        ),
        student_from_tab=student_of_tab(found, sheet.name, facts),
        above=facts,
        titles=tuple(text for row in titles for text in row if text),
        blocks=tuple(below),
        days=alone,
    )


def _no_header(sheet, columns: int) -> str:
    said = f"{_called(sheet)} has no row with column names such as Student ID, Date or Method."
    if columns > WIDE:
        return f"{said} It has {columns:,} columns: keep those of the contact, names above them, and load it again."
    return f"{said} Add one above the data and load the file again."


def _row_of_days(cells: list[list[str | None]]) -> list[str]:
    """The days at the top of the columns of a sheet that has one for each: no row of data has three."""
    found = [by_week([text for text in row if text]) for row in cells]
    return next((days for days in found if len(days) > 2), [])


def _named_row(sheet, places, cells, names: list[str], number: int) -> int | None:
    """The place of a row that a person named; one further down than was looked at is looked up."""
    if number not in places:
        below = sheet.table.filter(pc.greater_equal(sheet.table["row"], number)).slice(0, LOOK)
        if not len(below) or below["row"][0].as_py() != number:
            return None
        places[:] = below["row"].to_pylist()
        cells[:] = [list(row) for row in zip(*(below[name].to_pylist() for name in names), strict=True)]
    at = places.index(number)
    return at if any(cells[at]) else None


def _called(sheet) -> str:
    return f"The sheet “{sheet.name}”" if sheet.name else "The file"


def _filled(table: pa.Table, names: list[str]):
    """How many cells of each row have a value."""
    full = [name for name in names if not table[name].null_count]
    total = pa.chunked_array([np.full(len(table), len(full), np.int16)])
    for name in names:
        if name not in full:
            total = pc.add(total, pc.cast(pc.is_valid(table[name]), pa.int16()))
    return total


def _first_rows(table: pa.Table, names: list[str], filled) -> tuple[list[int], list[list[str | None]]]:
    """The first filled rows: their numbers and cells."""
    head = table.slice(0, 4000).filter(pc.greater(filled.slice(0, 4000), 0)).slice(0, LOOK)
    if not len(head):
        head = table.filter(pc.greater(filled, 0)).slice(0, LOOK)
    columns = [head[name].to_pylist() for name in names]
    return head["row"].to_pylist(), [list(row) for row in zip(*columns, strict=True)]


# -- the header row ------------------------------------------------------------------------------------


def _header_at(cells: list[list[str | None]]) -> int | None:
    best, at = 0.0, None
    for place in range(min(len(cells), 40)):
        score = _score(cells, place)
        if score > best + 1e-9:
            best, at = score, place
    if at is None and cells and len(cells[0]) > WIDE:
        # Hundreds of names such as Q101 look like data, and outweigh the few that are known.
        return _header_at([row[:LOOK] for row in cells])
    return at


def _score(cells: list[list[str | None]], place: int) -> float:
    row = {index: text for index, text in enumerate(cells[place]) if text}
    below = cells[place + 1 : place + 9]
    if len(row) < 2 or not below and place:
        return 0.0
    hits = sum(_known(text) for text in row.values())
    data = sum(_is_data(text) for text in row.values())
    labels = sum(text.rstrip().endswith(":") or ": " in text for text in row.values())
    changes = sum(any(_is_data(line[index]) for line in below if line[index]) for index in row)
    same = len(row) - len({plain(text) for text in row.values()})
    width = max((sum(cell is not None for cell in line) for line in below), default=len(row))
    narrow = max(0, width - len(row)) / max(width, 1)
    if hits < 1 and (changes < 2 or data):
        return 0.0
    return 2 * hits + 0.7 * changes + 0.2 * min(len(row), 12) - 2.5 * data - 1.5 * labels - 0.5 * same - 3 * narrow


def _known(text: str) -> bool:
    """Is this cell the name of a column that one knows, or of one that is never taken?"""
    if len(text) > 80 or shapes.is_number(text):
        return False
    named = [max(headers.scores(text, kind).values(), default=0.0) for kind in ("contacts", "roster")]
    return max(*named, headers.never(text, "contacts")[1]) >= 0.55


def _is_data(text: str | None) -> bool:
    return bool(text) and (
        shapes.is_date(text) or shapes.is_time(text) or shapes.is_number(text) or shapes.is_email(text)
        or shapes.is_phone(text) or len(text) > 90 or bool(re.fullmatch(r"[A-Z]{0,3}\d{3,}", text))
    )  # fmt: skip


# -- two header rows -----------------------------------------------------------------------------------


def _merged(sheet) -> list[tuple[int, int, int, int]]:
    """Merged ranges as (first row, first column, last row, last column): rows 1-based, columns from 0."""
    ranges = []
    for one in getattr(sheet, "merged", None) or []:
        numbers = [number for part in one for number in (part if isinstance(part, (tuple, list)) else (part,))]
        if len(numbers) == 4:
            ranges.append(tuple(numbers))
    return ranges


def _labels(cells, places, at: int, merged) -> tuple[list[str], int]:
    """The header texts (blank ones ""), joined over two rows where there are two, and the place of the last of them."""
    row = [text or "" for text in cells[at]]
    if at and places[at] - places[at - 1] == 1 and _groups(cells[at - 1], row):
        return _joined(_spread(cells[at - 1], row, places[at - 1], merged), row), at
    if at + 2 < len(cells) and places[at + 1] - places[at] == 1 and _children(cells, at):
        child = [text or "" for text in cells[at + 1]]
        return _joined(_spread(cells[at], child, places[at], merged), child), at + 1
    return row, at


def _groups(upper: list[str | None], row: list[str]) -> bool:
    """Is the row above a row of group names: a few short texts, at least one over two or more columns?"""
    starts = [index for index, text in enumerate(upper) if text]
    if not starts or any(_is_data(upper[index]) or ":" in upper[index] or len(upper[index]) > 40 for index in starts):
        return False
    ends = [*starts[1:], len(row)]
    wide = any(sum(bool(text) for text in row[start:end]) > 1 for start, end in zip(starts, ends, strict=True))
    alone = len(starts) == 1
    if alone:
        return starts[0] > 0 and wide and headers.is_known(upper[starts[0]])
    lone = sum(1 for index in starts if not row[index])
    return (wide or lone > 0) and len(starts) < sum(bool(text) for text in row) + lone


def _children(cells, at: int) -> bool:
    """Is the row below the header a second header row, under group names of the first?"""
    upper, row = cells[at], cells[at + 1]
    if any(_is_data(text) for text in row if text):
        return False
    under_blank = [index for index, text in enumerate(row) if text and not upper[index]]
    if not under_blank or sum(bool(text) for text in row) > sum(bool(text) for text in upper) + len(under_blank):
        return False
    known = sum(_known(text) for text in row if text)
    beneath = any(_is_data(text) for text in cells[at + 2] if text)
    return known >= 0.5 * sum(bool(text) for text in row) and beneath


def _spread(upper: list[str | None], row: list[str], number: int, merged) -> list[str]:
    """The group name of every column: carried to the right as far as it was merged, or to the next one."""
    spans = {first_column: last_column for first, first_column, last, last_column in merged if first <= number <= last}
    groups, current, until = [], "", -1
    for index in range(len(row)):
        text = upper[index] if index < len(upper) else None
        if text:
            current, until = text, spans.get(index, index if spans else len(row))
        groups.append(current if current and (index <= until) else "")
    return groups


def _joined(groups: list[str], row: list[str]) -> list[str]:
    joined = []
    for group, text in zip(groups, row, strict=True):
        if group and text and plain(group) != plain(text):
            joined.append(f"{group} / {text}")
        else:
            joined.append(text or group)
    return joined


def _named(labels: list[str]) -> list[str]:
    """Unique headers: blank ones by their letter, repeated ones numbered."""
    seen: dict[str, int] = {}
    result = []
    for index, label in enumerate(labels):
        label = " ".join(label.split()) or f"Column {_letter(index)}"
        seen[label] = seen.get(label, 0) + 1
        result.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return result


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
