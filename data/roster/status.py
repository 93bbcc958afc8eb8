"""Which rows of a roster are of students who are not here: withdrawn, graduated, not yet enrolled, to be deleted."""

import re

import pandas as pd

from data.mapping.words import plain

# The tag of those who are enrolled for the next school year only.
_NEXT_YEAR = "*"
_GONE = frozenset(
    (
        "i", "w", "wd", "inactive", "withdrawn", "withdrew", "withdrawal", "exited", "exit", "dropped", "drop",
        "dropout", "transferred", "graduated", "graduate", "graduates", "alumni", "alumnus", "alumna",
        "deleted", "tobedeleted", "noshow", "notenrolled", "nolongerenrolled", "former", "expelled", "moved", "left",
        "deceased", "unenrolled", "discharged", "incoming", "preenrolled", "preregistered", "prospective",
        "applicant", "applied", "admissions", "inquiry", "waitlist", "waitlisted", "retirado", "retirada", "baja",
    )
)  # fmt: skip
_HERE = frozenset(
    (
        "a", "e", "y", "yes", "active", "activo", "activa", "enrolled", "enrollment", "enroled", "reenrolled",
        "current", "currentlyenrolled", "present", "attending", "here", "registered", "new", "returning",
        "continuing", "returned", "student", "regular", "primary", "primaryenrollment", "secondaryenrollment",
        "fulltime", "parttime", "resident", "nonresident", "openenrollment", "inscrito", "inscrita", "retained",
        "promoted", "transferredin", "transferin", "movedin",
    )
)  # fmt: skip
# "Withdrawn 10/3", "W/D", "moved to Elm", "No longer here", "Dis-enrolled"; but "moved in", "transferred from Elm".
_LEFT = re.compile(
    r"(w ?d|withdr[ae]wn?|left|moved|transferred|exited|dropped|graduated|deceased|expelled|unenrolled|discharged|"
    r"dis ?enrolled|no longer|not (here|enrolled|attending|returning)|never (came|attended)|"
    r"did not (come|enroll|return)|no show|gone|retirad[oa]|se (fue|mudo))\b"
)
_LEFT_TAB = re.compile(
    r"(students? (who )?)?(withdraw(n|als?)|withdrew|w ?ds?|exit(s|ed)?|drop(s|ped)?|inactive|former|left|"
    r"moved( away| out)?|no ?shows?|no longer (here|enrolled)|bajas?|retirados)( students?)?( (20)?\d\d( (20)?\d\d)?)?"
)
_CAME = re.compile(r"\b(in|into|from|up|back|here from|seat|class|classes|room|homeroom|group|teachers?|section)\b")
_SHOWN = 4


def says_left(text: str) -> bool:
    """Does a text say, of itself or with its first words, that the student is not here any more?"""
    said = plain(text)
    return bool(_LEFT.match(said)) and not _CAME.search(said)


def on_left_sheet(cells: pd.DataFrame) -> pd.Series:
    """True in rows without a last day or a status, of a sheet that is named after those who left ("Withdrawals")."""
    names = {name: bool(_LEFT_TAB.fullmatch(plain(str(name)))) for name in cells["sheet"].unique()}
    return cells["sheet"].map(names).astype(bool) & cells["exit_date"].isna() & cells["status"].isna()


def unknown_status(status: pd.Series) -> str:
    """A sentence on words that nobody knows: their students count as enrolled, which may be wrong."""
    texts = status.dropna().astype(str)
    texts = texts[~gone(status).loc[texts.index]]
    counts = texts[[not _is_number(text) and not _is_known(text) for text in texts]].value_counts()
    if counts.empty:
        return ""
    listed = ", ".join(f"“{text}”" for text in counts.index[:_SHOWN])
    more = f" and {len(counts) - _SHOWN:,} more" if len(counts) > _SHOWN else ""
    rows = f"1 row has the status {listed}" if counts.sum() == 1 else f"{counts.sum():,} rows have the status {listed}"
    return (
        f"{rows}{more}, which is not known: the {'student is' if counts.sum() == 1 else 'students are'} read as "
        "enrolled. Take out the rows of students who are not here, or give them their last day."
    )


def _is_known(text: str) -> bool:
    words = plain(text)
    return not words or words.replace(" ", "") in _HERE or bool(re.match(r"(active|enrolled|current)\b", words))


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
    left = {text: word in _GONE or says_left(text) or text.strip() == _NEXT_YEAR for text, word in words.items()}
    others = texts[~texts.map(left)]
    if len(others) and all(_is_number(text) for text in others.unique()):
        counts = others.value_counts()
        usual = counts.index[0] if 2 * counts.iloc[0] > len(others) else None
        left |= {text: usual is not None and text != usual for text in counts.index}
    return status.map(left).fillna(False).astype(bool)


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-").replace(".", "", 1).isdigit()
