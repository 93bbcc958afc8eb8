"""A OneRoster 1.1 or 1.2 workbook -> the cells that `data.roster.prepare` takes, one row a student and school.

Read loosely, because exporters write headers loosely. Enrollments are one row a class; they become one span a
student, school and school year. Guardians, staff and agents are left alone. Rows marked "tobedeleted" are gone.
"""

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.errors import Refusal
from data.mapping import codes
from data.roster import oneroster_schools as at
from data.roster.oneroster_people import about_people
from data.roster.oneroster_sheets import COLUMNS, dates, first, frame, gone, listed, only_changes, raw
from data.schoolyear import named

_MORE_GRADES = {"PR": "PK", "PS": None, "IT": None, "UG": None}


@dataclass(frozen=True)
class OneRoster:
    """`cells` for `prepare`; what was left alone, and sentences for the preview."""

    cells: pd.DataFrame
    notices: list[tuple[str, str]]


def read(workbook) -> OneRoster:
    """The students of a OneRoster workbook (sheets named as the files: orgs, users, enrollments, ...).

    Raises Refusal `only_changes` where the export is no whole one, `no_students` where no user is a student.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    _refuse_changes(only_changes(sheets.get("manifest")))
    every = {name: frame(sheets.get(name), columns) for name, columns in COLUMNS.items()}
    found = {name: rows[~gone(rows)].reset_index(drop=True) for name, rows in every.items()}
    users = _students(found["users"], found["roles"])
    if users.empty:
        raise Refusal("no_students", "No user of this OneRoster export is a student. Export users with their roles.")
    years = _school_years(found["academicSessions"])
    deleted = every["enrollments"].loc[gone(every["enrollments"]), "userSourcedId"]
    stays, notices = _stays(users, found, years, set(deleted.dropna()))
    cells = _cells(users, stays, found["orgs"])
    people = about_people(raw(sheets.get("demographics")))
    cells = cells.merge(people, on="sourcedId", how="left") if len(people) else cells
    return OneRoster(cells.drop(columns="sourcedId"), notices)


def _refuse_changes(files: list[str]):
    """Who left stands in such an export as a deletion of what an earlier one said, which no roster here can carry out:
    they would stay enrolled, and count as not reached."""
    if files:
        raise Refusal(
            "only_changes",
            f"This OneRoster export holds only what changed since the last one ({', '.join(files)}: “delta” in its "
            "manifest.csv), so students who left would stay enrolled. Export the whole roster (“bulk”) and load that.",
        )


def _students(users: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Users whose role is student, there (1.1) or in roles (1.2)."""
    users = users[users["sourcedId"].notna()].drop_duplicates("sourcedId", keep="last")
    by_role = set(roles.loc[_is_student(roles["role"]), "userSourcedId"].dropna())
    return users[_is_student(users["role"]) | users["sourcedId"].isin(by_role)]


def _is_student(role: pd.Series) -> pd.Series:
    return role.fillna("").str.casefold().str.strip().isin(("student", "learner", "pupil"))


def _stays(users: pd.DataFrame, found: dict, years: dict, deleted: set[str]) -> tuple[pd.DataFrame, list]:
    """One row a student, school and school year: first begin, last end, from enrollments, else from roles or users.

    Who is in no class but one of the `deleted` enrollments has left: no school of the user row makes up for it.
    """
    named_in = found["enrollments"]
    named_in = named_in[named_in["role"].isna() | _is_student(named_in["role"])]
    classes = found["classes"].dropna(subset="sourcedId").drop_duplicates("sourcedId").set_index("sourcedId")
    school = named_in["schoolSourcedId"].fillna(named_in["classSourcedId"].map(classes["schoolSourcedId"]))
    term = named_in["classSourcedId"].map(classes["termSourcedIds"]).map(first)
    rows = pd.DataFrame(
        {
            "sourcedId": named_in["userSourcedId"], "org": school, "term": term,
            "begin": dates(named_in["beginDate"]), "end": dates(named_in["endDate"]),
            "class_grade": named_in["classSourcedId"].map(classes["grades"]),
        }
    )  # fmt: skip
    rows = rows[rows["sourcedId"].isin(set(users["sourcedId"])) & rows["org"].notna()]
    above = at.school_of(found["orgs"])
    rows["org"] = rows["org"].map(lambda org: above.get(org, org))
    without = users[~users["sourcedId"].isin(set(rows["sourcedId"]))]
    left = without["sourcedId"].isin(deleted)
    notices = []
    if left.any():
        words = f"{_students_are(left.sum())} in classes only whose enrollment was deleted; they are left out."
        notices.append(("enrollments_deleted", words))
    if not left.all():
        rows = pd.concat([rows, _from_orgs(without[~left], found)], ignore_index=True)
        words = f"{_students_are((~left).sum())} in no class; they are read as enrolled at their school."
        notices.append(("no_enrollments", words))
    stays = _collapsed(_with_years(rows, years))
    roles = found["roles"][_is_student(found["roles"]["role"])]
    return stays.assign(status=at.second_schools(stays, users, roles)), notices


def _students_are(number: int) -> str:
    return "1 student is" if number == 1 else f"{number:,} students are"


def _from_orgs(users: pd.DataFrame, found: dict) -> pd.DataFrame:
    """Students in no class: the schools of their roles (1.2), else of their user row (1.1)."""
    roles, orgs = found["roles"], found["orgs"]
    roles = roles[_is_student(roles["role"]) & roles["userSourcedId"].isin(set(users["sourcedId"]))]
    from_roles = pd.DataFrame(
        {
            "sourcedId": roles["userSourcedId"], "org": roles["orgSourcedId"],
            "begin": dates(roles["beginDate"]), "end": dates(roles["endDate"]), "class_grade": roles["grade"],
        }
    )  # fmt: skip
    rest = users[~users["sourcedId"].isin(set(roles["userSourcedId"]))]
    schools = rest["orgSourcedIds"].fillna(rest["primaryOrgSourcedId"]).map(listed)
    from_users = pd.DataFrame({"sourcedId": rest["sourcedId"], "org": schools}).explode("org")
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
    starts, ends = dates(sessions["startDate"]), dates(sessions["endDate"])
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
    joined = stays.merge(users.drop(columns="status"), on="sourcedId")
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
            "status": joined["status"],
        }
    )  # fmt: skip


def _grades(texts: pd.Series) -> dict[str, str | None]:
    """Each grades cell as one grade; None where it names several or none ("K-12", "09,10")."""
    read = {}
    for text in texts.dropna().unique():
        named_here = list(dict.fromkeys(listed(text)))
        code = named_here[0].upper() if len(named_here) == 1 else ""
        read[text] = _MORE_GRADES[code] if code in _MORE_GRADES else codes.grade(code).value if code else None
    return read
