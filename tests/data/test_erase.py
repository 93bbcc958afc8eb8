"""Erasure: nothing of a student or a year is left in rows, in facts or in the bytes of the file."""

import json

import pytest

from data import check, erase, scratch
from data.__main__ import main
from data.errors import Refusal
from data.load import matches
from data.load.set_aside import set_aside_rows
from data.store import open_store
from tests.support import loading

LOG = [
    ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"],
    ["00125", "9/4/2025", "Email", "Outbound", "Sent", "Mr. Chen", "Attendance"],
    ["Ana Lopezdemura", "13/45/2025", "Email", "Outbound", "Sent", "Mr. Chen", "Attendance"],
]
ROSTER = [["00123", "Ana", "Lopezdemura", "Lincoln ES", "3", "8/15/2025"], *loading.ROSTER[1:]]


@pytest.fixture
def path(tmp_path):
    """A store with three students, folded into its file."""
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster(ROSTER))
    loading.load(store, loading.log(LOG))
    store.checkpoint()
    return store.path


def in_file(path, text: str) -> bool:
    wal = path.with_name(f"{path.name}.wal")
    return any(text.encode() in file.read_bytes() for file in (path, wal) if file.exists())


def test_a_student_is_gone_from_the_rows_the_facts_and_the_file(path):
    open_store(path).close()
    assert in_file(path, "Lopezdemura")
    erase.student(open_store(path), "00123")
    assert not in_file(path, "Lopezdemura") and not in_file(path, "00123")
    store = open_store(path)
    assert store.value("SELECT count(*) FROM student") == 2 and store.value("SELECT count(*) FROM contact") == 1
    assert store.value("SELECT count(*) FROM set_aside_row") == 0
    assert check.findings(store) == []


def test_another_student_of_the_same_name_keeps_every_row(tmp_path):
    """Two called Ana Lopezdemura, 00123 and 00126. Of the first go a row with the id, one with the id and the name, and
    one with a name that nobody can tell apart; the second keeps its row."""
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster([*ROSTER, ["00126", *ROSTER[0][1:]]]))
    headers = ["Student ID", "Student Name", "Date", "Method"]
    rows = [["00123", ""], ["00123", "Ana Lopezdemura"], ["", "Ana Lopezdemura"], ["00126", "Ana Lopezdemura"]]
    log = [[*who, f"9/{day}/2025", "Phone"] for day, who in enumerate(rows, start=3)]
    loading.load(store, loading.log(log, headers=headers))
    erase.student(store, "00123")
    store = open_store(store.path)
    assert store.rows("SELECT given_id, contact_date::VARCHAR FROM contact_row") == [("00126", "2025-09-06")]
    assert store.value("SELECT count(*) FROM contact") == 1
    store.close()


HEADERS = ["Student ID", "Student Name", "Date", "Method", "Staff", "Minutes"]


def days_left(store) -> list[str]:
    return [day for (day,) in store.rows("SELECT contact_date::VARCHAR FROM contact_row ORDER BY 1")]


def test_a_name_that_two_students_have_goes_however_it_is_written(tmp_path):
    """00123 and 00126 are both Ana Lopezdemura, and two more are at Roosevelt. A row that may be of the first goes;
    left, it would count as the second's. One that may only be of those at Roosevelt stays, and so does one with the
    id of Ana M. Lopezdemura."""
    store = open_store(tmp_path / "district.duckdb")
    ana = ROSTER[0]
    more = [["00127", *ana[1:3], "Roosevelt MS", *ana[4:]], ["00128", *ana[1:3], "Roosevelt MS", *ana[4:]]]
    loading.load(store, loading.roster([*ROSTER, ["00126", *ana[1:]], *more, ["00129", "Ana M.", *ana[2:]]]))
    rows = [
        ["", "LOPEZDEMURA, ANA", "9/3/2025", "Phone", "Lincoln ES"],
        ["", "Ana Lopezdemura", "9/4/2025", "Phone", "Roosevelt MS"],
        ["00129", "Ana Lopezdemura", "9/5/2025", "Phone", "Lincoln ES"],
        ["", "Ana & Luis Lopezdemura", "9/6/2025", "Phone", "Lincoln ES"],
        ["00126", "ana lopezdemura", "9/7/2025", "Phone", "Lincoln ES"],
        ["00125", "Ana Lopezdemura", "9/8/2025", "Phone", "Roosevelt MS"],  # Cy's id: whose it is, nobody knows
    ]
    loading.load(store, loading.log(rows, headers=["Student ID", "Student Name", "Date", "Method", "School"]))
    erase.student(store, "00123")
    store = open_store(store.path)
    assert days_left(store) == ["2025-09-04", "2025-09-05", "2025-09-07"]
    assert store.value("SELECT count(*) FROM contact") == 2
    store.close()


