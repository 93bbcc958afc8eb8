"""Logs in which a child is easily taken for another: siblings, namesakes, numbers beside names. Asked, not guessed."""

import pytest

from data.load import matches
from tests.support.loading import load, log, preview, roster

NAMED = ["Date", "Student", "Method"]
OAK, ELM = "Oak ES", "Elm MS"
PEOPLE = [
    ["00201", "Ana", "Ortiz", OAK, "3", "8/15/2025"],
    ["00202", "Luis", "Ortiz", OAK, "5", "8/15/2025"],
    ["00203", "David", "Kim", OAK, "3", "8/15/2025"],
    ["00204", "David", "Kim", OAK, "5", "8/15/2025"],
    ["00205", "Maria", "Garcia", OAK, "4", "8/15/2025"],
    ["00206", "Maria", "Garcia", ELM, "7", "8/15/2025"],
    ["00207", "Jaden", "Brown", OAK, "1", "8/15/2025"],
    ["00208", "Jayden", "Brown", OAK, "1", "8/15/2025"],
    ["00209", "Ana", "Garcia Vega", ELM, "7", "8/15/2025"],
]


@pytest.fixture
def store(with_roster):
    load(with_roster, roster(PEOPLE, "more.csv"))
    return with_roster


def _whose(store, *texts: str) -> list[str | None]:
    load(store, log([["9/15/2025", text, "Phone"] for text in texts], headers=NAMED))
    rows = "SELECT local_id FROM contact_row LEFT JOIN student USING (student_id) ORDER BY source_row"
    return [local for (local,) in store.rows(rows)]


def _codes(store, rows: list[list[str]], headers: list[str] = NAMED) -> list[tuple]:
    planned = preview(store, log(rows, headers=headers))
    found = [(problem["row"], problem["code"]) for problem in planned.problems()]
    planned.close()
    return found


def test_a_number_beside_a_name_is_compared_with_it(store):
    texts = ("Ortiz, Ana (00201)", "Ortiz, Luis (00201)", "Kim, David (00204)", "David Kim #203", "00208 Brown, Jayden",
             "Ana Ortiz (Room 203)", "Ana Ortiz (2099)", "Ana Ortiz 00201 00202")  # fmt: skip
    assert _whose(store, *texts) == ["00201", None, "00204", "00203", "00208", "00201", "00201", None]


def test_a_number_alone_in_the_column_of_names_is_an_id_as_it_is_written(store):
    texts = ("Ortiz, Ana", "Ortiz, Luis", "Brown, Jaden", "Brown, Jayden", "00201", "201")
    assert _whose(store, *texts) == ["00201", "00202", "00207", "00208", "00201", None]


def test_a_number_of_another_student_is_told_with_its_row(store):
    assert _codes(store, [["9/15/2025", "Ortiz, Luis (00201)", "Phone"]]) == [(2, "ambiguous_student")]


@pytest.mark.parametrize(
    "text", ["Ana Ortiz / Luis Ortiz", "Ana y Luis Ortiz", "Ortiz Ana/Luis", "Ana Ortiz\nLuis Ortiz", "Ana Ortiz/Rosa"]
)
def test_siblings_in_one_cell_do_not_count_for_the_first_alone(store, text):
    assert _codes(store, [["9/15/2025", text, "Phone"]]) == [(2, "several_students")]


def test_a_second_first_name_that_is_a_siblings_is_asked_about(store):
    assert _whose(store, "Ortiz, Ana, Luis", "Ana Ortiz Luis Ortiz", "Ortiz, Ana Maria") == [None, None, "00201"]


def test_a_name_broken_over_two_lines_and_two_surnames_with_a_slash_are_one(store):
    assert _whose(store, "Ortiz,\nAna", "Ana\nOrtiz", "Ana Garcia/Vega") == ["00201", "00201", "00209"]


def test_the_grade_of_a_namesake_at_another_school_is_asked_about_and_a_grade_of_nobody_told(store):
    rows = [["9/15/2025", "Maria Garcia", OAK, "7"], ["9/16/2025", "Ana Ortiz", OAK, "8"]]
    headers = ["Date", "Student", "School", "Grade"]
    assert _codes(store, rows, headers) == [(2, "ambiguous_student")]
    planned = preview(store, log(rows, headers=headers))
    planned.close()
    planned.close()
    (told,) = [notice.sentence for notice in planned.notices if notice.code == "other_grade"]
    assert told.startswith("1 row gives a grade in which the student of that name was not that school year (row 3")


def test_the_id_of_a_child_beside_the_very_name_of_another_is_told_with_its_row(store):
    rows = [
        ["9/15/2025", "00201", "Ana Ortiz"],
        ["9/15/2025", "00201", "Luis Ortiz"],
        ["9/15/2025", "00207", "Jayden Brown"],
        ["9/15/2025", "00205", "Maria Garcia-Perez"],
    ]
    planned = preview(store, log(rows, headers=["Date", "Student ID", "Student"]))
    planned.close()
    planned.close()
    (told,) = [notice.sentence for notice in planned.notices if notice.code == "name_contradicts_id"]
    assert told.startswith("2 rows have the id of one student and the name of another (row 3, for example)")


def test_what_was_accepted_for_one_namesake_does_not_count_for_another(store):
    texts = ("David Kim (3rd)", "David Kim (5th)")
    assert _whose(store, *texts) == [None, None]
    offers = matches.waiting(store).to_dict("records")
    third = [one for one in offers if one["given_name"] == texts[0] and one["local_id"] == "00203"]
    assert matches.accept(store, third, "Ms. Rivera") == 1
    rows = "SELECT local_id FROM contact_row LEFT JOIN student USING (student_id) ORDER BY source_row"
    assert store.rows(rows) == [("00203",), (None,)]


def test_the_grade_of_a_row_counts_before_what_was_accepted_for_a_namesake(store):
    load(store, log([["9/15/2025", "David Kim", OAK, ""]], headers=["Date", "Student", "School", "Grade"]))
    offers = matches.waiting(store).to_dict("records")
    matches.accept(store, [one for one in offers if one["local_id"] == "00203"], "Ms. Rivera")
    load(store, log([["9/16/2025", "David Kim", OAK, "5"]], "b.csv", ["Date", "Student", "School", "Grade"]))
    found = store.rows("SELECT local_id FROM contact JOIN student USING (student_id) ORDER BY contact_day")
    assert found == [("00203",), ("00204",)]
