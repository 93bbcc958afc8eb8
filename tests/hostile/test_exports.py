"""Formula payloads in names: no file that the program hands out holds a live formula."""

import csv
import io
import zipfile

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from access.directory import Directory
from access.viewer import LOCAL
from analytics.answer import ask
from analytics.question import Question
from data.home import PROJECT
from data.load import set_aside_workbook
from data.store import open_store
from tests.support import loading, screens
from ui import export, family_list

PAYLOADS = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(1)", "\t=1", "=1+1"]
LIVE = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A district's own store in which students and schools are named like formulas."""
    home = tmp_path_factory.mktemp("formula_home")
    store = open_store(home / "district.duckdb")
    roster = [[f"9{n:04d}", bad, bad, PAYLOADS[0], "3", "8/15/2025"] for n, bad in enumerate(PAYLOADS)]
    loading.load(store, loading.roster(roster, name="=evil.csv"))
    loading.load(store, loading.log([["90001", "9/3/2025", "Phone", "Outbound", "Reached", PAYLOADS[1], "Academics"]]))
    return home


def no_formula_in_csv(data: bytes):
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert any("cmd|" in cell for cell in cells)
    for cell in cells:
        assert not cell.startswith(LIVE) or cell.lstrip("-").replace(".", "").isdigit(), cell


def no_formula_in_workbook(data: bytes, said: str = "cmd|"):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        text = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    assert said in "".join(text.values())
    for name, xml in text.items():
        assert "<f>" not in xml and "<f " not in xml and "<hyperlink" not in xml, name


def test_the_csv_of_an_answer_holds_no_formula(home):
    answer = ask(open_store(home / "district.duckdb"), LOCAL, Question("contact_rate", ("school",)))
    no_formula_in_csv(export.answer_csv(export.explained(answer)))


def test_the_workbook_of_families_holds_no_formula(home, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_HOME", str(home))
    table, _ = family_list.families.to_reach(open_store(home / "district.duckdb"), LOCAL, PAYLOADS[0])
    assert len(table) == len(PAYLOADS)
    no_formula_in_workbook(export.workbook(family_list.printed(table), "Families", PAYLOADS[0]))


def test_the_workbook_of_rows_set_aside_holds_no_formula(tmp_path):
    store = open_store(tmp_path / "district.duckdb")
    log = [["90001", "13/45/2025", "Phone", "Outbound", "Reached", bad, bad] for bad in PAYLOADS]
    log += [["90001", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"]] * 40
    planned = loading.preview(store, loading.log(log))
    assert planned.counts["rows_set_aside"] == len(PAYLOADS)
    no_formula_in_workbook(set_aside_workbook(planned.set_aside()))


def test_a_list_that_is_taken_away_is_in_the_audit_log_without_a_student(home, monkeypatch):
    screens.at(home, monkeypatch)
    taken = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, *_, **__: taken.setdefault(label, data))
    test = AppTest.from_file(str(PROJECT / "pages" / "families.py"), default_timeout=60).run()
    assert not test.exception
    taken.clear()
    test.selectbox(key="list_since").set_value("All students").run()
    log = Directory(home / "access.sqlite").log
    before = len(log())
    made = taken["Workbook"]()
    no_formula_in_workbook(made)
    no_formula_in_workbook(made, f"{len(PAYLOADS)} students.")
    newest = log()[0]
    assert len(log()) == before + 1
    assert newest[1:] == ("this machine", "list of families exported", PAYLOADS[0], len(PAYLOADS))
