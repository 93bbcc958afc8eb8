"""Rows of one roster that cannot all be so: a student in two grades, at two schools at once, or with two names.

Of such rows the later one counts (`data.roster.spans`), which is a guess, so a person is told.
"""

from itertools import combinations

import pandas as pd
from rapidfuzz import fuzz

from data.roster import names

_SHOWN = 5
_ALIKE = 75  # out of 100: from this share of common letters on, a name is the other one spelled otherwise


def notices(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """What to say of the rows to store (`data.roster.rows.ROWS`), as (code, sentence)."""
    if not rows["local_id"].duplicated().any():
        return []
    placed = rows.assign(place=rows["school"].astype(object).fillna(rows["school_code"]))
    grades = _differing(placed, ["local_id", "place", "entry_date"], "grade")
    schools = _differing(placed, ["local_id", "entry_date"], "place")
    at_once = _at_once(placed)
    told = [
        (
            "two_names",
            _two_names(rows),
            "beside different names; all rows of one number count as one student, with the name of the later row. If "
            "they are two students, give each their own number: else one of them, and the contacts with their family, "
            "are missing.",
        ),
        (
            "schools_at_once",
            at_once,
            "at two schools at once; each counts at the one that was entered last, from that day on. If the student "
            "moved, that is right; if one of them is a program, leave its rows out.",
        ),
        (
            "two_grades",
            grades,
            "in different grades at one school from the same day; the grade of the later row counts. Delete the row "
            "that is wrong, or give it its own entry date.",
        ),
        (
            "two_schools",
            schools,
            "at different schools from the same day; each counts at the school of the later row alone. If the student "
            "moved, fill in the days; if one of them is a program, leave its rows out.",
        ),
    ]
    return [(code, f"{_who(found)} {words}") for code, found, words in told if len(found)]


def _differing(rows: pd.DataFrame, keys: list[str], column: str) -> pd.DataFrame:
    """The rows of one key that do not agree in a column."""
    several = rows[rows.duplicated(keys, keep=False)]
    if several.empty:
        return several
    return several[several.groupby(keys, dropna=False)[column].transform("nunique") > 1]


def _at_once(placed: pd.DataFrame) -> pd.DataFrame:
    """Rows at a school of students who entered another one of the same school year before they left the first."""
    rows = placed.sort_values(["local_id", "entry_date", "source_row"])
    later = rows.groupby(["local_id", "school_year"])[["place", "entry_date"]].shift(-1)
    stays = rows["exit_date"].isna() | (rows["exit_date"] > later["entry_date"])
    first = later["entry_date"].notna() & (later["entry_date"] > rows["entry_date"]) & stays
    first &= later["place"] != rows["place"]
    second = first.groupby([rows["local_id"], rows["school_year"]]).shift(1, fill_value=False)
    return rows[first | second]


def _two_names(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of students who have two names that nobody would write for one: each pair of names is looked at once."""
    named = rows.assign(name=rows["first_name"].fillna("") + "\n" + rows["last_name"].fillna(""))
    several = _differing(named, ["local_id"], "name")
    unlike = [
        student
        for student, group in several.groupby("local_id")
        if any(_unlike(one, two) for one, two in combinations(group["name"].unique(), 2))
    ]
    return several[several["local_id"].isin(unlike)]


def _unlike(one: str, two: str) -> bool:
    """Have two names ("first\nlast") a first or a last name that share no word and few letters?

    Such are two students; or one who is called otherwise, of whom it does no harm to be told.
    """
    here, there = (names.of_parts(*name.split("\n")) for name in (one, two))
    if set(here.words) <= set(there.words) or set(there.words) <= set(here.words):
        return False  # a name left out, or the two in the other order
    return _other(here.first, there.first) or _other(here.last, there.last)


def _other(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if not one or not two or set(one) & set(two):
        return False
    short, long = sorted((" ".join(one), " ".join(two)), key=len)
    return not long.startswith(short) and fuzz.ratio(short, long) < _ALIKE  # "J." and "Joe" may be one


def _who(found: pd.DataFrame) -> str:
    many = found["local_id"].nunique()
    numbers = found["source_row"].sort_values().tolist()
    listed = ", ".join(f"{int(row):,}" for row in numbers[:_SHOWN])
    more = f" and {len(numbers) - _SHOWN:,} more" if len(numbers) > _SHOWN else ""
    return f"{many:,} {'student stands' if many == 1 else 'students stand'} (rows {listed}{more})"
