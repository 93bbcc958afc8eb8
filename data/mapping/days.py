"""Days that stand in a row of their own above the contacts of that day ("Monday, September 8"), as in paper logs, or
that a tab is named after, where no column holds the date: they are read as one more column, filled down to the next.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.mapping import headers, shapes
from data.mapping.dates import MONTHS
from data.mapping.words import plain

HEADER = "Day in a row of its own"
_OF_ROWS = "{sheet} has no column for the date: each row is of the last day that stands in a row of its own above it."
_OF_TAB = "{sheet} has no column for the date: its rows are of the day that the tab is named after."
# A sheet with more rows of one or two cells than this is an export.
_MOST = 50_000
_LABEL = re.compile(r"^\s*(date|day|fecha|d[ií]a)\s*:\s*", re.I)
_WEEKDAY = re.compile(
    r"^(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|tu|we|th|fr)$|^(mon|tues|wednes|thurs|fri|satur|sun)days?$|"
    r"^(lunes|martes|miercoles|jueves|viernes|sabado|domingo)$"
)
_SCHOOL_YEAR = re.compile(r"\b(19|20)\d\d\s*[-/–]\s*\d\d$")
_NAMES_DATE = 0.5
# What a roster has no column for: its print date is no day of a contact.
_OF_CONTACTS = {"channel": 0.7, "outcome": 0.8, "direction": 0.8, "topic": 0.7, "tone": 0.7}


def sentence(sheet: str, days: tuple[tuple[int, str], ...]) -> str:
    """What is said of a sheet (“Log”) whose dates were read so."""
    return (_OF_TAB if days[0][0] == 0 else _OF_ROWS).format(sheet=sheet)


def find(sheet, names: list[str], labels: list[str], filled, first: int) -> tuple[tuple[int, str], ...]:
    """(row, text) of each day that stands alone in its row, else of the day that the tab is named after, where no
    column name says that it holds dates. One bare date above all rows, the first of which is `first`, may be that of
    the print."""
    scored = [headers.scores(label, "contacts") for label in labels if label]
    of_contacts = any(one.get(field, 0) >= score for one in scored for field, score in _OF_CONTACTS.items())
    noted = any(headers.never(label, "contacts")[0] == "notes" for label in labels if label)
    if any(one.get("contact_date", 0) >= _NAMES_DATE for one in scored) or not (of_contacts or noted):
        return ()
    few = sheet.table.filter(pc.and_(pc.greater(filled, 0), pc.less_equal(filled, 2)))
    columns = [few[name].to_pylist() for name in names] if len(few) <= _MOST else []
    rows = [
        (row, [text for text in cells if text]) for row, *cells in zip(few["row"].to_pylist(), *columns, strict=False)
    ]
    found = tuple((row, day, _said(texts)) for row, texts in rows if (day := _day(texts)))
    if any(row >= first or said for row, _, said in found) and (of_contacts or len(found) > 1):
        return tuple((row, day) for row, day, _ in found)
    tab = _day([sheet.name or ""])
    return ((0, tab),) if tab and of_contacts and (_said([tab]) or shapes.is_whole_date(tab)) else ()


def _day(texts: list[str]) -> str | None:
    """The day that is all that a row says: "9/8/2025", "Date: 9/8/2025", "Monday" beside "9/8". "Page 9/8" is none."""
    said = _LABEL.sub("", " ".join(texts))
    first = (plain(said).split() or [""])[0]
    named = first[:1].isdigit() or first in MONTHS or _WEEKDAY.match(first)
    return said if named and shapes.is_date(said) and not _SCHOOL_YEAR.search(said) else None


def _said(texts: list[str]) -> bool:
    """Is it said that it is a day: "Date: 9/8/2025", "Monday 9/8", "September 8"?"""
    words = plain(" ".join(texts)).split()
    return bool(_LABEL.match(" ".join(texts))) or any(word in MONTHS or _WEEKDAY.match(word) for word in words)


def filled_down(rows: pa.Table, days: tuple[tuple[int, str], ...]) -> pa.Table:
    """The rows of a table with one more column, in which each row has the last day above it."""
    if not days:
        return rows
    starts, texts = [row for row, _ in days], [None, *(text for _, text in days)]
    places = np.searchsorted(starts, rows["row"].to_numpy(), side="right")
    column = pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(texts, pa.string()))
    name = f"c{len(rows.column_names) - 1}"
    return rows.append_column(name, pa.chunked_array([column.cast(pa.string())]))
