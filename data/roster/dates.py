"""The school year, entry and exit of each row of a roster. Works on the frame of `data.roster.rows`.

A roster without any date covers the lessons of its school year (settings first_day, last_day). Where a row
has an entry date, no exit date means to the end of the school year; an exit date alone begins with lessons.
"""

from datetime import timedelta

import pandas as pd

from data import schoolyear
from data.roster import years
from data.roster.problems import Problems

_EARLIEST = pd.Timestamp(1990, 1, 1)
# An entry may lie ahead (next year's classes); an exit that lies further ahead stands for none.
_ENTRY_AHEAD = timedelta(days=400)
_EXIT_AHEAD = timedelta(days=730)


def give_years(cells: pd.DataFrame, about, problems: Problems, notices: list):
    """Set `school_year` of each row: from its cell, a person's word, its dates, the file's name, today.

    `stated` marks the rows of the first two kinds: there the year is said, elsewhere it follows from the dates.
    """
    texts = cells["school_year"].astype(object).where(cells["school_year"].notna(), None)
    by_date = cells["entry_date"].fillna(cells["exit_date"])
    from_date = by_date.map({day: schoolyear.name_of(day.date()) for day in by_date.dropna().unique()})
    single = _single(texts, from_date)
    said = texts.map({text: years.year_of_text(text, single) for text in texts.dropna().unique()}).astype(object)
    unread = texts.notna() & said.isna()
    problems.mark("unknown_year", unread, texts)
    problems.mark("year_ahead", said.fillna("") > _latest_year(about.today), said)
    if about.school_year:
        said = said.fillna(about.school_year)
    fallback, where = _year_of_file(about)
    said = _still_here(cells, said, from_date, about, notices)
    cells["stated"] = said.notna()
    cells["school_year"] = said.fillna(from_date.astype(object)).fillna(fallback)
    if (said.isna() & from_date.isna() & ~unread).any():
        notices.append(("school_year", f"The roster is read as of school year {fallback}, {where}."))


def give_dates(cells: pd.DataFrame, about, problems: Problems, notices: list) -> int:
    """Fill `entry_date` and `exit_date`, set `dated` (FALSE: filled from the school year), mark impossible dates; how
    many rows entered in earlier years and have no exit."""
    entry, leave = cells["entry_date"], cells["exit_date"]
    last_stay = _last_stay(cells)
    no_dates = entry.isna().all() and leave.isna().all()
    first, last, begins, ends = _days_of_years(cells["school_year"], about.settings)
    today = pd.Timestamp(about.today)
    leave = leave.where(~(leave > today + _EXIT_AHEAD))
    given, stated = entry.notna(), cells["stated"]
    far = (entry > today + _ENTRY_AHEAD) | ((entry < _EARLIEST) & ~stated)
    backwards = ~far & (leave < entry.fillna(first)) & ~(stated & (leave < begins))
    outside = ~far & ~backwards & stated & ((entry > ends) | (leave < begins))
    problems.mark("date_too_far", far, entry)
    problems.mark("exit_before_entry", backwards, leave)
    problems.mark("outside_year", outside, cells["school_year"])
    # A first enrolment of years ago, in the row of a later year: the student was there when that year began.
    carried = stated & (entry < begins) & ~outside
    entry = entry.where(~carried, first.where(leave.isna() | (leave >= first), begins))
    old = _notice_old(cells, last_stay, leave, schoolyear.name_of(about.today), notices)
    cells["dated"] = (given | leave.notna()) & ~cells["filled"].astype(bool)
    cells["entry_date"] = entry.fillna(first)
    cells["exit_date"] = last if no_dates else leave
    return old


def _still_here(cells: pd.DataFrame, said: pd.Series, from_date: pd.Series, about, notices: list) -> pd.Series:
    """Of a roster whose name or title says its school year: those who entered before and have no exit are here."""
    named = next((found for hint in about.hints if (found := years.year_in_name(hint))), None)
    if named is None:
        return said
    entered = from_date.astype(object).fillna(named)
    here = said.isna() & cells["exit_date"].isna() & _last_stay(cells) & (entered < named)
    if here.any():
        rows = "1 student" if here.sum() == 1 else f"{int(here.sum()):,} students"
        notices.append(
            (
                "carried_entries",
                f"{rows} entered before {named}, which the name or title of the file says, and have no exit date: read "
                "as enrolled from the first day of lessons of that year.",
            )
        )
    return said.where(~here, named)


def _latest_year(today) -> str:
    """The last school year that a roster can be of: the next one. Later ones are those in which students graduate."""
    return schoolyear.named(schoolyear.start_year(schoolyear.name_of(today)) + 1)


def _single(texts: pd.Series, from_date: pd.Series) -> str:
    """Does a single year in the column name the end of the school year (usual) or its beginning?"""
    both = texts.notna() & from_date.notna()
    if not both.any():
        return "end"
    pairs = pd.DataFrame({"text": texts[both].astype(str), "year": from_date[both]}).value_counts()
    fits = {
        single: sum(count for (text, year), count in pairs.items() if years.year_of_text(text, single) == year)
        for single in ("end", "start")
    }
    return "start" if fits["start"] > fits["end"] else "end"


def _year_of_file(about) -> tuple[str, str]:
    for hint in about.hints:
        if found := years.year_in_name(hint):
            return found, "which its name or title gives"
    for hint in about.hints:
        found = years.date_in_name(hint)
        if found and found <= about.today:
            return schoolyear.name_of(found), "in which the date in its name or title lies"
    return schoolyear.name_of(about.today), "the one of today, as nothing in it says another"


def _days_of_years(names: pd.Series, settings: dict) -> list[pd.Series]:
    """First and last day of lessons, first and last day of the school year, for each row."""
    days = {
        name: (*years.lesson_days(name, settings["first_day"], settings["last_day"]), *schoolyear.bounds(name))
        for name in names.unique()
    }
    return [pd.to_datetime(names.map({name: found[place] for name, found in days.items()})) for place in range(4)]


def _last_stay(cells: pd.DataFrame) -> pd.Series:
    """Which rows are of the latest entry of their student."""
    return cells["entry_date"] == cells.groupby("student_id")["entry_date"].transform("max")


def _notice_old(cells: pd.DataFrame, last_stay: pd.Series, leave: pd.Series, now: str, notices: list) -> int:
    """Entry dates of earlier years without an exit: perhaps first enrolments of students who are still here. Who is
    enrolled for the next year already makes this one no earlier year."""
    latest = min(cells["school_year"].max(), now) if len(cells) else now
    old = int((~cells["stated"] & last_stay & (cells["school_year"] < latest) & leave.isna()).sum())
    if old:
        who = "1 student" if old == 1 else f"{old:,} students"
        words = (
            f"{who} entered before {latest} without an exit date; each is read as enrolled to the end of the year of "
            f"entry. If they are still here, say that this roster is of school year {latest} (or write {latest} into "
            "the file's name)."
        )
        notices.append(("old_entry_dates", words))
    return old
