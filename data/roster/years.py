"""School years and dates out of cells, titles and file names. Pure text; guesses nothing it cannot read."""

import re
from datetime import date

from data.schoolyear import name_of, named, start_year

# Two years that follow each other: 2025-26, 2025-2026, SY25-26, 2025/26.
_PAIR = re.compile(r"(?<!\d)(?:(20)?(\d\d))\s*[-–—/_ ]\s*(?:20)?(\d\d)(?![\d])")
_YEAR_BEFORE = re.compile(r"[(\[]?(?P<year>(?:20)?\d\d[-–/](?:20)?\d\d)[)\]]?[\s:,_–-]+(?P<name>[^\W\d].*)")
_YEAR_BEHIND = re.compile(r"(?P<name>.*[A-Za-z].*?)[\s:,_–-]+[(\[]?(?P<year>(?:20)?\d\d[-–/](?:20)?\d\d)[)\]]?")
_ONE = re.compile(r"^\D{0,12}(20\d\d)(?:\.0)?\D{0,3}$")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)([-_./]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-_./])(\d{1,2})\2(20\d\d|\d\d)(?!\d)")
_MONTH_NAME = re.compile(
    r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ _-]*(\d{1,2})(?:st|nd|rd|th)?[ ,_-]+(20\d\d)"
)

_MONTH_OF_YEAR = re.compile(
    r"(?i)(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[., _'’-]*(20\d\d)(?!\d)"
)
_NUMBERED_MONTH = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[-/.](20\d\d)(?![\d/.-])")
_TERM = re.compile(r"(?i)(?<![a-z])(fall|autumn|spring)[ _'’-]*(20\d\d)(?!\d)")
_TERMS = {"fall": 9, "autumn": 9, "spring": 3}  # a month of each

# Words of a title whose date is the day for which a roster speaks, and not that of a form or of a board.
_OF_THE_DAY = re.compile(
    r"(?i)\b(as (of|at|on)|printed|run|generated|exported|extracted|downloaded|created|updated|enroll\w*|roster|"
    r"students?|membership|report|census|count|date|snapshot)\b"
)


def tells_when(title: str) -> bool:
    """May a title say when its roster is of: by a school year, by words such as "as of", or by nothing but a date?"""
    return bool(year_in_name(title) or _OF_THE_DAY.search(title) or len(re.findall(r"[A-Za-z]{2,}", title)) < 2)


def year_of_text(text: str, single: str = "end") -> str | None:
    """The school year that a cell names: "2025-26", "SY25-26", "2025-2026"; None where it names none.

    A single year ("2026") is the ending one, as in OneRoster and most student systems; with
    `single="start"` it is the year in which the school year begins.
    """
    text = str(text).strip()
    pair = year_in_name(text)
    if pair:
        return pair
    one = _ONE.match(text)
    if one:
        return named(int(one[1]) - (1 if single == "end" else 0))
    return None


def year_in_name(text: str) -> str | None:
    """The school year that a title or a file name contains ("Roster SY 2025-26.xlsx"), or None."""
    for century, first, second in _PAIR.findall(_without_dates(text)):
        if (int(first) + 1) % 100 == int(second) and (century or 10 <= int(first) <= 60):
            return named(2000 + int(first))
    return None


def without_year(text: str) -> tuple[str, str | None]:
    """A school's name and the school year before or behind it: "25-26 Oak Elementary", as calendars are called. The
    text as it is, and None, where it has none."""
    for pattern in (_YEAR_BEFORE, _YEAR_BEHIND):
        found = pattern.fullmatch(text.strip())
        year = year_in_name(found["year"]) if found else None
        if year:
            return found["name"].strip(), year
    return text, None


def year_of_log(text: str) -> str | None:
    """The school year of the contacts below a title, or in a tab, that says "2025-26", "Sept 2025" or "Spring 2026".

    A day tells it, too ("Week of 9/8/2025"), but not one of July and August, on which the log of a year is printed.
    """
    if pair := year_in_name(text):
        return pair
    day = date_in_name(text)
    if day and day.month not in (7, 8):
        return name_of(day)
    told = [(_MONTHS[month.lower()], year) for month, year in _MONTH_OF_YEAR.findall(text)]
    told += [(int(month), year) for month, year in _NUMBERED_MONTH.findall(text)]
    told += [(_TERMS[term.lower()], year) for term, year in _TERM.findall(text)]
    found = {name_of(date(int(year), month, 1)) for month, year in told}
    return found.pop() if len(found) == 1 else None


def date_in_name(text: str) -> date | None:
    """The date in a title or a file name ("as of 10/3/2025", "roster_2025-10-03.csv"), month before day, or None."""
    for year, _, month, day in _YEAR_FIRST.findall(text):
        if found := _date(int(year), int(month), int(day)):
            return found
    for month, _, day, year in _YEAR_LAST.findall(text):
        if found := _date(int(year) % 100 + 2000, int(month), int(day)):
            return found
    for month, day, year in _MONTH_NAME.findall(text):
        if found := _date(int(year), _MONTHS[month.lower()], int(day)):
            return found
    return None


def lesson_days(school_year: str, first_day: list[int], last_day: list[int]) -> tuple[date, date]:
    """First and last day of lessons of a school year, from the settings [month, day]."""
    begins = start_year(school_year)

    def placed(month: int, day: int) -> date:
        return date(begins if month >= 7 else begins + 1, month, day)

    return placed(*first_day), placed(*last_day)


def _without_dates(text: str) -> str:
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        text = pattern.sub(lambda found: found[0] if not _is_date(found[0]) else " ", text)
    return text


def _is_date(text: str) -> bool:
    return date_in_name(text) is not None


def _date(year: int, month: int, day: int) -> date | None:
    if month > 12 >= day:
        month, day = day, month
    try:
        return date(year, month, day)
    except ValueError:
        return None
