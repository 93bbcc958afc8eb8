"""School years and day numbers. A school year runs from 1 July to 30 June and is named "2025-26"."""

from datetime import date, timedelta

EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1 January 1970: the integer that stands beside every date in the store."""
    return (day - EPOCH).days


def day_date(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(number))


def name_of(day: date) -> str:
    """The school year that a date lies in, as "2025-26"."""
    start = day.year if day.month >= 7 else day.year - 1
    return named(start)


def named(start_year: int) -> str:
    """The name of the school year that begins on 1 July of `start_year`."""
    return f"{start_year}-{(start_year + 1) % 100:02d}"


def start_year(name: str) -> int:
    """The calendar year in which the named school year begins. Raises ValueError on another form."""
    head, _, tail = name.partition("-")
    start = int(head)
    if len(head) != 4 or tail not in (f"{(start + 1) % 100:02d}", str(start + 1)):
        raise ValueError(f"{name!r} is not a school year such as 2025-26")
    return start


def bounds(name: str) -> tuple[date, date]:
    """First and last day (1 July, 30 June), both included, of a named school year."""
    start = start_year(name)
    return date(start, 7, 1), date(start + 1, 6, 30)
