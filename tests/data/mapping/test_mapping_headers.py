"""Which column is which field: over header sets of known systems, and over ones that no vocabulary was made from."""

import random

import pytest

from data.mapping import column_of, guess_kind, propose
from data.mapping.headers import never, scores
from tests.data.mapping.header_sets import KNOWN, UNSEEN, columns
from tests.data.mapping.more_header_sets import UNSEEN_BESIDES, UNSEEN_LAST, UNSEEN_TOO

NAMED = [pytest.param(*one, id=one[0]) for one in KNOWN + UNSEEN + UNSEEN_TOO + UNSEEN_BESIDES + UNSEEN_LAST]


def chosen(kind, made, context=None):
    """{field: header} of the proposal."""
    return {
        field: choice.header
        for field, choice in propose(made, kind, context).fields.items()
        if choice.column is not None
    }


@pytest.mark.parametrize(("name", "kind", "pairs", "wanted"), [pytest.param(*one, id=one[0]) for one in KNOWN])
def test_formats_of_known_systems(name, kind, pairs, wanted):
    assert chosen(kind, columns(pairs)) == wanted


def test_ninety_five_of_a_hundred_fields_of_other_logs():
    right = total = 0
    for _, kind, pairs, wanted in UNSEEN + UNSEEN_TOO + UNSEEN_BESIDES + UNSEEN_LAST:
        found = chosen(kind, columns(pairs))
        fields = set(found) | set(wanted)
        total += len(fields)
        right += sum(found.get(field) == wanted.get(field) for field in fields)
    assert right / total >= 0.95


# A list of parents is neither.
KINDS = [one for one in NAMED if one.values[0] != "DeansList family contacts"]


@pytest.mark.parametrize(("name", "kind", "pairs", "wanted"), KINDS)
def test_the_kind_is_told_apart(name, kind, pairs, wanted):
    assert guess_kind(columns(pairs))[0] == kind


@pytest.mark.parametrize(("name", "kind", "pairs", "wanted"), NAMED)
def test_the_order_of_columns_changes_nothing(name, kind, pairs, wanted):
    mixed = list(pairs)
    random.Random(7).shuffle(mixed)
    first, second = propose(columns(pairs), kind), propose(columns(mixed), kind)
    assert {field: choice.header for field, choice in first.fields.items()} == {
        field: choice.header for field, choice in second.fields.items()
    }
    assert first.signature == second.signature
    assert set(first.derived) == set(second.derived)


@pytest.mark.parametrize(("name", "kind", "pairs", "wanted"), NAMED)
def test_notes_phones_and_mail_are_never_taken(name, kind, pairs, wanted):
    private = {header for header, values in pairs if values in ("notes", "phone", "email")}
    assert not private & set(chosen(kind, columns(pairs)).values())


@pytest.mark.parametrize(
    "header",
    ["Student ID", "Student Name", "Method", "Reason", "Outcome", "Staff", "Contact", "Type", "School", "Date"],
)
@pytest.mark.parametrize("values", ["notes", "phone", "email"])
def test_private_values_under_a_friendly_header_are_not_taken(header, values):
    assert header not in chosen("contacts", columns([("When", "date"), ("Learner", "name"), (header, values)])).values()


def test_a_channel_is_known_by_its_values():
    pairs = [("Student ID", "id"), ("Date", "date"), ("XQ7", ["P", "E", "IP", "SMS"])]
    assert chosen("contacts", columns(pairs))["channel"] == "XQ7"


def test_the_local_id_is_preferred_to_others():
    pairs = [("StudentID", "dcid"), ("State Student ID", "state_id"), ("StudentSchoolID", "id"), ("Date", "date")]
    assert chosen("contacts", columns(pairs))["student_id"] == "StudentSchoolID"
    assert chosen("contacts", columns(pairs[:2] + pairs[3:]))["student_id"] == "StudentID"


def test_a_lone_id_is_the_student_but_beside_a_name_with_unique_values_the_record():
    assert (
        chosen("contacts", columns([("ID", "record"), ("Date", "date"), ("Method", ["Phone", "Email"])]))["student_id"]
        == "ID"
    )
    both = chosen("contacts", columns([("ID", "record"), ("Student", "name"), ("Date", "date")]))
    assert both["record_id"] == "ID"
    assert "student_id" not in both


def test_headers_alone_are_enough_where_the_columns_are_blank():
    made = [
        column_of(index, header, ["", ""]) for index, header in enumerate(["Student ID", "Date", "Method", "Notes"])
    ]
    assert chosen("contacts", made) == {"student_id": "Student ID", "contact_date": "Date", "channel": "Method"}


def test_reasons_are_sentences_and_scores_are_shares():
    mapping = propose(columns(UNSEEN[0][2]), "contacts")
    for choice in mapping.fields.values():
        assert 0 < choice.score <= 1
        assert choice.reason.endswith(".") and choice.header in choice.reason
    assert "Additional notes" in mapping.not_stored


def test_ids_that_run_like_row_numbers_are_not_called_words():
    running = column_of(0, "Student ID", [f"{n:05d}" for n in range(1, 30)])
    named = column_of(1, "School", ["Oak"] * 29)
    reason = propose([running, named, column_of(2, "Grade", ["3"] * 29)], "roster").fields["student_id"].reason
    assert reason == "The header “Student ID” says so, but its values do not look like it."


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Aluno", "student_name"), ("Forma de contato", "channel"), ("Professora", "staff"), ("Elèv", "student_name"),
        ("Fason kontak", "channel"), ("Pwofesè", "staff"), ("Rezilta", "outcome"), ("Học sinh", "student_name"),
        ("Ngày", "contact_date"), ("Hình thức liên lạc", "channel"), ("Giáo viên", "staff"), ("Kết quả", "outcome"),
    ],
)  # fmt: skip
def test_headers_in_portuguese_haitian_creole_and_vietnamese(header, field):
    scored = scores(header, "contacts")
    assert max(scored, key=scored.get) == field


@pytest.mark.parametrize("header", ["Observações", "Nội dung", "Ghi chú", "Remak"])
def test_notes_in_these_languages_are_never_taken(header):
    assert never(header, "contacts")[0] == "notes"


@pytest.mark.parametrize(
    "header",
    ["Was this positive or a concern?", "Positive vs. concern", "Good or bad?", "Was it good news or a concern?"],
)
def test_a_choice_between_two_words_is_read_as_the_two(header):
    found = scores(header, "contacts")
    assert max(found, key=found.get) == "tone"