def test_rows_that_wait_go_by_whole_names_and_ids_and_the_others_keep_their_reasons(tmp_path):
    """The student is An Le, 15: neither Angela Lee's minutes nor "Dean Miller" are about them. Ben's two rows and
    the one of An Le, 17, stay, each with what is to mend; the two of An Le, 15, go."""
    store = open_store(tmp_path / "district.duckdb")
    roster = [[number, *name, "Lincoln ES", "3", "8/15/2025"] for number, name in
              (("15", ("An", "Le")), ("16", ("Ben", "Smith")), ("17", ("An", "Le")))]  # fmt: skip
    loading.load(store, loading.roster(roster))
    who = [("16", "Ben Smith", "Angela Lee", "15"), ("16", "Ben Smith", "Dean Miller", "5"), ("17", "An Le", "B", "5"),
           ("15", "", "B", "5"), ("", "LE, AN", "B", "5")]  # fmt: skip
    log = [[number, name, "13/45/2025", "Phone", *rest] for number, name, *rest in who]
    upload = loading.load(store, loading.log(log, headers=HEADERS))
    erase.student(store, "15")
    store = open_store(store.path)
    waiting = set_aside_rows(store, upload.upload_id)
    assert [row for _, row, _, _ in waiting] == [2, 3, 4]
    assert all("13/45/2025" in reason for *_, reason in waiting)
    assert check.findings(store) == []
    store.close()


def test_rows_that_wait_go_where_it_is_not_kept_which_columns_say_who(path):
    """As of a OneRoster export: any cell may be the id, and the names may stand in two."""
    store = open_store(path)
    with store.writing() as write:
        write.execute("DELETE FROM set_aside_row")
        write.execute("UPDATE upload SET mapping = '[]', rows_set_aside = 3")
        cells = ({"sourcedId": "00123"}, {"givenName": "Ana", "familyName": "Lopezdemura"}, {"sourcedId": "00124"})
        for row, said in enumerate(cells, start=2):
            write.execute("INSERT INTO set_aside_row VALUES (1, 'users', ?, ?)", [row, json.dumps(said)])
    erase.student(store, "00123")
    store = open_store(path)
    assert store.rows('SELECT "row" FROM set_aside_row') == [(4,)]
    store.close()


def test_rows_of_another_district_stay(tmp_path):
    """Both districts have a 00123 called Ana Lopezdemura, with a contact and a row that waits."""
    store = open_store(tmp_path / "state.duckdb")
    for district in ("North", "South"):
        loading.load(store, loading.roster([*ROSTER, [district, "Di", district, *ROSTER[0][3:]]]), district=district)
        rows = [["00123", "Ana Lopezdemura", day, "Phone", district, "5"] for day in ("9/3/2025", "13/45/2025")]
        loading.load(store, loading.log(rows, headers=HEADERS), district=district)
    erase.student(store, "00123", "North")
    store = open_store(store.path)
    for table in ("contact_row", "set_aside_row"):
        found = store.rows(f"SELECT upload.district FROM {table} JOIN upload USING (upload_id)")
        assert found == [("South",)], table
    assert store.rows("SELECT district FROM student WHERE local_id = '00123'") == [("South",)]
    store.close()


@pytest.mark.parametrize("erased", [lambda s: erase.student(s, "00123"), lambda s: erase.school_year(s, "2025-26")])
def test_names_of_tabs_and_of_accepted_matches_are_gone(tmp_path, erased):
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster(ROSTER))
    headers = ["Date", "Method", "Result"]
    tabs = [loading.sheet([["9/3/2025", "Phone", "Reached"]], name, headers)
            for name in ("Lopezdemura, Ana", "Smith, Ben")]  # fmt: skip
    loading.load(store, loading.workbook(*tabs))
    loading.load(store, loading.log([["Anna Lopezdemurra", "9/3/2025"]], headers=["Student Name", "Date"]))
    assert matches.accept(store, matches.waiting(store).to_dict("records"), "Ms. Rivera") == 1
    erased(store)
    for text in ("Lopezdemur", "lopezdemur"):
        assert not in_file(store.path, text)


def test_a_school_year_is_gone(path):
    erase.school_year(open_store(path), "2025-26")
    store = open_store(path)
    for table in ("student", "span", "contact_row", "roster_row", "set_aside_row"):
        assert store.value(f"SELECT count(*) FROM {table}") == 0, table
    assert not in_file(path, "Lopezdemura")


