"""Numbers that stand beside two names: two children would count as one."""

import pytest

from data.load.hold import at_command_line
from tests.support.loading import load, preview, sheet, workbook

HEADERS = ["Student #", "Last Name", "First Name", "School", "Grade"]
ONE = ["Lopez Ana", "Smith Ben", "Chu Cora", "Patel Dev", "Stone Eli"]
OTHER = ["Moss Fay", "Reed Gus", "Sato Hana", "Novak Ivo", "Park Jade"]


def of_class(names, first=1, name="class.csv"):
    rows = [[str(first + n), *text.split(), "Oak Elementary", "3"] for n, text in enumerate(names)]
    return workbook(sheet(rows, headers=HEADERS), name=name)


def asked(store, book) -> tuple[list[str], dict[str, str]]:
    planned = preview(store, book)
    planned.close()
    codes = [question.code for question in at_command_line(planned)]
    return codes, {notice.code: notice.sentence for notice in planned.notices}


def test_a_second_class_with_the_numbers_of_a_list_is_held(store):
    load(store, of_class(ONE))
    codes, _ = asked(store, of_class(OTHER, name="other.csv"))
    assert codes == ["other_names"]


def test_two_lists_in_one_file_are_held(store):
    rows = [[str(1 + n % 5), *text.split(), "Oak Elementary", "3"] for n, text in enumerate(ONE + OTHER)]
    codes, _ = asked(store, workbook(sheet(rows, headers=HEADERS), name="both.csv"))
    assert codes == ["other_names"]


def test_a_number_that_was_given_again_is_told(store):
    load(store, of_class(ONE, first=100))
    codes, told = asked(store, of_class([*ONE[:4], "Young Zed"], first=100, name="next.csv"))
    assert codes == [] and "row 6: 104" in told["other_names"]


def test_changed_spellings_and_a_new_last_name_are_the_same_student(store):
    load(store, of_class(ONE, first=100))
    names = ["López Ana", "Smith Benjamin", "Chu-Ray Cora", "Patell Dev", "Kim Eli"]
    codes, told = asked(store, of_class(names, first=100, name="next.csv"))
    assert codes == [] and "other_names" not in told


def in_one_roster(*rows) -> dict[str, str]:
    """30 students with names of their own, and these rows below them."""
    others = [[f"A{n}", f"{chr(65 + n % 26)}orth{n}", f"{chr(65 + n % 26)}im{n}", "Oak School", "3"] for n in range(30)]
    return workbook(sheet([*others, *([*row, "Oak School", "3"] for row in rows)], headers=HEADERS))


def test_brothers_under_one_number_in_one_roster_are_told(store):
    codes, told = asked(store, in_one_roster(["A212", "Baker", "Tim"], ["A212", "Baker", "Kim"]))
    assert codes == [] and "row 33: A212" in told["other_names"]
    assert told["other_names"].startswith("1 student has a number that stands beside another name")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Díaz", "Bo"), ("DIAZ", "bo")),
        (("Diaz", "Bo"), ("Diaz-Lopez", "Bo")),
        (("Diaz", "Bo"), ("Bo", "Diaz")),
        (("Diaz", "B."), ("Diaz", "Bo")),
        (("Diaz", "Sara"), ("Diaz", "Sarah")),
        (("O'Neil", "Sean"), ("Oneill", "Seán")),
    ],
)
def test_one_name_written_in_two_ways_is_one_student(store, one, other):
    _, told = asked(store, in_one_roster(["A212", *one], ["A212", *other]))
    assert "other_names" not in told
