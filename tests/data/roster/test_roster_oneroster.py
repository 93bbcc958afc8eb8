"""OneRoster 1.1 and 1.2 exports, built as files and read through the readers. All names are invented."""

import csv
import io
import zipfile
from datetime import date

import pandas as pd
import pytest

from data import readers
from data.errors import Refusal
from data.roster import oneroster, prepare
from tests.support.rosters import about

ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "d1,active,,Invented District,district,,\n"
    "s1,active,,Oak Elementary,school,101,d1\n"
    "s2,active,,Elm Middle,school,102,d1\n"
)
USERS_11 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    'u1,active,,true,s1,student,a,,José,Núñez,María,00123,,,,"g1,g2",05,\n'
    'u2,active,,true,"s1,s2",student,b,,Bo,Lee,,00124,,,,,"[""06""]",\n'
    "u3,active,,true,s2,student,c,,Cy,Ray,,,,,,,KG,\n"
    "u4,tobedeleted,,true,s2,student,d,,Di,Gone,,00126,,,,,06,\n"
    'u5,active,,true,s2,student,e,,Ed,Poe,,00127,,,,,"09,10",\n'
    "t1,active,,true,s1,teacher,t,,Tea,Cher,,9,,,,,K-12,\n"
    "g1,active,,true,s1,parent,p,,Pa,Rent,,,,,,u1,,\n"
)
SESSIONS = (
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
    "y,active,,2025-2026,schoolYear,2025-08-18,2026-06-12,,2026\n"
    "f,active,,Fall,semester,2025-08-18,2025-12-19,y,2026\n"
)
CLASSES = (
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
    "termSourcedIds,subjects,subjectCodes,periods\n"
    'c1,active,,Art,05,,,,,s1,"f",,,\n'
    "c2,active,,Band,06,,,,,s2,f,,,\n"
)
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
    "e1,active,,c1,s1,u1,student,,2025-08-20,2025-12-19\n"
    "e2,active,,c1,s1,u1,student,,2025-08-25,2026-06-12\n"
    "e3,active,,c1,s1,u2,student,,2025-08-20,2025-10-31\n"
    "e4,active,,c2,s2,u2,student,,2025-11-03,2026-06-12\n"
    "e5,active,,c2,s2,u3,student,,,\n"
    "e6,tobedeleted,,c1,s1,u3,student,,2025-08-20,2026-06-12\n"
    "e7,active,,c2,s2,t1,teacher,,,\n"
    "e8,active,,c2,s2,u5,student,,,\n"
)
DEMOGRAPHICS = (
    "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
    "nativeAmericanOrOtherPacificIslander,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity\n"
    "u1,active,,2013-04-02,male,false,false,false,false,false,true\n"
    "u2,active,,,Female,false,true,false,false,false,false\n"
    "u3,active,,,,false,false,true,true,false,false\n"
)
V11 = {"orgs": ORGS, "users": USERS_11, "enrollments": ENROLLMENTS, "academicSessions": SESSIONS, "classes": CLASSES}


def read(folder, files: dict, packed=False) -> oneroster.OneRoster:
    """Write the files as a folder or a zip, read them, and give back the cells."""
    path = folder / "export"
    if packed:
        path = folder / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(f"{name}.csv", text)
    else:
        path.mkdir()
        for name, text in files.items():
            (path / f"{name}.csv").write_text(text, encoding="utf-8")
    (workbook,) = readers.read(path, path.name)
    assert workbook.kind == "oneroster"
    return oneroster.read(workbook)


def rows_of(found) -> dict:
    """(local id, school) -> (grade, entry, exit, year, dated) of the rows that `prepare` keeps."""
    rows = prepare(found.cells, about(date(2026, 7, 20))).rows
    for name in ("entry_date", "exit_date"):
        rows[name] = rows[name].dt.strftime("%Y-%m-%d").fillna("open")
    return {
        (row.local_id, row.school): (row.grade, row.entry_date, row.exit_date, row.school_year, row.dated)
        for row in rows.itertuples()
    }


def without(text: str, *columns: str) -> str:
    """The CSV text without some columns."""
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    return frame.drop(columns=list(columns)).to_csv(index=False, quoting=csv.QUOTE_MINIMAL)


