"""What a person says counts, is checked and can be remembered; a mapping holds no student."""

import json

import pytest

from data.errors import Refusal
from data.mapping import Mapping, column_of, header_signature, interpret, propose
from tests.data.mapping.header_sets import KNOWN, UNSEEN, columns

PAIRS = [
    ("Student ID", "id"),
    ("Date", "date"),
    ("Method", ["Phne", "Email"]),
    ("Way", ["Telephone", "Email"]),
    ("Notes", "notes"),
]


def test_a_person_overrides_and_a_column_serves_one_field():
    mapping = propose(columns(PAIRS), "contacts", {"choices": {"fields": {"channel": "Way"}}})
    assert mapping.header_of("channel") == "Way"
    assert mapping.fields["channel"].source == "person"
    none = propose(columns(PAIRS), "contacts", {"choices": {"fields": {"channel": None}}})
    assert "channel" not in none.fields


def test_remembered_choices_are_marked_and_a_person_wins():
    context = {"remembered": {"fields": {"channel": "Way", "topic": "Gone"}, "values": {"channel": {"Phne": "phone"}}}}
    mapping = propose(columns(PAIRS), "contacts", context)
    assert (mapping.header_of("channel"), mapping.fields["channel"].source) == ("Way", "remembered")
    assert "topic" not in mapping.fields
    assert interpret("channel", ["Phne"], mapping)[0].value == "phone"
    again = propose(columns(PAIRS), "contacts", {**context, "choices": {"values": {"channel": {"Phne": "email"}}}})
    assert interpret("channel", ["Phne"], again)[0].value == "email"
    both = propose(columns(PAIRS), "contacts", {**context, "choices": {"fields": {"channel": "Method"}}})
    assert (both.header_of("channel"), both.fields["channel"].source) == ("Method", "person")


def test_constants_stand_for_what_the_file_lacks():
    mapping = propose(columns(PAIRS), "contacts", {"choices": {"constants": {"school": "Oak", "channel": "phone"}}})
    assert mapping.constants == {"school": "Oak", "channel": "phone"}
    assert mapping.fields["school"].source == "constant"


@pytest.mark.parametrize(
    ("choices", "code", "words"),
    [
        ({"fields": {"channel": "Methd"}}, "unknown_header", "Method"),
        ({"fields": {"chanel": "Method"}}, "unknown_field", "channel"),
        ({"constants": {"scool": "Oak"}}, "unknown_field", "school"),
        ({"values": {"channel": {"Phne": "telephone"}}}, "unknown_word", "phone"),
        ({"values": {"student_id": {"1": "2"}}}, "unknown_field", "student_id"),
        ({"date_order": "ydm"}, "unknown_word", "mdy"),
        ({"grade_scale": "odd"}, "unknown_word", "PK"),
    ],
)
def test_wrong_choices_are_refused_with_what_was_meant(choices, code, words):
    with pytest.raises(Refusal) as refused:
        propose(columns(PAIRS), "contacts", {"choices": choices})
    assert refused.value.code == code
    assert words in refused.value.sentence


@pytest.mark.parametrize(("name", "kind", "pairs", "wanted"), [pytest.param(*one, id=one[0]) for one in KNOWN + UNSEEN])
def test_a_mapping_survives_json_and_holds_no_student(name, kind, pairs, wanted):
    made = columns(pairs)
    mapping = propose(made, kind)
    text = json.dumps(mapping.to_json())
    assert Mapping.from_json(json.loads(text)) == mapping
    private = (
        "id",
        "state_id",
        "name",
        "lastfirst",
        "first",
        "last",
        "parent",
        "staff",
        "notes",
        "phone",
        "email",
        "record",
        "uuid",
    )
    for column, (_, values) in zip(made, pairs, strict=True):
        if values in private:
            assert not [sample for sample in column.sample if len(sample) > 3 and f'"{sample}"' in text]


def test_the_signature_ignores_order_case_and_accents():
    assert header_signature(["Student ID", "Fecha", "Método"]) == header_signature(["metodo", "STUDENT id", "fecha "])
    assert header_signature(["Student ID", "Date"]) != header_signature(["Student ID", "Date", "Time"])


@pytest.mark.parametrize(
    ("header", "texts", "asked"),
    [
        ("Attempt 2 date", ["9/15/2025", "9/16/2025"], True),
        ("Attempt 2 result", ["LVM", "Reached"], False),
        ("Follow-up date", ["9/15/2025", "9/16/2025"], False),
    ],
)
def test_dates_of_further_contacts_in_a_row_are_asked_about(header, texts, asked):
    table = {"Student ID": ["1", "2"], "Attempt 1 date": ["9/13/2025", "9/14/2025"], "Method": ["Phone", "Email"]}
    table[header] = texts
    mapping = propose([column_of(place, *one) for place, one in enumerate(table.items())], "contacts")
    assert mapping.header_of("contact_date") == "Attempt 1 date"
    told = [question.sentence for question in mapping.questions if question.code == "side_by_side"]
    assert [sentence.split(". ")[0] for sentence in told] == (
        ["“Attempt 2 date” holds dates of further contacts beside “Attempt 1 date”"] if asked else []
    )


@pytest.mark.parametrize(("first", "second"), [("September", "October"), ("Sep", "Oct")])
def test_dates_in_a_column_for_each_month_are_asked_about(first, second):
    table = {"Student": ["Ana Lopez", "Ben Smith"], first: ["9/3/2025", "9/4/2025"], second: ["10/3/2025", ""]}
    mapping = propose([column_of(place, *one) for place, one in enumerate(table.items())], "contacts")
    assert mapping.header_of("contact_date") == first
    told = [question.sentence for question in mapping.questions if question.code == "side_by_side"]
    assert [sentence.split(". ")[0] for sentence in told] == [
        f"“{second}” holds dates of further contacts beside “{first}”"
    ]


@pytest.mark.parametrize(
    ("first", "texts", "second", "later"),
    [
        ("1st Attempt", ["Called LVM", "Emailed"], "2nd Attempt", ["Spoke w/ mom", ""]),
        ("Result", ["LVM", "No answer"], "Result 2", ["Reached", ""]),
    ],
)
def test_further_attempts_in_a_row_are_asked_about(first, texts, second, later):
    table = {"Student": ["Ana Lopez", "Ben Smith"], "Date": ["9/3/2025", "9/4/2025"], first: texts, second: later}
    mapping = propose([column_of(place, *one) for place, one in enumerate(table.items())], "contacts")
    told = [question.sentence for question in mapping.questions if question.code == "side_by_side"]
    assert [sentence.split(". ")[0] for sentence in told] == [f"“{second}” holds further contacts beside “{first}”"]


def test_dates_under_each_way_of_contact_are_asked_about():
    table = {"Student": ["Ana Lopez", "Ben Smith"], "Phone": ["9/3/2025", ""], "Conference": ["9/5/2025", "9/8/2025"]}
    mapping = propose([column_of(place, *one) for place, one in enumerate(table.items())], "contacts")
    told = [question.sentence for question in mapping.questions if question.code == "side_by_side"]
    assert [sentence.split(". ")[0] for sentence in told] == [
        "“Phone” holds dates of further contacts beside “Conference”"
    ]
