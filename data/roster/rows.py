"""Cleaned cells of a roster -> rows for `roster_row`, and every problem in one pass. Reads no store, no file.

The cells come from a sheet through `data.mapping`, or from a OneRoster workbook: one row each, texts trimmed,
dates as dates, grades and flags in the vocabulary of the store, None where a cell is empty. Decided here:
which school year a row is of, what its dates are where it has none, which rows are repetitions.
"""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from data.roster import conflicts, dates, names, years
from data.roster.problems import SHORTENED, Problems
from data.roster.status import at_second_school, gone, never_came, on_left_sheet, unknown_status

# What `prepare` looks at; all but `sheet` and `row` may be missing.
CELLS = (
    "sheet", "row", "student_id", "student_name", "first_name", "middle_name", "last_name", "name_suffix", "school",
    "school_code", "grade", "entry_date", "exit_date", "school_year", "status",
)  # fmt: skip
ABOUT = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender")
ROWS = (
    "sheet", "source_row", "district", "school", "school_code", "local_id", "first_name", "last_name", "school_year",
    "grade", "entry_date", "exit_date", *ABOUT, "dated",
)  # fmt: skip
REQUIRED = ("student_id", "grade", "school", "entry_date", "exit_date", "school_year")


@dataclass(frozen=True)
class RosterFile:
    """What is known of a roster beside its cells.

    `school` and `school_year` are a person's words for the whole file, used where a row has none. `hints`
    are the file name, the sheets' names and title rows: a school year or a date may stand there. `school_names`
    are the names of school codes, from another file of the same export.
    """

    district: str
    today: date
    settings: dict
    school: str | None = None
    school_year: str | None = None
    hints: tuple[str, ...] = ()
    school_names: dict[str, str] = field(default_factory=dict)


@dataclass
class Prepared:
    """The rows to store (`ROWS`, a row each), and what became of the others.

    `problems` has code, field, value, sheet, row, message; each of its rows is set aside. `repeated` rows say
    again what another row of the file says; `left_out` rows are marked inactive and have no exit date; `old` rows
    entered in earlier years and are read as enrolled to the end of those.
    """

    rows: pd.DataFrame
    problems: pd.DataFrame
    set_aside: set[tuple[str, int]]
    repeated: int
    left_out: int
    roster_date: date
    notices: list[tuple[str, str]] = field(default_factory=list)
    old: int = 0


def prepare(cells: pd.DataFrame, about: RosterFile) -> Prepared:
    """Turn cleaned cells into roster rows.

    `cells` has the columns of `CELLS` and `ABOUT` as far as the file has them. A further column `bad`, where
    present, holds the fields of a row that could not be read, with blanks between: their problems are the
    caller's, but a row with one in a required field is set aside here. `filled`, where present, is True in rows
    whose dates are those of a school year and not the student's own.
    """
    cells, notices = _complete(cells), []
    cells, left_out = _without_the_gone(cells, about, notices)
    problems = Problems(cells)
    _take_years_from_schools(cells, notices)
    _take_years_from_sheets(cells, notices)
    _give_schools(cells, about, problems, notices)
    _give_ids(cells, problems, notices)
    problems.mark("no_grade", cells["grade"].isna())
    dates.give_years(cells, about, problems, notices)
    old = dates.give_dates(cells, about, problems, notices)
    found = problems.frame()
    aside = set(zip(found["sheet"], found["row"], strict=True)) | problems.unreadable(REQUIRED)
    kept = [place not in aside for place in zip(cells["sheet"], cells["row"], strict=True)]
    rows = _as_rows(cells[pd.Series(kept, index=cells.index, dtype=bool)], about.district)
    repeated = rows.duplicated([column for column in ROWS if column not in ("sheet", "source_row")])
    rows = rows[~repeated]
    notices += conflicts.notices(rows)
    return Prepared(rows, found, aside, int(repeated.sum()), left_out, roster_date(about), notices, old)


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


def _without_the_gone(cells: pd.DataFrame, about: RosterFile, notices: list) -> tuple[pd.DataFrame, int]:
    # Who is said to be gone left on the last day, if it has come; the year's last day is everybody's.
    stays = cells["exit_date"].isna() | (cells["exit_date"] > pd.Timestamp(about.today))
    left = gone(cells["status"]) & stays | never_came(cells["status"])
    if words := unknown_status(cells["status"]):
        notices.append(("unknown_status", words))
    if left.any():
        said = ", ".join(f"“{text}”" for text in cells.loc[left, "status"].value_counts().index[:3])
        rows = "1 row is" if left.sum() == 1 else f"{int(left.sum()):,} rows are"
        notices.append(("left_out", f"{rows} left out: by the status ({said}) the student is not enrolled."))
    on_sheet = on_left_sheet(cells) & ~left
    if on_sheet.any():
        notices.append(("left_sheet", _of_left_sheet(cells, on_sheet)))
        left |= on_sheet
    cells = cells[~left].reset_index(drop=True)
    second = at_second_school(cells)
    if second.any():
        listed = ", ".join(f"{int(row):,}" for row in cells.loc[second, "row"].head(5))
        more = f" and {int(second.sum()) - 5:,} more" if second.sum() > 5 else ""
        rows = (
            f"1 row is (row {listed})" if second.sum() == 1 else f"{int(second.sum()):,} rows are (rows {listed}{more})"
        )
        notices.append(("second_school", f"{rows} left out: the student counts at the primary school."))
    return cells[~second].reset_index(drop=True), int(left.sum() + second.sum())


