"""Cells of a log that hold more than a day: "Week of 9/8/2025", and all contacts of a student in one cell."""

import re

from data.mapping import shapes
from data.mapping.model import Column
from data.mapping.values import is_null
from data.mapping.words import plain

_DAY = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
_SPAN = re.compile(rf"^(week|wk|semana)\b.*\d|^{_DAY}\s*(?:-|–|—|to|thru|through|a|al)\s*{_DAY}$", re.I)
# Each begins a cell, or stands behind what parts it from the one before: notes speak of other days in mid-sentence.
_ENTRY = re.compile(rf"(?:^|[;|\n,.])\s*{_DAY}(?![\d/])[\s:,–-]+[^\W\d]")
_MOST = 0.5


def several_in_a_cell(columns: list[Column]) -> str:
    """What is said of a column with several dated contacts in a cell ("9/3 LVM; 9/10 spoke with mom"); else ""."""
    for column in columns:
        told = [text for text in column.sample if not is_null(text)]
        if told and sum(len(_ENTRY.findall(text)) > 1 for text in told) >= _MOST * len(told):
            return (
                f"“{column.header}” holds several contacts in a cell, each with its date. A log has a row for each "
                "contact: write student, date and way of contact (such as Phone) beside each other, a row for each "
                "of them, and load that."
            )
    return ""


def days_of_spans(columns: list[Column]) -> str:
    """What is said of a column whose dates are weeks ("Week of 9/8/2025") and no days; else ""."""
    for column in columns:
        if shapes.share(column, _is_span) > _MOST:
            example = next(text for text in column.sample if _is_span(text))
            return (
                f"“{column.header}” holds weeks, such as “{example}”, and a contact needs its day. Write the day of "
                "each contact into the column, like 9/30/2025, and load the file again."
            )
    return ""


def _is_span(text: str) -> bool:
    return bool(_SPAN.match(text.strip()) or _SPAN.match(plain(text)))
