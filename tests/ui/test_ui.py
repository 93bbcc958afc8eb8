"""What the screens share: exports without live formulas, words shown as they are, the gate's rule of addresses."""

import csv
import io
import tomllib
from datetime import date
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from streamlit import config

from analytics.measures import MEASURES
from analytics.question import Question
from data.home import PROJECT
from ui import export, gate, show, upload_history, upload_words

LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\xa0=1", "\n-1", '=HYPERLINK("http://example.com")']


def test_csv_holds_no_live_formula():
    table = pd.DataFrame({"=name": LIVE, "number": range(len(LIVE))})
    rows = list(csv.reader(io.StringIO(export.csv(table).decode("utf-8-sig"))))
    assert rows[0] == ["'=name", "number"]
    for cells, given in zip(rows[1:], LIVE, strict=True):
        assert cells[0].startswith("'") and cells[0][1:].strip() == given.strip()


def test_numbers_stay_numbers_in_a_csv():
    table = pd.DataFrame({"value": [-0.123456789012345]})
    assert export.csv(table).decode("utf-8-sig").splitlines()[1] == "-0.123456789012345"


def test_each_row_of_a_csv_says_what_it_counts():
    """The days are those that were counted, not those that were asked for; a reshaped table stands for the answer's."""
    answer = SimpleNamespace(
        measure=MEASURES["reach"],
        table=pd.DataFrame({"band": ["high"], "value": [0.5]}),
        behind=pd.DataFrame({"school": ["Cedar"], "note": ["too few"]}),
        question=Question("reach", start=date(2025, 7, 1), end=date(2026, 6, 30)),
        start=date(2025, 9, 1), end=date(2025, 11, 24), as_of=date(2025, 11, 30),
        method="By school.", notes=("One.", "Two."), unit="", numerator_is="",
    )  # fmt: skip
    shown = pd.DataFrame({"school": ["Alder", "Cedar"], "rate": [1.0, 0.0]})
    rows = export.explained(answer, ("Mass: 3.", "Failed: 2."), shown, "Alder or Cedar").to_dict("records")
    assert [(row["school"], row["rate"]) for row in rows] == [("Alder", 1.0), ("Cedar", 0.0)]
    assert pd.isna(rows[0]["note"]) and rows[1]["note"] == "too few"
    for row in rows:
        assert (row["first_day"], row["last_day"], row["as_of"]) == (answer.start, answer.end, answer.as_of)
        assert (row["measure"], row["filters"], row["method"]) == ("reach", "Alder or Cedar", "By school.")
        assert (row["left_out"], row["notes"]) == ("Mass: 3. Failed: 2.", "One. Two.")
        assert (row["unit"], row["numerator_is"]) == (MEASURES["reach"].unit_words, MEASURES["reach"].numerator)


def test_a_workbook_holds_no_live_formula():
    table = pd.DataFrame({"=name": LIVE, "days": [1] * len(LIVE)})
    book = openpyxl.load_workbook(io.BytesIO(export.workbook(table, "List", "=about")))
    cells = [cell for row in book["List"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert book["List"]["A1"].value == "=about" and book["List"]["A1"].quotePrefix
    assert book["List"]["B4"].value == 1


def test_a_workbook_prints_on_the_width_of_a_page_with_its_headers_on_each():
    page = openpyxl.load_workbook(io.BytesIO(export.workbook(pd.DataFrame({"A": [1]}), "List", "about")))["List"]
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$3:$3")
    assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToHeight == 0


def test_empty_places_stay_empty_in_a_workbook():
    table = pd.DataFrame({"days": pd.array([1, None], "Int64"), "on": [None, pd.Timestamp("2025-09-01")]})
    page = openpyxl.load_workbook(io.BytesIO(export.workbook(table, "List")))["List"]
    assert [page["A2"].value, page["A3"].value, page["B2"].value] == [1, None, None]
    assert page["B3"].value.date().isoformat() == "2025-09-01"


@pytest.mark.parametrize(
    "name", ["[Click](http://x.example)", "![](http://x.example/a.png)", "<b>x</b>", "`a` $b$ :red[c]"]
)
def test_names_are_shown_as_they_are(name):
    shown = show.plain(name)
    assert shown.replace("\\", "").replace("\u2060", "") == name
    for at, sign in enumerate(shown):
        if sign in "[]<`$:":
            assert shown[at - 1] == "\\"


@pytest.mark.parametrize(
    ("address", "only_here"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.0.0.2", True), ("0.0.0.0", False), ("", False),
     (None, False), ("10.0.0.5", False), ("::", False), ("school.example", False)],
)  # fmt: skip
def test_only_this_machines_own_address_needs_no_sign_in(address, only_here):
    before = config.get_option("server.address")
    config.set_option("server.address", address)
    try:
        assert gate.serves_this_machine_only() is only_here
    finally:
        config.set_option("server.address", before)


def test_the_program_ships_with_nothing_sent_out():
    shipped = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert shipped["browser"]["gatherUsageStats"] is False
    assert shipped["server"]["address"] == "127.0.0.1"
    assert shipped["client"]["showErrorDetails"] == "none" and shipped["client"]["showErrorLinks"] is False
    assert "http" not in str(shipped["theme"])


def test_an_interval_of_a_headline_stays_on_one_line():
    said = show.plain("4 % lower (\N{MINUS SIGN}27 to +27 %) and 29 % lower (13 to 43 %), from 5 to 6")
    kept = "4~% lower (\N{MINUS SIGN}27~to~+27~%) and 29~% lower (13~to~43~%), from 5 to 6"
    assert said == kept.replace("~", "\N{NO-BREAK SPACE}")


def test_what_came_in_and_what_waits_are_said_apart():
    assert upload_words.came_in("log.csv", "contacts", 45, 6) == (
        "45 contacts of log.csv came in and 6 wait for their student"
    )
    assert upload_words.came_in("log.csv", "contacts", 0, 2) == "2 contacts of log.csv wait for their student"
    assert upload_words.came_in("roster.csv", "roster", 1, 0) == "1 roster row of roster.csv came in"


def test_the_history_tells_rows_that_wait_from_rows_to_mend():
    files = pd.DataFrame({"state": ["loaded", "loaded", "undone"], "rows_unmatched": [6, 0, 9],
                          "rows_set_aside": [8, 1, 9]})  # fmt: skip
    assert upload_history.headline(files, False) == (
        "2 files are loaded; 6 rows wait for their student and 9 rows are set aside"
    )
    none = files.assign(rows_unmatched=0, rows_set_aside=0)
    assert upload_history.headline(none, False) == "2 files are loaded; nothing waits"


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        (("Phne",), "“Phne” is not a known word"),
        (("Phne", "Smoke"), "“Phne” or “Smoke” is not a known word"),
        (("Phne", "Smoke", "Drum"), "“Phne”, “Smoke” or “Drum” is not a known word"),
        ((), "A value is not a known word"),
    ],
)
def test_a_problem_of_several_words_is_a_whole_sentence(examples, said):
    group = SimpleNamespace(sentence="“{value}” is not a known word", examples=examples)
    assert upload_words.sentence_of(group) == said
