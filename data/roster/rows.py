"""Cleaned cells of a roster -> rows for `roster_row`, and every problem in one pass. Reads no store, no file.

The cells come from a sheet through `data.mapping`, or from a OneRoster workbook: one row each, texts trimmed,
dates as dates, grades and flags in the vocabulary of the store, None where a cell is empty. Decided here:
which school year a row is of, what its dates are where it has none, which rows are repetitions.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from data import schoolyear
from data.roster import names, years
from data.roster.problems import SENTENCES, message

# What `prepare` looks at; all but `sheet` and `row` may be missing.
CELLS = (
    "sheet", "row", "student_id", "student_name", "first_name", "middle_name", "last_name", "school", "school_code",
    "grade", "entry_date", "exit_date", "school_year", "status",
)  # fmt: skip
ABOUT = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender")
ROWS = (
    "sheet", "source_row", "district", "school", "school_code", "local_id", "first_name", "last_name", "school_year",
    "grade", "entry_date", "exit_date", *ABOUT, "dated",
)  # fmt: skip
REQUIRED = ("student_id", "grade", "school", "entry_date", "exit_date", "school_year")

_GONE = frozenset(
    (
        "i", "w", "inactive", "withdrawn", "withdrew", "exited", "exit", "dropped", "drop", "transferred", "graduated",
        "deleted", "tobedeleted", "to be deleted", "no show", "not enrolled", "no longer enrolled", "former",
    )
)  # fmt: skip
_EARLIEST = pd.Timestamp(1990, 1, 1)


@dataclass(frozen=True)
class RosterFile:
    """What is known of a roster beside its cells.

    `school` and `school_year` are a person's words for the whole file, used where a row has none. `hints`
    are the file name, the sheets' names and title rows: a school year or a date may stand there.
    """

    district: str
    today: date
    settings: dict
    school: str | None = None
    school_year: str | None = None
    hints: tuple[str, ...] = ()


@dataclass
class Prepared:
    """The rows to store (`ROWS`, a row each), and what became of the others.

    `problems` has code, field, value, sheet, row, message; each of its rows is set aside. `repeated` rows say
    again what another row of the file says; `left_out` rows are marked inactive and have no exit date.
    """

    rows: pd.DataFrame
    problems: pd.DataFrame
    set_aside: set[tuple[str, int]]
    repeated: int
    left_out: int
    roster_date: date
    notices: list[tuple[str, str]] = field(default_factory=list)


def prepare(cells: pd.DataFrame, about: RosterFile) -> Prepared:
    """Turn cleaned cells into roster rows.

    `cells` has the columns of `CELLS` and `ABOUT` as far as the file has them. A further column `bad`, where
    present, holds the fields of a row that could not be read, with blanks between: their problems are the
    caller's, but a row with one in a required field is set aside here. `filled`, where present, is True in rows
    whose dates are those of a school year and not the student's own.
    """
    cells = _complete(cells)
    cells, left_out = _without_the_gone(cells)
    notices, wrong = [], []
    _give_schools(cells, about, wrong)
    _give_ids(cells, wrong, notices)
    _mark(cells, wrong, "no_grade", cells["grade"].isna())
    _give_years(cells, about, wrong, notices)
    _give_dates(cells, about, wrong, notices)
    problems = _problems(cells, wrong)
    aside = set(zip(problems["sheet"], problems["row"], strict=True)) | _unreadable(cells)
    waits = pd.Series([key in aside for key in zip(cells["sheet"], cells["row"], strict=True)], index=cells.index)
    kept = cells[~waits] if len(cells) else cells
    rows = _as_rows(kept, about.district)
    said = [column for column in ROWS if column not in ("sheet", "source_row")]
    first = ~rows.duplicated(said)
    return Prepared(
        rows[first], problems, aside, int((~first).sum()), left_out, roster_date(about), notices
    )


def roster_date(about: RosterFile) -> date:
    """The day for which a roster speaks: the date in its name or title, not later than today; else today."""
    for hint in about.hints:
        found = years.date_in_name(hint)
        if found and found <= about.today:
            return found
    return about.today


def _complete(cells: pd.DataFrame) -> pd.DataFrame:
    cells = cells.reset_index(drop=True).copy()
    if "filled" not in cells:
        cells["filled"] = False
    for column in (*CELLS, *ABOUT, "bad"):
        if column not in cells:
            cells[column] = None
    for column in ("entry_date", "exit_date"):
        cells[column] = pd.to_datetime(cells[column], errors="coerce").dt.normalize()
    cells["sheet"] = cells["sheet"].fillna("")
    cells["bad"] = cells["bad"].fillna("")
    return cells


def _without_the_gone(cells: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    status = cells["status"].dropna().astype(str).str.casefold().str.strip()
    gone = status.isin(_GONE).reindex(cells.index, fill_value=False) & cells["exit_date"].isna()
    return cells[~gone].reset_index(drop=True), int(gone.sum())


def _give_ids(cells: pd.DataFrame, wrong: list, notices: list):
    """Split names into first and last; without any student number in the file the name stands for it."""
    whole = cells["last_name"].isna() & cells["first_name"].isna() & cells["student_name"].notna()
    if whole.any():
        parts = {text: names.split(text) for text in cells.loc[whole, "student_name"].unique()}
        cells.loc[whole, "first_name"] = cells.loc[whole, "student_name"].map(lambda text: parts[text][0])
        cells.loc[whole, "last_name"] = cells.loc[whole, "student_name"].map(lambda text: parts[text][1])
    with_middle = cells["middle_name"].notna() & cells["first_name"].notna()
    if with_middle.any():
        cells.loc[with_middle, "first_name"] += " " + cells.loc[with_middle, "middle_name"]
    if cells["student_id"].notna().any() or not len(cells):
        _mark(cells, wrong, "no_student_id", cells["student_id"].isna())
        return
    named = cells["first_name"].notna() | cells["last_name"].notna()
    _mark(cells, wrong, "no_name", ~named)
    for index, row in cells[named].iterrows():
        cells.at[index, "student_id"] = names.stand_in(row["first_name"], row["last_name"], row["school"])
    notices.append(
        (
            "names_for_ids",
            "This roster has no student numbers, so each student is known by school and name. Load one with numbers "
            "if you can: two students of one name count as one here.",
        )
    )


def _give_schools(cells: pd.DataFrame, about: RosterFile, wrong: list):
    nowhere = cells["school"].isna() & cells["school_code"].isna()
    if about.school:
        one_code = cells["school"].isna().all() and cells["school_code"].nunique() <= 1
        cells.loc[cells["school"].isna() if one_code else nowhere, "school"] = about.school
        nowhere = cells["school"].isna() & cells["school_code"].isna()
    _mark(cells, wrong, "no_school", nowhere)


def _give_years(cells: pd.DataFrame, about: RosterFile, wrong: list, notices: list):
    """The school year of each row: its cell, a person's word, its dates, the file's name, today.

    `stated` marks the rows of the first two kinds: there the year is said, elsewhere it follows from the dates.
    """
    texts = cells["school_year"].astype(object).where(cells["school_year"].notna(), None)
    by_date = cells["entry_date"].fillna(cells["exit_date"])
    dated = {day: schoolyear.name_of(day.date()) for day in by_date.dropna().unique()}
    from_date = by_date.map(dated)
    single = _single(texts, from_date)
    read = {text: years.year_of_text(text, single) for text in texts.dropna().unique()}
    said = texts.map(read)
    unread = texts.notna() & said.isna()
    _mark(cells, wrong, "unknown_year", unread, texts)
    if about.school_year:
        said = said.astype(object).fillna(about.school_year)
    fallback, where = _year_of_file(about)
    cells["stated"] = said.notna()
    cells["school_year"] = said.astype(object).fillna(from_date.astype(object)).fillna(fallback)
    if (said.isna() & from_date.isna() & ~unread).any():
        notices.append(("school_year", f"The roster is read as of school year {fallback}, {where}."))


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


def _year_of_file(about: RosterFile) -> tuple[str, str]:
    for hint in about.hints:
        if found := years.year_in_name(hint):
            return found, "which its name or title gives"
    for hint in about.hints:
        found = years.date_in_name(hint)
        if found and found <= about.today:
            return schoolyear.name_of(found), "in which the date in its name or title lies"
    return schoolyear.name_of(about.today), "the one of today, as nothing in it says another"


def _give_dates(cells: pd.DataFrame, about: RosterFile, wrong: list, notices: list):
    """Fill entry and exit from the school year where the roster has none, and mark dates that cannot be."""
    no_dates = cells["entry_date"].isna().all() and cells["exit_date"].isna().all()
    lessons = {
        name: years.lesson_days(name, about.settings["first_day"], about.settings["last_day"])
        for name in cells["school_year"].unique()
    }
    first = pd.to_datetime(cells["school_year"].map(lambda name: lessons[name][0]))
    last = pd.to_datetime(cells["school_year"].map(lambda name: lessons[name][1]))
    begins = pd.to_datetime(cells["school_year"].map(lambda name: schoolyear.bounds(name)[0]))
    ends = pd.to_datetime(cells["school_year"].map(lambda name: schoolyear.bounds(name)[1]))
    today = pd.Timestamp(about.today)
    # 12/31/2099 and the like stand for "no exit date".
    cells.loc[cells["exit_date"] > today + timedelta(days=730), "exit_date"] = pd.NaT
    given = cells["entry_date"].notna()
    far = given & ((cells["entry_date"] > today + timedelta(days=400)) | (cells["entry_date"] < _EARLIEST))
    _mark(cells, wrong, "date_too_far", far & ~(cells["stated"] & (cells["entry_date"] < begins)), cells["entry_date"])
    backwards = given & (cells["exit_date"] < cells["entry_date"])
    _mark(cells, wrong, "exit_before_entry", backwards, cells["exit_date"])
    outside = cells["stated"] & ~far & ((cells["entry_date"] > ends) | (cells["exit_date"] < begins))
    _mark(cells, wrong, "outside_year", outside & ~backwards, cells["school_year"])
    _mark(cells, wrong, "exit_before_entry", ~given & ~outside & (cells["exit_date"] < first), cells["exit_date"])
    carried = cells["stated"] & (cells["entry_date"] < begins) & ~outside & ~backwards
    if carried.any():
        cells.loc[carried, "entry_date"] = first[carried].where(
            cells["exit_date"].isna() | (cells["exit_date"] >= first), begins[carried]
        )
    _notice_old(cells, notices)
    cells["dated"] = (given | cells["exit_date"].notna()) & ~cells["filled"].astype(bool)
    cells["entry_date"] = cells["entry_date"].fillna(first)
    if no_dates:
        cells["exit_date"] = last


def _notice_old(cells: pd.DataFrame, notices: list):
    """Entry dates of earlier years without an exit: perhaps first enrolment dates of students who are still here."""
    latest = cells["school_year"].max()
    alone = ~cells["student_id"].duplicated(keep=False)
    old = int((~cells["stated"] & alone & (cells["school_year"] < latest) & cells["exit_date"].isna()).sum())
    if old:
        notices.append(
            (
                "old_entry_dates",
                f"{old:,} students entered before {latest} and have no exit date; each is read as enrolled to the end "
                f"of the year of entry. If they are still here, say that this roster is of school year {latest}.",
            )
        )


def _mark(cells: pd.DataFrame, wrong: list, code: str, where: pd.Series, values: pd.Series | None = None):
    """Note a problem for some rows, unless the caller has one already for that field of the row."""
    name = SENTENCES[code][0]
    told = cells["bad"].str.split().map(lambda fields: name in fields) if cells["bad"].any() else False
    for index in cells.index[where & ~pd.Series(told, index=cells.index)]:
        value = None if values is None else values[index]
        wrong.append((code, name, str(value.date()) if isinstance(value, pd.Timestamp) else value, index))


def _problems(cells: pd.DataFrame, wrong: list) -> pd.DataFrame:
    found = [
        (code, name, value, cells.at[index, "sheet"], int(cells.at[index, "row"]), message(code, value))
        for code, name, value, index in wrong
    ]
    return pd.DataFrame(found, columns=["code", "field", "value", "sheet", "row", "message"])


def _unreadable(cells: pd.DataFrame) -> set[tuple[str, int]]:
    if not cells["bad"].any():
        return set()
    waits = cells["bad"].str.split().map(lambda fields: any(name in fields for name in REQUIRED))
    return {(sheet, int(row)) for sheet, row in zip(cells.loc[waits, "sheet"], cells.loc[waits, "row"], strict=True)}


def _as_rows(cells: pd.DataFrame, district: str) -> pd.DataFrame:
    rows = cells.rename(columns={"row": "source_row", "student_id": "local_id"}).assign(district=district)
    return rows[list(ROWS)].reset_index(drop=True)
