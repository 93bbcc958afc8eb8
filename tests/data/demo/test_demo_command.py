"""`python -m data demo`: the store, the truth beside it, the spreadsheets, and its refusals."""

import json
from datetime import date

import openpyxl
import pytest

from data.__main__ import main
from data.demo import files
from data.store import open_store


def test_makes_a_store_and_its_truth(tmp_path, capsys):
    path = tmp_path / "sample.duckdb"
    status = main(
        ["demo", "--store", str(path), "--students", "40", "--schools", "4", "--contacts", "200", "--seed", "3"]
    )
    assert status == 0
    said = capsys.readouterr().out
    assert "40 students, 4 schools, 200 contacts" in said and "synthetic" in said
    truth = json.loads((tmp_path / "sample.duckdb.truth.json").read_text())
    assert truth["students"] == 40 and truth["family_reply_rate"]["check"].startswith("python -m analytics")
    open_store(path).close()


def test_refuses_in_one_sentence(tmp_path, capsys):
    status = main(["demo", "--store", str(tmp_path / "sample.duckdb"), "--students", "0"])
    assert status == 1
    assert capsys.readouterr().err.strip() == "A sample can have 1 to 2,000,000 students, not 0."
    open_store(tmp_path / "sample.duckdb").close()


@pytest.fixture
def written(tmp_path):
    """The three workbooks, by name."""
    paths = files.write(tmp_path / "files", students=200, schools=5, seed=4, until=date(2026, 3, 20))
    return {path.name: path for path in paths}


def test_sample_spreadsheets_differ_as_real_ones_do(written):
    books = {name: openpyxl.load_workbook(path).active for name, path in written.items()}
    roster = list(books["Sample roster.xlsx"].values)
    assert roster[0][0] == "Student ID" and all(isinstance(row[0], str) for row in roster[1:])
    office = list(books["Sample contact log from the office.xlsx"].values)
    assert "Record ID" in office[0] and {row[1] for row in office[1:]} <= {row[0] for row in roster[1:]}
    school = list(books["Sample contact log of one school.xlsx"].values)
    assert "synthetic" in school[0][0] and school[3][0] == "Student" and ", " in school[4][0]


def test_sample_spreadsheets_load(written, tmp_path, capsys):
    """The roster and both logs load into an empty store, without a row set aside or a student unknown."""
    store = tmp_path / "district.duckdb"
    school = openpyxl.load_workbook(written["Sample contact log of one school.xlsx"]).active["A2"].value
    status = main(["load", "--store", str(store), "--json", str(written["Sample roster.xlsx"])])
    status += main(["load", "--store", str(store), "--json", str(written["Sample contact log from the office.xlsx"])])
    status += main(["load", "--store", str(store), "--json", "--school", school,
                    str(written["Sample contact log of one school.xlsx"])])  # fmt: skip
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    open_store(store).close()
    assert status == 0
    for report in reports:
        assert report["rows_loaded"] == report["rows_read"] > 0, report
        assert report["rows_set_aside"] == report["rows_unmatched"] == 0, report
