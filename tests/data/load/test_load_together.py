"""Files of one OneRoster export, handed over one by one: one roster; alone a sentence that names the others."""

import zipfile

import pytest

from data.__main__ import main
from data.load import together
from data.store import open_store

FILES = {
    "orgs.csv": "sourcedId,name,type,identifier\ns1,Oak Elementary,school,101\n",
    "users.csv": "sourcedId,orgSourcedIds,role,givenName,familyName,identifier,grades\n"
    "u1,s1,student,Ana,Bo,00123,03\nu2,s1,student,Cy,Lee,00124,04\nu3,s1,teacher,Tea,Cher,,\n",
    "enrollments.csv": "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
    "e1,c1,s1,u1,student,2025-08-15,2026-06-15\n",
    "classes.csv": "sourcedId,title,grades,courseSourcedId,schoolSourcedId,termSourcedIds\nc1,Math,03,o1,s1,t1\n",
}
# School Data Sync 2.1 has no enrollments: the roles say who is at which school.
SYNC = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\ns1,Oak Elementary,school,\n",
    "users.csv": "sourcedId,username,givenName,familyName\n00123,a@x.example,Ana,Bo\n00124,c@x.example,Cy,Lee\n",
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n"
    "00123,s1,student,,3,TRUE,2025-08-20,2026-06-12\n00124,s1,student,,04,TRUE,2025-08-20,2026-06-12\n",
}


def written(folder, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in files]


def test_the_files_given_together_are_the_same_roster_as_their_zip(tmp_path, capsys):
    store = str(tmp_path / "store.duckdb")
    paths = written(tmp_path, FILES)
    assert main(["load", *paths, "--store", store]) == 0
    assert open_store(store).rows("SELECT local_id, last_name FROM student ORDER BY ALL") == [
        ("00123", "Bo"),
        ("00124", "Lee"),
    ]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        for name, text in FILES.items():
            packed.writestr(name, text)
    capsys.readouterr()
    assert main(["load", str(tmp_path / "all.zip"), "--store", store]) == 0
    assert "was loaded already" in capsys.readouterr().out
    open_store(store).close()


def test_without_enrollments_the_roles_say_who_is_where_and_when(tmp_path):
    store = str(tmp_path / "store.duckdb")
    assert main(["load", *written(tmp_path, SYNC), "--store", store]) == 0
    spans = open_store(store).rows("SELECT grade, entry_date::VARCHAR, exit_date::VARCHAR FROM enrollment ORDER BY ALL")
    assert spans == [("3", "2025-08-20", "2026-06-12"), ("4", "2025-08-20", "2026-06-12")]
    open_store(store).close()


@pytest.mark.parametrize("name", FILES)
def test_one_of_them_alone_is_refused_with_the_names_of_the_others(tmp_path, capsys, name):
    written(tmp_path, FILES)
    assert main(["load", str(tmp_path / name), "--store", str(tmp_path / "store.duckdb")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"{name} is one file of a OneRoster export") and "orgs.csv, users.csv and" in said
    open_store(tmp_path / "store.duckdb").close()


def test_files_of_a_command_line_are_grouped_by_their_names():
    assert together.paths(["log.csv", "orgs.csv", "users (1).csv"]) == [["orgs.csv", "users (1).csv"], ["log.csv"]]
    assert together.paths(["users.csv", "log.csv"]) == [["users.csv"], ["log.csv"]]
    twice = ["a/orgs.csv", "a/users.csv", "b/users.csv"]
    assert together.paths(twice) == [[path] for path in twice]


# Clever's and School Data Sync's files: the students carry the school's code, and another file says its name.
CLEVER = {
    "schools.csv": "School_id,School_name,School_number,Low_grade,High_grade\n22,Oak Elementary,101,K,5\n",
    "students.csv": "School_id,Student_id,Student_number,Last_name,First_name,Grade\n22,00123,00123,Bo,Ana,3\n",
}
SYNC_1 = {
    "Student.csv": "SIS ID,School SIS ID,First Name,Last Name,Grade\n00123,22,Ana,Bo,3\n",
    "School.csv": "SIS ID,Name\n22,Oak Elementary\n",
}


@pytest.mark.parametrize("files", [CLEVER, SYNC_1])
def test_a_list_of_schools_names_the_codes_of_the_students_beside_it(tmp_path, capsys, files):
    store = str(tmp_path / "store.duckdb")
    assert main(["load", *written(tmp_path, files), "--store", store, "--json"]) == 0
    said = capsys.readouterr()
    assert "is a list of schools" in said.err and said.out.count("\n") == 1
    opened = open_store(tmp_path / "store.duckdb")
    assert opened.rows("SELECT name FROM school") == [("Oak Elementary",)]
    opened.close()


def test_a_list_of_schools_alone_is_refused(tmp_path, capsys):
    path = written(tmp_path, {"schools.csv": CLEVER["schools.csv"]})
    assert main(["load", *path, "--store", str(tmp_path / "store.duckdb")]) == 1
    assert capsys.readouterr().err.startswith("schools.csv is a list of schools and names no student.")
    open_store(tmp_path / "store.duckdb").close()


def test_what_is_only_called_a_list_of_schools_is_loaded_as_it_is(tmp_path, capsys):
    log = "Student ID,Date,Method\n00123,9/3/2025,Phone\n00123,9/4/2025,Text\n"
    store = str(tmp_path / "store.duckdb")
    assert main(["load", *written(tmp_path, {"school calls.csv": log, **CLEVER}), "--store", store]) == 0
    opened = open_store(tmp_path / "store.duckdb")
    assert opened.value("SELECT count(*) FROM contact") == 2
    opened.close()