@pytest.mark.parametrize(
    ("what", "name"), [(erase.student, "99999"), (erase.school_year, "1999-00"), (erase.school_year, "x")]
)
def test_what_is_not_there_is_refused_and_nothing_changes(path, what, name):
    store = open_store(path)
    with pytest.raises(Refusal):
        what(store, name)
    assert store.value("SELECT count(*) FROM student") == 3


@pytest.mark.parametrize("failing", ["backup", "os.replace"])
def test_an_erasure_that_stopped_before_the_new_file_is_told_and_finished_by_the_next(path, monkeypatch, failing):
    def stop(*_):
        raise Refusal("backup_failed", "The disk is full.") if failing == "backup" else KeyboardInterrupt

    before = open_store(path)
    with monkeypatch.context() as broken, pytest.raises((Refusal, KeyboardInterrupt)):
        broken.setattr(f"data.erase.{failing}", stop)
        erase.student(before, "00123")
    before.close()
    store = open_store(path)
    assert in_file(path, "Lopezdemura") and "An erasure was not finished" in check.findings(store)[0]
    assert erase.student(store, "00123") is False
    store = open_store(path)
    assert not in_file(path, "Lopezdemura") and check.findings(store) == []
    assert sorted(file.name for file in path.parent.iterdir() if "erasing" in file.name) == []
    with pytest.raises(Refusal) as nothing_left:
        erase.student(store, "00123")
    assert nothing_left.value.code == "no_such_student"
    store.close()


@pytest.fixture
def interrupted(path, monkeypatch):
    """The store, with 00123 erased and the new file still due."""
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr("data.erase.os.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        erase.student(open_store(path), "00123")
    return path


@pytest.mark.parametrize("what", [("--student", "00123"), ("--year", "2019-20")])
def test_the_command_that_finishes_an_interrupted_erasure_says_so_and_is_done(interrupted, capsys, what):
    """It is not kept who was erased: the words say that nothing of that id is there, and what to do for another."""
    words = ["erase", *what, "--yes", "--store", str(interrupted)]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "interrupted is finished" in said and "is in the store now. If you meant another" in said and what[1] in said
    assert "Erased from the store" not in said and not in_file(interrupted, "Lopezdemura")
    assert main(words) == 1


def test_the_command_that_also_erases_another_student_is_done(interrupted, capsys):
    assert main(["erase", "--student", "00124", "--yes", "--store", str(interrupted)]) == 0
    assert capsys.readouterr().out.startswith("Erased from the store.")
    assert not in_file(interrupted, "Lopezdemura") and not in_file(interrupted, "00124")


def test_a_slip_in_the_year_is_refused_after_an_interrupted_erasure_too(interrupted, capsys):
    assert main(["erase", "--year", "19-x", "--yes", "--store", str(interrupted)]) == 1
    assert "not a school year" in capsys.readouterr().err and in_file(interrupted, "Lopezdemura")


def test_retention_finishes_an_interrupted_erasure_although_nothing_is_past(interrupted, capsys):
    assert main(["retention", "--store", str(interrupted)]) == 0 and in_file(interrupted, "Lopezdemura")
    assert main(["retention", "--erase", "--yes", "--store", str(interrupted)]) == 0
    said = capsys.readouterr().out
    assert "interrupted is finished" in said and "nothing is past retention" in said
    assert not in_file(interrupted, "Lopezdemura") and check.findings(open_store(interrupted)) == []


def test_what_killed_processes_left_goes_with_an_erasure(path, tmp_path, monkeypatch):
    """A file that was being read, a copy that was being handed out, and what the database put on the disk."""
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path / "home"))
    open_store(path).close()
    with monkeypatch.context() as another:  # a process that runs no longer: its token is nobody's
        another.setattr("data.alive.token", lambda: "0123456789abcdef")
        left = [scratch.file(), scratch.file(".duckdb"), scratch.folder("reading-") / "sheet.arrow"]
    in_use = scratch.file()
    in_use.touch()
    spilled = path.with_name(f"{path.name}.tmp") / "duckdb_temp_4242_0_storage_DEFAULT-0.tmp"
    spilled.parent.mkdir()
    for file in (*left, spilled):
        file.write_text("Lopezdemura")
    erase.student(open_store(path), "00123")
    assert not any(file.exists() for file in (*left, spilled)) and in_use.exists()
    assert not any(b"Lopezdemura" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_a_file_name_that_names_the_student_is_gone(path):
    with open_store(path).writing() as write:
        write.execute("UPDATE upload SET file_name = 'Calls of Ana Lopezdemura.csv' WHERE kind = 'contacts'")
    erase.student(open_store(path), "00123")
    assert not in_file(path, "Lopezdemura")
    store = open_store(path)
    assert store.value("SELECT file_name FROM upload WHERE kind = 'contacts'") == "(erased)"
    store.close()