def _of_left_sheet(cells: pd.DataFrame, rows: pd.Series) -> str:
    names = " and ".join(f"“{name}”" for name in cells.loc[rows, "sheet"].unique()[:3])
    many = "1 row is" if rows.sum() == 1 else f"{int(rows.sum()):,} rows are"
    words = f"{many} left out: by the name of the sheet ({names}) the students are not here any more."
    elsewhere = cells.loc[~rows & cells["student_id"].isin(cells.loc[rows, "student_id"].dropna()), "student_id"]
    if elsewhere.empty:
        return words
    many = elsewhere.nunique()
    stand, count = ("1 of them stands", "counts") if many == 1 else (f"{many:,} of them stand", "count")
    return f"{words} {stand} on another sheet, too, and {count} as enrolled by that."


def _take_years_from_sheets(cells: pd.DataFrame, notices: list):
    """A tab for each school year: each row is of its tab's. One year alone is the file's (`data.roster.dates`)."""
    said = {name: years.year_in_name(str(name)) for name in cells["sheet"].unique()}
    if len({year for year in said.values() if year}) < 2:
        return
    rows = cells["school_year"].isna()
    cells["school_year"] = cells["school_year"].astype(object).fillna(cells["sheet"].map(said).astype(object))
    if (rows & cells["school_year"].notna()).any():
        notices.append(("sheet_years", "Each sheet is of the school year in its name."))


def _give_ids(cells: pd.DataFrame, problems: Problems, notices: list):
    """Split names into first and last; without any student number in the file the name stands for it."""
    whole = cells["last_name"].isna() & cells["first_name"].isna() & cells["student_name"].notna()
    if whole.any():
        parts = {text: names.split(text) for text in cells.loc[whole, "student_name"].unique()}
        cells.loc[whole, "first_name"] = cells.loc[whole, "student_name"].map(lambda text: parts[text][0])
        cells.loc[whole, "last_name"] = cells.loc[whole, "student_name"].map(lambda text: parts[text][1])
    with_middle = cells["middle_name"].notna() & cells["first_name"].notna()
    if with_middle.any():
        cells.loc[with_middle, "first_name"] += " " + cells.loc[with_middle, "middle_name"]
    with_suffix = cells["name_suffix"].notna() & cells["last_name"].notna()
    for index, row in cells[with_suffix].iterrows():
        cells.at[index, "last_name"] = names.with_suffix(row["last_name"], row["name_suffix"])
    if cells["student_id"].notna().any() or not len(cells):
        problems.mark("no_student_id", cells["student_id"].isna())
        texts = cells["student_id"].astype("string")
        problems.mark("short_id", texts.str.fullmatch(SHORTENED, case=False).fillna(False), texts)
        return
    named = cells["first_name"].notna() | cells["last_name"].notna()
    problems.mark("no_name", ~named)
    for index, row in cells[named].iterrows():
        cells.at[index, "student_id"] = names.stand_in(row["first_name"], row["last_name"], row["school"])
    notices.append(
        (
            "names_for_ids",
            "This roster has no student numbers, so each student is known by school and name. Load one with numbers "
            "if you can: two students of one name count as one here.",
        )
    )


def _take_years_from_schools(cells: pd.DataFrame, notices: list):
    """Calendars are named after a school and its year ("25-26 Oak Elementary"): each year's would be a new school."""
    parts = {text: years.without_year(str(text)) for text in cells["school"].dropna().unique()}
    parts = {text: (name, year) for text, (name, year) in parts.items() if year}
    if not parts:
        return
    told = cells["school"].map({text: year for text, (_, year) in parts.items()})
    cells["school_year"] = cells["school_year"].astype(object).fillna(told.astype(object))
    cells["school"] = cells["school"].map({text: name for text, (name, _) in parts.items()}).fillna(cells["school"])
    text, (name, year) = next(iter(parts.items()))
    notices.append(("calendar", f"“{text}” is read as the school {name} in the school year {year}."))


def _give_schools(cells: pd.DataFrame, about: RosterFile, problems: Problems, notices: list):
    named = cells["school_code"].map(about.school_names).where(cells["school"].isna())
    if named.notna().any():
        cells["school"] = cells["school"].astype(object).fillna(named)
        names_of = f"names of {named.nunique()} schools come" if named.nunique() > 1 else "name of the school comes"
        notices.append(("school_names", f"The {names_of} from the list of schools in the same export."))
    nowhere = cells["school"].isna() & cells["school_code"].isna()
    if about.school:
        one_code = cells["school"].isna().all() and cells["school_code"].nunique() <= 1
        cells.loc[cells["school"].isna() if one_code else nowhere, "school"] = about.school
        nowhere = cells["school"].isna() & cells["school_code"].isna()
    problems.mark("no_school", nowhere)


def _as_rows(cells: pd.DataFrame, district: str) -> pd.DataFrame:
    rows = cells.rename(columns={"row": "source_row", "student_id": "local_id"}).assign(district=district)
    return rows[list(ROWS)].reset_index(drop=True)
