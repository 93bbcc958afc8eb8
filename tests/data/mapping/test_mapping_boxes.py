"""Check boxes as Word, Excel and Google print them: which of them are ticked."""

import pytest

from data.mapping import Mapping, column_of, derive_fields, interpret, propose
from data.mapping.boxes import chosen, spelt


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["☒", "☐"], ["yes", "no"]),
        (["☑", "☐"], ["yes", "no"]),
        (["☑", "☒"], ["yes", "no"]),
        (["✓", "✗", None], ["yes", "no", None]),
        (["✔️", "✘"], ["yes", "no"]),
        (["✗", "☐"], ["yes", "no"]),
        (["✗", "✗"], ["✗", "✗"]),
        (["Phone", "TRUE", None], ["Phone", "TRUE", None]),
    ],
)
def test_the_signs_of_a_column_tell_which_boxes_are_ticked(texts, words):
    assert spelt(texts) == words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("☒ Yes ☐ No", "Yes"),
        ("☐ Yes ☑ No", "No"),
        ("☐ Yes ☐ No", ""),
        ("Yes ☒ No ☐", "Yes"),
        ("☒ Phone ☒ Email ☐ Text", "Phone; Email"),
        ("☑ Phone ☒ Email", "Phone"),
        ("☒ Phone ✗ Email", "Phone"),
        # Nothing tells which answer a box belongs to, or what a sign means: asked about as it stands.
        ("Phone ☒ Email ☐ Text", "Phone ☒ Email ☐ Text"),
        ("✗ Phone", "✗ Phone"),
        ("☒ ☐", "☒ ☐"),
        ("Phone", "Phone"),
    ],
)
def test_of_answers_with_boxes_those_ticked_are_left(text, left):
    assert chosen(text) == left


def test_yes_and_no_in_boxes():
    def read(*texts):
        return [reading.value for reading in interpret("interpreter", list(texts), Mapping())]

    assert read("☒", "☐") == [True, False]
    assert read("✓", "✗", "") == [True, False, None]
    assert read("☐ Yes ☒ No", "☒ Yes ☐ No", "☐ Yes ☐ No", "✓ Ms. Vega") == [False, True, None, True]
    assert read("TRUE", "FALSE") == [True, False]


def test_crosses_that_nothing_explains_are_told():
    (reading,) = interpret("student_present", ["✗"], Mapping())
    assert (reading.value, reading.problem) == (None, "unknown_value")


def test_the_ticked_answer_of_a_cell_counts():
    readings = interpret("channel", ["☐ Phone ☒ Email ☐ Text", "☒ Phone ☒ Email", "☐ Phone ☐ Email"], Mapping())
    assert [(one.value, one.problem) for one in readings] == [
        ("email", None), ("other", "several_values"), (None, None),
    ]  # fmt: skip


def test_columns_of_boxes_for_each_way_and_a_question():
    columns = [
        column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones"]),
        column_of(1, "Date", ["9/15/2025", "9/16/2025", "9/17/2025"]),
        column_of(2, "Phone", ["☒", "☐", "☐"]),
        column_of(3, "Email", ["☐", "☒", "☒"]),
        column_of(4, "Reached?", ["☒", "☐", "☒"]),
    ]
    mapping = propose(columns, "contacts")
    assert mapping.derived["channel"].headers == ["Phone", "Email"]
    cells = {"Phone": ["☒", "☐", "☐"], "Email": ["☐", "☒", "☒"]}
    assert derive_fields(cells, mapping)["channel"] == ["phone", "email", "email"]
    read = interpret("outcome", ["☒", "☐"], mapping)
    assert [one.value for one in read] == ["reached", "no_answer"]