@pytest.mark.parametrize("packed", [False, True])
def test_version_1_1_classes_become_spans(tmp_path, packed):
    found = read(tmp_path, {**V11, "demographics": DEMOGRAPHICS}, packed)
    assert rows_of(found) == {
        ("00123", "Oak Elementary"): ("5", "2025-08-20", "2026-06-12", "2025-26", True),
        ("00124", "Oak Elementary"): ("6", "2025-08-20", "2025-10-31", "2025-26", True),
        ("00124", "Elm Middle"): ("6", "2025-11-03", "2026-06-12", "2025-26", True),
        ("u3", "Elm Middle"): ("K", "2025-08-18", "2026-06-12", "2025-26", False),
    }
    prepared = prepare(found.cells, about(date(2026, 7, 20)))
    assert list(prepared.problems["code"]) == ["no_grade"]  # "09,10" is not one grade
    assert prepared.problems["row"].item() == 6 and prepared.problems["sheet"].item() == "users"


def test_demographics_are_known_by_their_words(tmp_path):
    found = read(tmp_path, {**V11, "demographics": DEMOGRAPHICS}).cells
    about_them = found.drop_duplicates("student_id").set_index("student_id")
    assert about_them.loc["00123", ["gender", "race_ethnicity"]].tolist() == ["male", "hispanic"]
    assert about_them.loc["00124", ["gender", "race_ethnicity"]].tolist() == ["female", "asian"]
    assert about_them.loc["u3", "race_ethnicity"] == "two_or_more"
    assert about_them.loc["u3", "gender"] is None or pd.isna(about_them.loc["u3", "gender"])
    assert found.loc[found["student_id"] == "00123", "school_code"].item() == "101"


def test_version_1_2_takes_role_and_school_from_roles(tmp_path):
    users = without(USERS_11, "role", "orgSourcedIds")
    roles = (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
        "r1,active,,u1,primary,student,,,s1,\n"
        "r2,active,,u2,primary,student,2025-08-20,2025-10-31,s1,\n"
        "r3,active,,u2,primary,student,2025-11-03,,s2,\n"
        "r4,active,,u3,primary,student,,,s2,\n"
        "r5,active,,t1,primary,teacher,,,s1,\n"
        "r6,active,,g1,primary,guardian,,,s1,\n"
    )
    nobody = ENROLLMENTS.splitlines()[0] + "\ne7,active,,c2,s2,t1,teacher,,,\n"
    found = read(tmp_path, {**V11, "users": users, "roles": roles, "enrollments": nobody})
    assert rows_of(found) == {
        ("00123", "Oak Elementary"): ("5", "2025-08-18", "2026-06-12", "2025-26", False),
        ("00124", "Oak Elementary"): ("6", "2025-08-20", "2025-10-31", "2025-26", True),
        ("00124", "Elm Middle"): ("6", "2025-11-03", "open", "2025-26", True),
        ("u3", "Elm Middle"): ("K", "2025-08-18", "2026-06-12", "2025-26", False),
    }
    assert [code for code, _ in found.notices] == ["no_enrollments"]


def test_headers_are_matched_loosely(tmp_path):
    users = USERS_11.replace("givenName", "GivenNames").replace("sourcedId,status", "SourcedID,Status")
    enrollments = ENROLLMENTS.replace("userSourcedId", "user_sourced_id").replace("schoolSourcedId", "schoolSourceId")
    found = read(tmp_path, {**V11, "users": users, "enrollments": enrollments})
    assert set(rows_of(found)) == {
        ("00123", "Oak Elementary"), ("00124", "Oak Elementary"), ("00124", "Elm Middle"), ("u3", "Elm Middle"),
    }  # fmt: skip
    assert found.cells["first_name"].tolist()[:2] == ["José", "Bo"]


def test_without_sessions_and_dates_the_settings_say_when_lessons_are(tmp_path):
    files = {name: text for name, text in V11.items() if name not in ("academicSessions", "classes")}
    files["enrollments"] = without(ENROLLMENTS, "beginDate", "endDate")
    found = read(tmp_path, files)
    assert rows_of(found)["00123", "Oak Elementary"] == ("5", "2026-08-15", "2027-06-15", "2026-27", False)


def test_identifiers_that_two_students_share_are_not_used(tmp_path):
    found = read(tmp_path, {**V11, "users": USERS_11.replace("00124", "00123")})
    assert set(found.cells["student_id"]) == {"u1", "u2", "u3", "00127"}


def test_students_in_two_years_get_a_span_a_year(tmp_path):
    sessions = SESSIONS + "y0,active,,2024-2025,schoolYear,2024-08-19,2025-06-13,,2025\n"
    classes = CLASSES + "c0,active,,Art,04,,,,,s1,y0,,,\n"
    enrollments = ENROLLMENTS + "e9,active,,c0,s1,u1,student,,,\n"
    found = read(tmp_path, {**V11, "academicSessions": sessions, "classes": classes, "enrollments": enrollments})
    mine = found.cells[found.cells["student_id"] == "00123"].sort_values("school_year")
    assert mine["school_year"].tolist() == ["2024-25", "2025-26"]
    assert str(mine["entry_date"].iloc[0])[:10] == "2024-08-19"


