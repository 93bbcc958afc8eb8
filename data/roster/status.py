"""Which rows of a roster are of students who are not here: withdrawn, graduated, not yet enrolled, to be deleted."""

import pandas as pd

from data.mapping.words import plain

# The tag of those who are enrolled for the next school year only.
_NEXT_YEAR = "*"
_GONE = frozenset(
    (
        "i", "w", "inactive", "withdrawn", "withdrew", "exited", "exit", "dropped", "drop", "transferred", "graduated",
        "deleted", "tobedeleted", "noshow", "notenrolled", "nolongerenrolled", "former", "expelled", "moved",
        "incoming", "preenrolled", "preregistered", "prospective", "applicant",
    )
)  # fmt: skip


def never_came(status: pd.Series) -> pd.Series:
    """True where the status says that the student was expected and did not come."""
    return status.map(lambda text: isinstance(text, str) and plain(text).replace(" ", "") == "noshow").astype(bool)


def at_second_school(cells: pd.DataFrame) -> pd.Series:
    """True in rows of a second school of students whom another row of the same days has at their first."""
    second = cells["status"].map(lambda text: isinstance(text, str) and plain(text).startswith("secondary enrollment"))
    second = second.astype(bool) & cells["student_id"].notna()
    if not second.any():
        return second
    rows = cells[["student_id", "school_year", "entry_date", "exit_date"]].assign(place=cells.index)
    both = rows[second].merge(rows[~second], on="student_id", suffixes=("", "_first"))
    apart = (both["entry_date"] > both["exit_date_first"]) | (both["entry_date_first"] > both["exit_date"])
    years = both["school_year"].notna() & both["school_year_first"].notna()
    apart |= years & (both["school_year"] != both["school_year_first"])
    return cells.index.isin(both.loc[~apart, "place"]) & second


def gone(status: pd.Series) -> pd.Series:
    """True where the status says that the student is not enrolled. Empty and unknown words say nothing.

    Numbers have no common meaning (0 is active in one system and not yet in another), so the one that over half
    of the rows have is taken for active; without one, they say nothing.
    """
    texts = status.dropna().astype(str)
    words = {text: plain(text).replace(" ", "") for text in texts.unique()}
    if texts.empty:
        return pd.Series(False, index=status.index)
    left = {text: word in _GONE or text.strip() == _NEXT_YEAR for text, word in words.items()}
    others = texts[~texts.map(left)]
    if len(others) and all(_is_number(text) for text in others.unique()):
        counts = others.value_counts()
        usual = counts.index[0] if 2 * counts.iloc[0] > len(others) else None
        left |= {text: usual is not None and text != usual for text in counts.index}
    return status.map(left).fillna(False).astype(bool)


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-").replace(".", "", 1).isdigit()
