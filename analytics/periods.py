"""Periods as day numbers: which days a question counts, and how time cuts split them. Pure; no store.

A stretch of days is half open, [first, stop). A cut by school year, month or week asks a measure of
every part of the period that lies in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from data.schoolyear import bounds, day_date, day_number, name_of, start_year


@dataclass(frozen=True)
class Part:
    """A stretch of days with one value for every time cut: `keys` as the calendar table holds them."""

    first: int
    stop: int
    keys: tuple


def month_of(day: int) -> int:
    """The day number of the first day of the month."""
    return day_number(day_date(day).replace(day=1))


def next_month(day: int) -> int:
    """The day number of the first day of the month after the one that `day` lies in."""
    return month_of(month_of(day) + 31)


def week_of(day: int) -> int:
    """The day number of the week's Monday."""
    return day - day_date(day).weekday()


def _next_school_year(day: int) -> int:
    return day_number(bounds(name_of(day_date(day)))[1]) + 1


# Of each time cut: its value on a day, and the day on which the next value begins.
_TIME: dict[str, tuple[Callable, Callable]] = {
    "month": (month_of, next_month),
    "week": (week_of, lambda day: week_of(day) + 7),
    "school_year": (lambda day: name_of(day_date(day)), _next_school_year),
}


def parts(stretches: Iterable[tuple[int, int]], cuts: tuple[str, ...]) -> list[Part]:
    """The stretches split wherever a time cut takes another value."""
    found = []
    for first, stop in stretches:
        while first < stop:
            then = min([stop, *(_TIME[cut][1](first) for cut in cuts)])
            found.append(Part(first, then, tuple(_TIME[cut][0](first) for cut in cuts)))
            first = then
    return found


def label(cut: str, key) -> str:
    """A time cut's value as it is printed: '2025-26', '2025-09', a week by its Monday's date."""
    if cut == "school_year":
        return key
    text = day_date(key).isoformat()
    return text[:7] if cut == "month" else text


def key(cut: str, text: str) -> int | str:
    """The value that a printed time label stands for. Raises ValueError on another form."""
    if cut == "school_year":
        return name_of(bounds(f"{start_year(text)}-{(start_year(text) + 1) % 100:02d}")[0])
    if cut == "month":
        return day_number(date.fromisoformat(f"{text}-01"))
    return week_of(day_number(date.fromisoformat(text)))


def narrowed(first: int, stop: int, wanted: dict[str, set]) -> list[tuple[int, int]]:
    """The stretches of [first, stop) whose time cuts all have one of the wanted values."""
    cuts = tuple(wanted)
    kept: list[tuple[int, int]] = []
    for part in parts([(first, stop)], cuts):
        if all(value in wanted[cut] for cut, value in zip(cuts, part.keys, strict=True)):
            if kept and kept[-1][1] == part.first:
                kept[-1] = (kept[-1][0], part.stop)
            else:
                kept.append((part.first, part.stop))
    return kept


def whole_months(stretches: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Split stretches into whole months and the days at their ends, both as stretches of days."""
    months, days = [], []
    for first, stop in stretches:
        from_month = first if first == month_of(first) else next_month(first)
        to_month = month_of(stop)
        if from_month >= to_month:
            days.append((first, stop))
            continue
        months.append((from_month, to_month))
        days += [ends for ends in ((first, from_month), (to_month, stop)) if ends[0] < ends[1]]
    return months, days


def lessons(first: int, stop: int, first_day: list[int], last_day: list[int]) -> list[tuple[int, int]]:
    """The stretches of lessons that touch [first, stop); `first_day` and `last_day` are [month, day] of a year."""
    found = []
    year = start_year(name_of(day_date(first)))
    while day_number(date(year, 7, 1)) < stop:
        begins, ends = (_in_school_year(year, *day) for day in (first_day, last_day))
        if begins <= ends and ends >= first and begins < stop:
            found.append((begins, ends + 1))
        year += 1
    return found


def _in_school_year(year: int, month: int, day: int) -> int:
    """The day number of a month and day in the school year that begins in `year`; 29 February may be the 28th."""
    of = year if month >= 7 else year + 1
    last = date(of + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return day_number(date(of, month, min(day, last.day)))