def test_an_export_without_students_is_refused_in_words(tmp_path):
    with pytest.raises(Refusal) as refused:
        read(tmp_path, {**V11, "users": USERS_11.replace(",student,", ",teacher,")})
    assert refused.value.code == "no_students"


def test_who_has_deleted_enrollments_only_has_left_and_is_told(tmp_path):
    """u3 has another class, u1 has none left; u5 was never in one, and counts at the school of the user row."""
    lines = ENROLLMENTS.splitlines(keepends=True)
    lines = [
        line.replace(",active,", ",tobedeleted,") if ",u1," in line else line for line in lines if ",u5," not in line
    ]
    found = read(tmp_path, V11 | {"enrollments": "".join(lines)})
    assert set(found.cells["first_name"]) == {"Bo", "Cy", "Ed"}
    assert dict(found.notices) == {
        "enrollments_deleted": "1 student is in classes only whose enrollment was deleted; they are left out.",
        "no_enrollments": "1 student is in no class; they are read as enrolled at their school.",
    }


def test_an_export_of_changes_only_is_refused_as_what_it_is(tmp_path):
    manifest = "propertyName,value\noneroster.version,1.1\nfile.users,bulk\nfile.enrollments,delta\n"
    with pytest.raises(Refusal) as refused:
        read(tmp_path, {**V11, "manifest": manifest})
    assert refused.value.code == "only_changes" and "(enrollments: " in refused.value.sentence


def test_a_whole_export_with_a_manifest_is_read(tmp_path):
    manifest = "propertyName,value\nfile.users,bulk\nfile.enrollments,bulk\nfile.demographics,delta\n"
    assert len(read(tmp_path, {**V11, "manifest": manifest}).cells) == 5


def test_a_class_of_a_department_is_at_the_school_above_it(tmp_path):
    orgs = ORGS + "p1,active,,Art Department,department,,s1\n"
    enrollments = ENROLLMENTS + "e9,active,,c1,p1,u1,student,,2025-08-20,2026-06-12\n"
    cells = read(tmp_path, {**V11, "orgs": orgs, "enrollments": enrollments}).cells
    assert cells.loc[cells["student_id"] == "00123", "school"].tolist() == ["Oak Elementary"]


@pytest.mark.parametrize(("begin", "kept"), [("2025-08-20", ["Oak Elementary"]), ("2025-11-03", ["Oak Elementary"])])
def test_a_class_at_another_school_leaves_a_student_at_the_first_one(tmp_path, begin, kept):
    enrollments = ENROLLMENTS + f"e9,active,,c2,s2,u1,student,,{begin},2026-06-12\n"
    found = read(tmp_path, {**V11, "enrollments": enrollments})
    prepared = prepare(found.cells, about())
    assert prepared.rows.loc[prepared.rows["local_id"] == "00123", "school"].tolist() == kept
    assert "second_school" in [code for code, _ in prepared.notices]


def test_who_came_to_the_first_school_later_was_at_the_other_one_before(tmp_path):
    users = USERS_11.replace('"s1,s2"', "s2")  # u2: Oak until the end of October, then Elm
    enrollments = ENROLLMENTS.replace(
        "c1,s1,u2,student,,2025-08-20,2025-10-31", "c1,s1,u2,student,,2025-08-20,2026-06-12"
    )
    rows = prepare(read(tmp_path, {**V11, "users": users, "enrollments": enrollments}).cells, about()).rows
    moved = rows[rows["local_id"] == "00124"].sort_values("entry_date")
    assert moved["school"].tolist() == ["Oak Elementary", "Elm Middle"]


def test_the_primary_role_says_the_first_school(tmp_path):
    users = USERS_11.replace("u1,active,,true,s1,", 'u1,active,,true,"s1,s2",')
    roles = (
        "sourcedId,userSourcedId,status,dateLastModified,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
        "r1,u1,active,,primary,student,,,s2,\nr2,u1,active,,secondary,student,,,s1,\n"
    )
    enrollments = ENROLLMENTS + "e9,active,,c2,s2,u1,student,,2025-08-18,2026-06-12\n"
    rows = prepare(
        read(tmp_path, {**V11, "users": users, "roles": roles, "enrollments": enrollments}).cells, about()
    ).rows
    assert rows.loc[rows["local_id"] == "00123", "school"].tolist() == ["Elm Middle"]
