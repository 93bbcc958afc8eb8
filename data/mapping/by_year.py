"""Rosters with a column for each of several school years: "Grade 2024-25" beside "Grade 2025-26"."""

import re
from datetime import date

from data.mapping.model import Column
from data.mapping.words import plain
from data.schoolyear import name_of, named, start_year

_YEAR = re.compile(r"(?<!\d)(?:20)?(\d\d)\s*[-–/_]\s*(?:20)?(\d\d)(?!\d)")


def year_of(header: str) -> str | None:
    """The school year that a header names, as "2025-26"; 10/11 is a day."""
    for first, second in _YEAR.findall(header):
        if int(first) > 12 and (int(first) + 1) % 100 == int(second):
            return named(2000 + int(first))
    return None


def of_latest(columns: list[Column], today: date) -> list[Column]:
    """The columns without those of another school year than the latest that has begun, where a header stands for
    several: what somebody was two years ago, or will be, is not what they are."""
    years: dict[str, dict[int, str]] = {}
    for column in columns:
        if column.filled and (year := year_of(column.header)):
            years.setdefault(plain(_YEAR.sub(" ", column.header)), {})[column.index] = year
    left_out: set[int] = set()
    for of_header in years.values():
        told = sorted(set(of_header.values()), key=start_year)
        begun = [year for year in told if start_year(year) <= start_year(name_of(today))]
        wanted = begun[-1] if begun else told[0]
        left_out |= {index for index, year in of_header.items() if year != wanted}
    return [column for column in columns if column.index not in left_out]
