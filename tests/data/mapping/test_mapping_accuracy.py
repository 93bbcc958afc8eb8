"""How many columns are read rightly over tables drawn from lexicons, and how misspelt headers are understood."""

import pytest

from data.mapping import column_of, derive_fields, propose
from data.mapping.words import concepts
from tests.support import header_lexicons as lexicons
from tests.support.header_drawing import columns, draw, scored

PRIVATE = ("!notes", "!phone", "!email")
DRAWN = [
    *[(name, text, "contacts") for name, text in (lexicons.CONTACTS | lexicons.HELD_OUT_CONTACTS).items()],
    *[(name, text, "roster") for name, text in (lexicons.ROSTERS | lexicons.HELD_OUT_ROSTERS).items()],
]


def chosen(table, kind):
    """{field: header} of the proposal for a drawn table."""
    fields = propose(columns(table), kind).fields
    return {field: choice.header for field, choice in fields.items() if choice.column is not None}


def test_ninety_five_of_a_hundred_fields_of_drawn_tables():
    right = total = 0
    for name, text, kind in DRAWN:
        for number in range(4):
            table, truth = draw(text, kind, f"accuracy {name} {number}")
            one, of = scored(chosen(table, kind), truth)
            right, total = right + one, total + of
    assert total > 600
    assert right / total >= 0.95


@pytest.mark.parametrize(("name", "text", "kind"), DRAWN)
def test_no_drawn_notes_phone_or_mail_is_taken(name, text, kind):
    table, truth = draw(text, kind, f"private {name}")
    lines = [line.split(":", 1) for line in text.strip().splitlines()]
    private = {header.strip() for field, rest in lines if field in PRIVATE for header in rest.split(" | ")}
    assert not (private - set(truth.values())) & set(chosen(table, kind).values())


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Studnet ID", {"STUDENT", "ID"}),
        ("CNTCT_MTHD", {"CONTACT", "METHOD"}),
        ("Realtionship", {"RELATION"}),
        ("Langauge", {"LANGUAGE"}),
        ("Comunication Type", {"CONTACT", "TYPE"}),
    ],
)
def test_misspelt_and_shortened_headers(header, meaning):
    assert concepts(header)[0] == meaning


@pytest.mark.parametrize("header", ["House", "Visit", "Model", "Case load plan of the Team"])
def test_words_of_the_language_are_no_misspellings(header):
    assert not concepts(header)[0] & {"FAMILY", "STAFF", "METHOD", "SCHOOL"}


def test_minutes_are_the_time_from_start_to_end():
    texts = {
        "Local ID": [f"1047{row % 14:02d}" for row in range(30)],
        "Contact Date": [f"9/{1 + row % 28}/2025" for row in range(30)],
        "Start": [f"{1 + row % 4}:{row:02d} PM" for row in range(30)],
        "End": [f"{2 + row % 4}:{row:02d} PM" for row in range(30)],
    }
    made = [column_of(place, header, values) for place, (header, values) in enumerate(texts.items())]
    mapping = propose(made, "contacts")
    assert mapping.fields["contact_time"].header == "Start"
    assert mapping.derived["minutes"].headers == ["Start", "End"]
    given = {"Start": ["4:00 PM", "4:00 PM", None, "4:00 PM"], "End": ["4:25 PM", "3:00 PM", "3:00 PM", None]}
    assert derive_fields(given, mapping)["minutes"] == [25, None, None, None]


def test_rows_that_are_numbered_are_no_students():
    made = [
        column_of(0, "Núm.", [str(row + 1) for row in range(30)]),
        column_of(1, "Alumno", [["Ana Bo", "Cy Lee", "Di Ray"][row % 3] for row in range(30)]),
        column_of(2, "Fecha", [f"2025-09-{1 + row % 28:02d}" for row in range(30)]),
    ]
    fields = propose(made, "contacts").fields
    assert fields["student_name"].header == "Alumno"
    assert "student_id" not in fields and "record_id" not in fields
