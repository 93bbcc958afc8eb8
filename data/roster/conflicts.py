"""Rows of one roster that cannot all be so: a student in two grades, at two schools at once, of two home languages.

Of such rows the later one counts (`data.roster.spans`), which is a guess, so a person is told. Exports with a row for
each guardian, class or race of a student have such rows.
"""

import pandas as pd

_SHOWN = 5
_VALUES = {
    "home_language": "the home language",
    "iep": "the IEP",
    "english_learner": "English learner",
    "low_income": "low income",
    "race_ethnicity": "race or ethnicity",
    "gender": "gender",
}


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
    told += _values(placed)
    return [(code, f"{_who(found)} {words}") for code, found, words in told if len(found)]


def _values(placed: pd.DataFrame) -> list[tuple[str, pd.DataFrame, str]]:
    """What to say of rows of one stay with different last days, or that say different things of the student."""
    stay = ["local_id", "place", "entry_date"]
    exits = _differing(placed, stay, "exit_date", blank_differs=True)
    differing = {name: found for name in _VALUES if len(found := _differing(placed, stay, name))}
    said = " and ".join(_VALUES[name] for name in differing)
    found = placed.loc[sorted(set().union(*(rows.index for rows in differing.values())))] if differing else placed[:0]
    return [
        (
            "two_exits",
            exits,
            "with different last days (or one row without any) for one stay at a school; the later row counts. If the "
            "rows are of classes or programs, leave out the column of their last days.",
        ),
        (
            "two_values",
            found,
            f"in rows that differ in {said}; the later row counts. If there is a row for each guardian or class, keep "
            "the one that is right.",
        ),
    ]


def _differing(rows: pd.DataFrame, keys: list[str], column: str, *, blank_differs: bool = False) -> pd.DataFrame:
    """The rows of one key that do not agree in a column. An empty cell agrees with any, but where `blank_differs`."""
    several = rows[rows.duplicated(keys, keep=False)]
    if several.empty:
        return several
    values = several.groupby(keys, dropna=False)[column].transform("nunique", dropna=not blank_differs)
    return several[values > 1]


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
