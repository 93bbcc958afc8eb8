"""Tables as people read them: whole words above the columns, rounded numbers in them.

The exact numbers stand in the tables that these are made of, and in their CSVs.
"""

import pandas as pd

from analytics import measures
from analytics.figures import words


def checks(table: pd.DataFrame) -> pd.DataFrame:
    """The quality checks as people read them."""
    return pd.DataFrame(
        {
            "Number": [
                words.count(rows) if words.missing(share) else f"{words.count(rows)} ({_small(share)})"
                for rows, share in zip(table["rows"], table["share"], strict=True)
            ],
            "What": table["check"],
            "What, and what it does to which measures": [
                f"{effect} Touches {_measures(names.split(', '))}."
                for effect, names in zip(table["effect"], table["measures"], strict=True)
            ],
        }
    )


def _small(share) -> str:
    """A share that keeps on one line; a little is not nothing."""
    return ("< 1 %" if 0 < share < 0.005 else words.percent(share)).replace(" ", "\u00a0")


def _measures(names: list[str]) -> str:
    """Measures by their labels inside a sentence; short where it is all of them, or all but a few."""
    known = measures.MEASURES
    others = [known[name].label.lower() for name in known if name not in names]
    if not others:
        return "all measures"
    if len(others) <= 3:
        return f"all measures but {words.joined(others)}"
    return words.joined(known[name].label.lower() for name in known if name in names)


def files(table: pd.DataFrame) -> pd.DataFrame:
    """The loaded files as people read them."""
    shown = {
        "File": table["file_name"],
        "Kind": [{"contacts": "Contact log", "roster": "Roster"}.get(kind, kind) for kind in table["kind"]],
        "Loaded": [pd.Timestamp(when).strftime("%d %b %Y").lstrip("0") for when in table["loaded_at"]],
        "School": [words.DASH if words.missing(school) else school for school in table["school"]],
        "Rows read": [words.count(n) for n in table["rows_read"]],
        "New": [words.count(n) for n in table["rows_loaded"]],
        "Already there": [words.count(n) for n in table["rows_duplicate"]],
        "Set aside": [words.count(n) for n in table["rows_set_aside"]],
    }
    return pd.DataFrame(shown)


def steps(answer) -> pd.DataFrame:
    """Both years' values of the same students, and who was seen in one year only, as people read them.

    A column a step: a phone has room for two beside the words, and not for so many columns of numbers.
    """
    unit, said = answer.measure.unit, {"": [
        f"{answer.measure.label} in the lower grade", "In the higher grade", "Students in both years",
        "Only in the first year", "Only in the second year", "Schools they came from", "Schools they went to",
    ]}  # fmt: skip
    counts = ("students", "only_first", "only_second", "sending_schools", "receiving_schools")
    for row in answer.table.to_dict("records"):
        values = [words.value(row[when], unit) for when in ("before", "after")]
        step = f"Grade {row['grade']} to {row['to_grade']}".replace(" ", "\u00a0")
        said[step] = values + [words.count(row[name]) for name in counts]
    return pd.DataFrame(said)


def first_years(answer) -> str:
    """The first of the two years of each step: once where it is the same, else by grade; "" where nobody moved up."""
    grades: dict[str, list[str]] = {}
    for grade, years in zip(answer.table["grade"], answer.table["school_year"], strict=True):
        if years:
            grades.setdefault(years, []).append(grade)
    if len(grades) == 1:
        years = next(iter(grades))
        return f"First year{'s' if ',' in years else ''}: {years}."
    return " ".join(f"First year from grade {words.joined(names)}: {years}." for years, names in grades.items())
