"""What is past retention is said, and erased when somebody says so: out of the file itself."""

from datetime import date

import pytest

from data import check, erase, retention
from data.__main__ import main
from data.store import open_store
from tests.support import loading

OLD = [["00777", "Zacharias", "Oldenburgh", "Lincoln ES", "5", "8/15/2018"]]
TODAY = date(2026, 3, 1)


@pytest.fixture
def path(tmp_path):
    """A store with students of this year and of a year long ago."""
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster(OLD, name="old.csv"))
    loading.load(store, loading.log([["00777", "9/3/2018", "Phone", "Outbound", "Reached", "Ms. Lee", "Academics"]]))
    loading.load(store, loading.roster())
    store.checkpoint()
    return store.path


def in_file(path, text: str) -> bool:
    return text.encode() in path.read_bytes()


def test_nothing_is_past_until_the_district_says_how_long_it_keeps(path):
    store = open_store(path)
    assert retention.past(store, TODAY) == []
    retention.keep(store, 8)  # 2018-19 is the eighth, counting 2025-26
    assert retention.past(store, TODAY) == []
    retention.keep(store, 7)
    assert retention.past(store, TODAY) == ["2018-19"]
    assert retention.past(store, date(2026, 6, 30)) == retention.past(store, TODAY)
    store.close()
    assert in_file(path, "Oldenburgh")  # opening and asking erase nothing


def test_what_is_past_is_erased_out_of_the_file_with_a_line_that_names_nobody(path):
    retention.keep(open_store(path), 7)
    assert retention.enforce(open_store(path), TODAY) == ["2018-19"]
    assert not in_file(path, "Oldenburgh") and not in_file(path, "00777")
    store = open_store(path)
    assert store.value("SELECT count(*) FROM student") == 3 and check.findings(store) == []
    (line,) = erase.record(store)
    assert line["what"] == "school year 2018-19" and line["rows"] >= 2 and line["at"] > "2026"
    assert retention.enforce(store, TODAY) == []


def test_the_record_of_an_erased_student_holds_no_name(path):
    erase.student(open_store(path), "00777")
    assert [line["what"] for line in erase.record(open_store(path))] == ["a student"]


def test_the_command_says_erases_with_yes_only_and_refuses_words(path, capsys):
    open_store(path).close()
    at = ["--store", str(path)]
    assert main(["retention", *at]) == 0 and "Every school year is kept" in capsys.readouterr().out
    assert main(["retention", "--keep", "3", *at]) == 0 and "Past retention: 2018-19" in capsys.readouterr().out
    assert main(["retention", "--erase", *at]) == 1 and "Add --yes" in capsys.readouterr().err
    assert in_file(path, "Oldenburgh")
    assert main(["retention", "--erase", "--yes", *at]) == 0 and "Erased: 2018-19" in capsys.readouterr().out
    assert not in_file(path, "Oldenburgh")
    with pytest.raises(SystemExit) as usage:
        main(["retention", "--keep", "ever", *at])
    assert usage.value.code == 2
