"""`python -m data`: exit statuses, the JSON of a load, and bad input answered with a sentence."""

import json
import os
import stat
import subprocess
import sys

import duckdb
import pytest

from data.__main__ import main
from data.store import open_store
from tests.support.loading import LOG_HEADERS, ROSTER, ROSTER_HEADERS

KEYS = {
    "file", "kind", "sheet", "header_row", "mapping", "rows_read", "rows_loaded", "rows_duplicate", "rows_set_aside",
    "rows_unmatched", "rows_not_family", "problems", "upload_id",
}  # fmt: skip

LOG = [
    ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"],
    ["00124", "9/33/2025", "Email", "Outbound", "Sent", "Ms. Lee", "Attendance"],
    ["00888", "9/4/2025", "Email", "Outbound", "Sent", "Ms. Lee", "Attendance"],
]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("BOTHWAYS_DEBUG", raising=False)


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command on a store of its own; returns (exit status, standard output, standard error)."""
    path = tmp_path / "store.duckdb"

    def command(*words, store=path):
        status = main([*map(str, words), "--store", str(store)])
        if store.exists():
            open_store(store).close()
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.fixture
def files(tmp_path):
    """Write a text file into the test's folder and give its path."""

    def write(name: str, rows: list[list[str]], headers: list[str] | None = None):
        lines = ([headers] if headers else []) + rows
        path = tmp_path / name
        path.write_text("\n".join(",".join(cells) for cells in lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def roster(files):
    return files("roster.csv", ROSTER, ROSTER_HEADERS)


@pytest.fixture
def log(files):
    return files("log.csv", [["Contact log 2025-26"], [], LOG_HEADERS, *LOG])


def test_load_prints_one_json_object_for_each_file(run, roster, log):
    status, out, err = run("load", roster, log, "--json")
    assert (status, err) == (0, "")
    first, second = map(json.loads, out.splitlines())
    assert first["kind"] == "roster" and first["rows_loaded"] == 3
    assert set(second) >= KEYS
    assert {key: second[key] for key in KEYS - {"problems"}} == {
        "file": "log.csv", "kind": "contacts", "sheet": "", "header_row": 3, "upload_id": 2,
        "mapping": {"student_id": "Student ID", "contact_date": "Date", "channel": "Method", "direction": "Direction",
                    "outcome": "Result", "staff": "Staff", "topic": "Topic"},
        "rows_read": 3, "rows_loaded": 1, "rows_duplicate": 0, "rows_set_aside": 1, "rows_unmatched": 1,
        "rows_not_family": 0,
    }  # fmt: skip
    assert [set(problem) for problem in second["problems"]] == [
        {"code", "field", "value", "sheet", "row", "message"}
    ] * 2
    assert [(problem["code"], problem["row"]) for problem in second["problems"]] == [
        ("impossible_date", 5),
        ("unknown_student", 6),
    ]


def test_the_same_file_again_is_all_duplicates_and_no_refusal(run, roster, log):
    run("load", roster, log)
    before = run("check")
    status, out, _ = run("load", log, "--json")
    report = json.loads(out)
    assert status == 0
    assert (report["rows_loaded"], report["rows_duplicate"], report["upload_id"]) == (0, 1, 2)
    assert run("check") == before
    assert "was loaded already" in run("load", log)[1]


def test_a_dry_run_says_the_same_and_changes_nothing(run, roster, log):
    run("load", roster)
    before = run("check")
    status, out, _ = run("load", log, "--json", "--dry-run")
    report = json.loads(out)
    assert (status, report["rows_loaded"], report["upload_id"]) == (0, 1, None)
    assert run("check") == before


def test_the_order_of_dates_is_said_once_and_can_be_answered(run, roster, files):
    run("load", roster)
    log = files("days.csv", [LOG_HEADERS, ["00123", "3/9/2025", *LOG[0][2:]], ["00124", "4/9/2025", *LOG[0][2:]]])
    _, out, _ = run("load", log, "--dry-run")
    assert out.count("Dates are read month first") == 1 and "Say if the day comes first. (--date-order mdy" in out
    status, out, _ = run("load", log, "--date-order", "dmy")
    assert status == 0 and out.count("Dates are read day first, as chosen.") == 1 and "Say if" not in out
    status, out, _ = run("load", files("years.csv", [LOG_HEADERS, ["00123", "2025-09-03", *LOG[0][2:]]]))
    assert out.count("Dates are written year, month, day.") == 1


def test_a_dry_run_makes_no_store(run, roster, tmp_path):
    status, out, _ = run("load", roster, "--json", "--dry-run")
    assert (status, json.loads(out)["rows_loaded"]) == (0, len(ROSTER))
    assert not (tmp_path / "store.duckdb").exists()


def test_undo_restores_the_digests_and_the_history_keeps_it(run, roster, log):
    run("load", roster)
    before = run("check")
    run("load", log)
    assert run("check") != before
    assert run("undo", 2)[0] == 0
    assert run("check") == before
    assert before[0] == 0
    status, out, _ = run("uploads", "--json")
    assert [(line["upload_id"], line["state"]) for line in map(json.loads, out.splitlines())] == [
        (1, "loaded"),
        (2, "undone"),
    ]
    assert "undone" in run("uploads")[1]


def test_rebuild_and_backup(run, roster, log, tmp_path):
    run("load", roster, log)
    before = run("check")
    assert run("rebuild")[0] == 0
    assert run("check") == before
    copy = tmp_path / "copy.duckdb"
    assert run("backup", copy)[0] == 0
    assert run("check", store=copy) == before
    assert run("backup", copy)[0] == 1


def test_a_column_can_be_named(run, roster, files):
    log = files("odd.csv", [["00123", "9/3/2025", "Phone", "Email"]], ["Student ID", "Date", "A", "B"])
    report = json.loads(run("load", roster, log, "--json", "--map", "channel=B")[1].splitlines()[1])
    assert report["mapping"]["channel"] == "B"


def test_one_refused_file_does_not_stop_the_others(run, roster, tmp_path):
    status, out, err = run("load", tmp_path / "missing.csv", roster, "--json")
    assert status == 1
    assert json.loads(out)["rows_loaded"] == 3
    assert "missing.csv" in err and len(err.splitlines()) == 1


def test_an_exact_round_number_of_rows_is_asked_about(run, roster, files):
    rows = [["00123", f"9/{1 + n % 28}/2025", "Phone", "Outbound", "Reached", f"Staff {n}", ""] for n in range(4000)]
    log = files("capped.csv", rows, LOG_HEADERS)
    status, out, err = run("load", log)
    assert (status, out) == (1, "")
    assert "exactly 4,000 rows" in err
    run("load", roster)
    said = json.loads(run("load", log, "--json")[1])
    assert (said["rows_loaded"], said["rows_held"], said["upload_id"]) == (0, 4000, None)
    assert any("exactly 4,000 rows" in question for question in said["questions"])
    assert run("load", log, "--yes")[0] == 0


def bad_inputs(tmp_path) -> dict:
    """(words, file content) of everything that must be answered with a sentence."""
    return {
        "empty": ([], b""),
        "wrong kind": ([], b"%PDF-1.7 nothing here"),
        "no dates": (["--kind", "contacts"], b"Student ID,Method\n00123,Phone\n"),
        "roster without grades": (
            ["--kind", "roster"],
            b"Student ID,First Name,Last Name,School\n1,Ana,Lopez,Lincoln ES\n",
        ),
        "headers only": ([], b"Student ID,Date,Method\n"),
        "unknown school": (["--school", "Nowhere"], b"Student ID,Date,Method\n00123,9/3/2025,Phone\n"),
        "unknown header": (["--map", "channel=Nowhere"], b"Student ID,Date,Method\n00123,9/3/2025,Phone\n"),
    }


@pytest.mark.parametrize("name", list(bad_inputs(None)))
def test_bad_input_is_a_sentence_and_changes_nothing(run, roster, tmp_path, name):
    run("load", roster)
    before = run("check")
    words, content = bad_inputs(tmp_path)[name]
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    status, out, err = run("load", path, *words)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1 and err.rstrip().endswith((".", "?")), err
    assert "Traceback" not in err and "Error" not in err
    assert run("check") == before


def test_a_date_in_2099_waits_with_a_sentence(run, roster, files):
    log = files("future.csv", [["00123", "9/3/2099", "Phone"], ["00123", "9/3/2025", "Phone"]], LOG_HEADERS[:3])
    report = json.loads(run("load", roster, log, "--json")[1].splitlines()[1])
    assert (report["rows_loaded"], report["rows_set_aside"]) == (1, 1)
    assert "future" in report["problems"][0]["message"]


@pytest.mark.parametrize(
    "words",
    [[], ["nonsense"], ["load"], ["load", "x.csv", "--map", "channel"], ["load", "x.csv", "--map", "chanel=X"],
     ["undo", "first"], ["load", "x.csv", "--kind", "other"]],
)  # fmt: skip
def test_wrong_usage_is_exit_2(words, capsys):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_undo_of_what_is_not_there_is_refused(run, roster):
    run("load", roster)
    status, _, err = run("undo", 7)
    assert status == 1
    assert "no upload 7" in err


def test_a_fault_in_the_program_is_a_sentence_too(run, monkeypatch):
    def broken(_):
        raise ZeroDivisionError("secret")

    run("demo", "--students", 5, "--schools", 1, "--contacts", 5, "--years", 1)
    monkeypatch.setattr("data.commands.uploads.uploads", broken)
    status, _, err = run("uploads")
    assert status == 1
    assert "Traceback" not in err and "secret" not in err


def test_a_full_disk_is_no_fault_in_the_program(run, monkeypatch):
    def full(*_):
        raise duckdb.TransactionException("Failed to commit: Could not write file: No space left on device")

    run("demo", "--students", 5, "--schools", 1, "--contacts", 5, "--years", 1)
    monkeypatch.setattr("data.commands.undo.undo", full)
    status, _, err = run("undo", "1")
    assert status == 1 and "ran out of room" in err and "fault in the program" not in err


@pytest.mark.parametrize(
    "words",
    [
        ("uploads",),
        ("undo", 1),
        ("rebuild",),
        ("check",),
        ("backup", "copy.duckdb"),
        ("erase", "--student", "1", "--yes"),
        ("retention",),
        ("lake", "export", "lake"),
    ],
)
def test_a_slip_in_the_name_of_the_store_is_told_and_makes_none(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*words, store=tmp_path / "sotre.duckdb")
    assert (status, out) == (1, "") and "There is no store at" in err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_told_as_one(capsys, tmp_path):
    assert main(["check", "--store", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert "is a folder" in err and "damaged" not in err


def test_an_empty_school_year_is_no_student(run, roster):
    run("load", roster)
    status, _, err = run("erase", "--year", "", "--yes")
    assert status == 1 and "is not a school year" in err


def test_all_that_a_command_leaves_beside_a_store_is_private(roster, tmp_path):
    """The log of the database beside a store is made with each write; here the process dies before it is folded in."""
    code = (
        "import os\nos.umask(0o022)\nfrom data import __main__ as door\n"
        f"door.main(['load', {str(roster)!r}, '--store', {str(tmp_path / 'open' / 'store.duckdb')!r}])\nos._exit(0)"
    )
    (tmp_path / "open").mkdir(mode=0o755)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    left = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "open").iterdir()}
    assert left == {"store.duckdb": 0o600, "store.duckdb.wal": 0o600}


def test_a_lake_is_as_readable_as_who_exports_it_says(run, tmp_path):
    """The cluster that reads it may be another user."""
    run("demo", "--students", 5, "--schools", 1, "--contacts", 5, "--years", 1)
    before = os.umask(0o022)
    try:
        run("lake", "export", tmp_path / "lake")
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "lake").rglob("*.parquet")} == {0o644}


def _printed(words: list[str], module: str = "data", **environment) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONIOENCODING", "PYTHONUTF8")}
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env={**clean, **environment}, capture_output=True)


@pytest.mark.parametrize(
    ("environment", "printed"),
    [
        ({}, "Học sinh".encode()),
        ({"PYTHONIOENCODING": "cp1252"}, rb"H\u1ecdc sinh"),
    ],
)
def test_names_in_any_script_are_printed(files, tmp_path, environment, printed):
    """Output that knows no Vietnamese: a redirect on Windows, say. A load had ended with an error after it was done."""
    first = files("one.csv", ROSTER, ["Học sinh ID", *ROSTER_HEADERS[1:]])
    store = ["--store", str(tmp_path / "any.duckdb")]
    made = _printed(["load", str(first), "--map", "student_id=Học sinh ID", *store], **environment)
    assert printed in made.stdout and b"fault" not in made.stderr and made.returncode == 0
