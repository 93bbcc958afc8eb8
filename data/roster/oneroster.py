"""A OneRoster 1.1 or 1.2 workbook -> the cells that `data.roster.prepare` takes, one row a student and school.

Read loosely, because exporters write headers loosely. Enrollments are one row a class; they become one span a
student, school and school year. Guardians, staff and agents are left alone. Rows marked "tobedeleted" are gone.
"""

import json
import re
from dataclasses import dataclass
from datetime import date

import pandas as pd
from rapidfuzz import fuzz, process

from data.errors import Refusal
from data.mapping import codes
from data.roster.oneroster_people import about_people
from data.schoolyear import named

# The columns that matter, by file. Everything else is neither read nor kept.
COLUMNS = {
    "orgs": ("sourcedId", "status", "name", "type", "identifier"),
    "users": ("sourcedId", "status", "orgSourcedIds", "primaryOrgSourcedId", "role", "givenName", "middleName",
              "familyName", "identifier", "grades"),
    "roles": ("userSourcedId", "status", "role", "roleType", "beginDate", "endDate", "orgSourcedId", "grade"),
    "enrollments": ("status", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "beginDate", "endDate"),
    "classes": ("sourcedId", "status", "grades", "schoolSourcedId", "termSourcedIds"),
    "academicSessions": ("sourcedId", "status", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
}  # fmt: skip
_ALIKE = 88
# School Data Sync 2.1 writes the same files with a few other headers.
_ALSO = {"beginDate": "rolestartdate", "endDate": "roleenddate"}
_MORE_GRADES = {"PR": "PK", "PS": None, "IT": None, "UG": None}


@dataclass(frozen=True)
class OneRoster:
    """`cells` for `prepare`; what was left alone, and sentences for the preview."""

    cells: pd.DataFrame
    notices: list[tuple[str, str]]


def read(workbook) -> OneRoster:
    """The students of a OneRoster workbook (sheets named as the files: orgs, users, enrollments, ...).

    Raises Refusal `no_students` where no user is a student.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    found = {name: _frame(sheets.get(name), columns) for name, columns in COLUMNS.items()}
    users = _students(found["users"], found["roles"])
    if users.empty:
        raise Refusal("no_students", "No user of this OneRoster export is a student. Export users with their roles.")
    years = _school_years(found["academicSessions"])
    stays, notices = _stays(users, found, years)
    cells = _cells(users, stays, found["orgs"])
    people = about_people(_raw(sheets.get("demographics")))
    cells = cells.merge(people, on="sourcedId", how="left") if len(people) else cells
    return OneRoster(cells.drop(columns="sourcedId"), notices)


def _students(users: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Users whose role is student, there (1.1) or in roles (1.2)."""
    users = users[users["sourcedId"].notna()].drop_duplicates("sourcedId", keep="last")
    listed = set(roles.loc[_is_student(roles["role"]), "userSourcedId"].dropna())
    return users[_is_student(users["role"]) | users["sourcedId"].isin(listed)]


def _is_student(role: pd.Series) -> pd.Series:
    return role.fillna("").str.casefold().str.strip().isin(("student", "learner", "pupil"))


def _stays(users: pd.DataFrame, found: dict, years: dict) -> tuple[pd.DataFrame, list]:
    """One row a student, school and school year: first begin, last end, from enrollments, else from roles or users."""
    named_in = found["enrollments"]
    named_in = named_in[named_in["role"].isna() | _is_student(named_in["role"])]
    classes = found["classes"].dropna(subset="sourcedId").drop_duplicates("sourcedId").set_index("sourcedId")
    school = named_in["schoolSourcedId"].fillna(named_in["classSourcedId"].map(classes["schoolSourcedId"]))
    term = named_in["classSourcedId"].map(classes["termSourcedIds"]).map(_first)
    rows = pd.DataFrame(
        {
            "sourcedId": named_in["userSourcedId"], "org": school, "term": term,
            "begin": _dates(named_in["beginDate"]), "end": _dates(named_in["endDate"]),
            "class_grade": named_in["classSourcedId"].map(classes["grades"]),
        }
    )  # fmt: skip
    rows = rows[rows["sourcedId"].isin(set(users["sourcedId"])) & rows["org"].notna()]
    without = users[~users["sourcedId"].isin(set(rows["sourcedId"]))]
    notices = []
    if len(without):
        rows = pd.concat([rows, _from_orgs(without, found)], ignore_index=True)
        notices.append(
            ("no_enrollments", f"{len(without):,} students are in no class; they are read as enrolled at their school.")
        )
    return _collapsed(_with_years(rows, years)), notices


def _from_orgs(users: pd.DataFrame, found: dict) -> pd.DataFrame:
    """Students in no class: the schools of their roles (1.2), else of their user row (1.1)."""
    roles, orgs = found["roles"], found["orgs"]
    roles = roles[_is_student(roles["role"]) & roles["userSourcedId"].isin(set(users["sourcedId"]))]
    from_roles = pd.DataFrame(
        {
            "sourcedId": roles["userSourcedId"], "org": roles["orgSourcedId"],
            "begin": _dates(roles["beginDate"]), "end": _dates(roles["endDate"]), "class_grade": roles["grade"],
        }
    )  # fmt: skip
    rest = users[~users["sourcedId"].isin(set(roles["userSourcedId"]))]
    listed = rest["orgSourcedIds"].fillna(rest["primaryOrgSourcedId"]).map(_listed)
    from_users = pd.DataFrame({"sourcedId": rest["sourcedId"], "org": listed}).explode("org")
    rows = pd.concat([from_roles, from_users], ignore_index=True)
    kinds = dict(zip(orgs["sourcedId"], orgs["type"].fillna("school").str.casefold(), strict=True))
    at_school = rows["org"].map(lambda org: kinds.get(org, "school") == "school")
    # A student of the district office only would else be lost; there the row waits with "no school".
    rows["org"] = rows["org"].where(at_school)
    return rows.sort_values("org", na_position="last").loc[
        lambda some: some["org"].notna() | ~some["sourcedId"].duplicated(keep=False)
    ]


@dataclass(frozen=True)
class _Year:
    name: str
    start: date | None
    end: date | None


def _school_years(sessions: pd.DataFrame) -> dict:
    """The school year of each session; under None the one that stands for blank dates without a term."""
    sessions = sessions.dropna(subset="sourcedId").drop_duplicates("sourcedId").set_index("sourcedId")
    starts, ends = _dates(sessions["startDate"]), _dates(sessions["endDate"])
    found = {}
    for session in sessions.index:
        top, seen = session, {session}
        while (parent := sessions.at[top, "parentSourcedId"]) in sessions.index and parent not in seen:
            top = parent
            seen.add(top)
        ending = re.fullmatch(r"(20\d\d)(?:\.0)?", str(sessions.at[top, "schoolYear"]))
        start, end = starts[top], ends[top]
        if not ending and pd.isna(end):
            continue
        name = named(int(ending[1]) - 1) if ending else named(end.year - (1 if end.month < 9 else 0))
        found[session] = _Year(name, None if pd.isna(start) else start, None if pd.isna(end) else end)
    if found:
        found[None] = max(found.values(), key=lambda year: year.name)
    return found


def _with_years(rows: pd.DataFrame, years: dict) -> pd.DataFrame:
    """Fill blank dates from the school year of the class's term, else from the latest one."""
    year = rows["term"].map(lambda term: years.get(term)) if "term" in rows else pd.Series(None, index=rows.index)
    year = year.where(year.notna() | rows["begin"].notna(), years.get(None))
    known = year.notna()
    rows = rows.assign(
        school_year=year[known].map(lambda found: found.name),
        filled=rows["begin"].isna() & known,
    )
    rows["begin"] = rows["begin"].fillna(pd.to_datetime(year[known].map(lambda found: found.start)))
    rows["end"] = rows["end"].fillna(pd.to_datetime(year[known].map(lambda found: found.end)))
    return rows


def _collapsed(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(school_year=rows["school_year"].fillna(""), org=rows["org"].fillna(""))
    stays = rows.groupby(["sourcedId", "org", "school_year"], sort=False).agg(
        begin=("begin", "min"), end=("end", "max"), filled=("filled", "all"), class_grade=("class_grade", "first"),
    )  # fmt: skip
    stays = stays.reset_index()
    for column in ("org", "school_year"):
        stays[column] = stays[column].where(stays[column] != "", None)
    return stays


def _cells(users: pd.DataFrame, stays: pd.DataFrame, orgs: pd.DataFrame) -> pd.DataFrame:
    orgs = orgs.dropna(subset="sourcedId").drop_duplicates("sourcedId").set_index("sourcedId")
    joined = stays.merge(users, on="sourcedId")
    identifiers = users["identifier"].value_counts()
    own = joined["identifier"].notna() & joined["identifier"].map(identifiers).eq(1)
    grade_text = joined["grades"].fillna(joined["class_grade"])
    return pd.DataFrame(
        {
            "sheet": "users", "row": joined["row"], "sourcedId": joined["sourcedId"],
            "student_id": joined["identifier"].where(own, joined["sourcedId"]),
            "first_name": joined["givenName"], "middle_name": joined["middleName"], "last_name": joined["familyName"],
            "school": joined["org"].map(orgs["name"]),
            "school_code": joined["org"].map(orgs["identifier"]).astype(object).fillna(joined["org"]),
            "grade": grade_text.map(_grades(grade_text)), "school_year": joined["school_year"],
            "entry_date": joined["begin"], "exit_date": joined["end"], "filled": joined["filled"],
        }
    )  # fmt: skip


def _grades(texts: pd.Series) -> dict[str, str | None]:
    """Each grades cell as one grade; None where it names several or none ("K-12", "09,10")."""
    read = {}
    for text in texts.dropna().unique():
        listed = list(dict.fromkeys(_listed(text)))
        code = listed[0].upper() if len(listed) == 1 else ""
        read[text] = _MORE_GRADES[code] if code in _MORE_GRADES else codes.grade(code).value if code else None
    return read


def _listed(text) -> list[str]:
    """The entries of a list cell: "a,b", '["a","b"]', "a"."""
    if text is None or text != text:
        return []
    text = str(text).strip()
    if text.startswith("["):
        try:
            return [str(entry) for entry in json.loads(text.replace("'", '"'))]
        except ValueError:
            text = text.strip("[]")
    return [entry.strip(" \"'") for entry in re.split(r"[,;|]", text) if entry.strip(" \"'")]


def _first(text) -> str | None:
    return next(iter(_listed(text)), None)


def _dates(texts: pd.Series) -> pd.Series:
    """ISO dates, with or without a time; also month/day/year, which some exporters write."""
    text = texts.astype("string").str.strip()
    read = pd.to_datetime(text.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    if text[read.isna()].notna().any():
        read = read.fillna(pd.to_datetime(text.str.split().str[0], format="%m/%d/%Y", errors="coerce"))
    return read


def _raw(sheet) -> pd.DataFrame:
    """A sheet under its own headers, with the column `row`."""
    if sheet is None or not sheet.table.num_rows:
        return pd.DataFrame({"row": pd.Series(dtype="int64")})
    frame = sheet.table.to_pandas().astype(object)
    frame = frame.where(frame.notna(), None)
    names = {column: str(frame.at[0, column] or column) for column in frame.columns if column != "row"}
    return frame.iloc[1:].rename(columns=names).reset_index(drop=True)


def _frame(sheet, columns: tuple[str, ...]) -> pd.DataFrame:
    """The wanted columns of a sheet, headers matched loosely, rows to be deleted left out."""
    frame = _raw(sheet)
    headers = {re.sub(r"[^a-z0-9]", "", str(name).casefold()): name for name in frame.columns if name != "row"}
    picked = {"row": frame["row"]}
    for wanted in columns:
        key = wanted.casefold()
        near = next((name for name in (key, _ALSO.get(wanted)) if name in headers), None)
        if near is None:
            unclaimed = [name for name in headers if name not in {other.casefold() for other in columns}]
            best = process.extractOne(key, unclaimed, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            near = best[0] if best else None
        picked[wanted] = frame[headers[near]] if near else pd.Series(None, index=frame.index, dtype=object)
    chosen = pd.DataFrame(picked)
    gone = chosen["status"].fillna("").str.casefold().isin(("tobedeleted", "inactive"))
    return chosen[~gone].reset_index(drop=True)
