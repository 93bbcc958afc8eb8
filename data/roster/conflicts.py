"""Rows of one roster that cannot all be so: a student in two grades, or at two schools at once.

Of such rows the later one counts (`data.roster.spans`), which is a guess, so a person is told.
"""

import pandas as pd

_SHOWN = 5


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


def _who(found: pd.DataFrame) -> str:
    many = found["local_id"].nunique()
    numbers = found["source_row"].sort_values().tolist()
    listed = ", ".join(f"{int(row):,}" for row in numbers[:_SHOWN])
    more = f" and {len(numbers) - _SHOWN:,} more" if len(numbers) > _SHOWN else ""
    return f"{many:,} {'student stands' if many == 1 else 'students stand'} (rows {listed}{more})"
