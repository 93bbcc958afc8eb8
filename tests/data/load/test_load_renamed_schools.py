"""A school by another name with the same code would become a second school."""

import pytest

from data.load import undo
from data.load.hold import at_command_line
from tests.support.loading import load, preview, sheet, workbook

HEADERS = ["Student ID", "Last Name", "First Name", "School", "School Code", "Grade", "School Year"]
OAK, ELM = ("Oak Elementary", "006"), ("Elm Elementary", "007")


def book(*schools, year="2024-25"):
    rows = [[f"A{n}1{school[1].lstrip('0')}", last, first, *school, "3", year]
            for school in schools for n, (last, first) in enumerate([("Lopez", "Ana"), ("Chu", "Cora")])]  # fmt: skip
    return workbook(sheet(rows, headers=HEADERS), name=f"roster {year}.csv")


def asked(store, roster) -> list[str]:
    planned = preview(store, roster)
    planned.close()
    return [question.sentence for question in at_command_line(planned) if question.code == "renamed_schools"]


@pytest.mark.parametrize("code", ["006", "6"])
def test_a_new_name_for_a_code_is_asked_about_once(store, code):
    load(store, book(OAK, ELM))
    renamed = book(("Maple Academy", code), ELM, year="2025-26")
    [sentence] = asked(store, renamed)
    assert f"“Maple Academy” has the code {code}, which was that of “Oak Elementary”" in sentence
    load(store, renamed)
    assert asked(store, book(("Maple Academy", code), ELM, ("Fir Elementary", "8"), year="2025-26")) == []


def test_a_roster_of_earlier_years_that_comes_later_is_asked_about_too(store):
    load(store, book(("Maple Academy", "006"), year="2025-26"))
    assert len(asked(store, book(OAK))) == 1


def test_other_spellings_and_new_schools_are_not_asked_about(store):
    load(store, book(OAK, ELM))
    assert asked(store, book(("OAK ELEM.", "006"), ELM, ("Fir Elementary", "008"), year="2025-26")) == []


def test_names_that_stand_in_one_roster_are_two_schools(store):
    load(store, book(OAK, ELM))
    assert asked(store, book(OAK, ("Maple Academy", "006"), year="2025-26")) == []


def test_a_roster_that_was_taken_back_asks_nothing(store):
    first = load(store, book(OAK, ELM))
    undo(store, first.upload_id, "test")
    assert asked(store, book(("Maple Academy", "006"), year="2025-26")) == []


def test_another_school_that_writes_the_same_code_is_not_asked_about(store):
    """Each school's own roster says "1": none of the students of the one was ever at the other."""
    load(store, book(("Oak Elementary", "1")))
    rows = [[f"B{n}", "Young", "Cy", "Elm Elementary", "1", "3", "2024-25"] for n in range(4)]
    assert asked(store, workbook(sheet(rows, headers=HEADERS), name="elm.csv")) == []
