"""Codes of student information systems in the columns of a roster: with their label beside them, or among others."""

import pytest

from data.mapping import codes, interpret, offered_values, propose, unknown_words
from data.mapping.choices import values_chosen
from data.mapping.codes import label_of
from data.mapping.columns import column_of
from data.mapping.model import Mapping


def _read(field, *texts):
    return [(one.value, one.problem) for one in interpret(field, list(texts), Mapping())]


def _mapped(header, texts):
    columns = [
        column_of(0, "Student ID", [str(number) for number in range(len(texts))]),
        column_of(1, "Grade", ["5"] * len(texts)),
        column_of(2, header, texts),
    ]
    mapping = propose(columns, "roster")
    return mapping, next(name for name, choice in mapping.fields.items() if choice.column == 2)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("3: Asian", "Asian"),
        ("04 - White", "White"),
        ("SPA - Spanish", "Spanish"),
        ("R-Reduced", "Reduced"),
        ("White (01)", "White"),
        ("K-4", None),
        ("6-8", None),
        ("Non-English", None),
        ("ex-EL", None),
        ("no - English", None),
        ("Smith-Jones", None),
    ],
)
def test_the_words_beside_a_code_are_its_label(text, label):
    assert label_of(text) == label


def test_a_code_with_its_label_is_read_as_the_label():
    assert _read("race_ethnicity", "1: Hispanic/Latino", "3: Asian", "7: Two or more races", "White (01)") == [
        ("hispanic", None), ("asian", None), ("two_or_more", None), ("white", None)
    ]  # fmt: skip
    assert _read("gender", "F - Female", "2 - Male") == [("female", None), ("male", None)]
    assert _read("low_income", "1 - Free", "3 - Paid") == [(True, None), (False, None)]
    assert _read("home_language", "SPA - Spanish", "1290: Spanish") == [("spanish", None)] * 2
    assert _read("grade", "11 - Junior", "15: Pre-K") == [("11", None), ("PK", None)]


def test_what_says_that_nobody_was_told_is_no_group_of_its_own():
    for field in ("home_language", "race_ethnicity", "gender"):
        assert _read(field, "Unspecified", "No response", "Declined to state") == [(None, None)] * 3


def test_a_language_that_is_only_known_not_to_be_english_is_other():
    assert _read("home_language", "Non-English", "Other, non-English") == [("other", None)] * 2


def test_a_word_that_is_kept_as_it_is_written_is_told_as_such():
    assert _read("race_ethnicity", "Garifuna") == [("garifuna", "kept_as_written")]
    assert _read("home_language", "Zarma") == [("zarma", "kept_as_written")]
    assert _read("race_ethnicity", "7") == [(None, "unknown_value")]


def test_letters_of_the_years_after_an_english_learner_left_the_program_are_no():
    texts = ["0", "1", "F", "S", "3", "5", "0", "1"]
    mapping, field = _mapped("EB Indicator Code", texts)
    assert field == "english_learner"
    read = [one.value for one in interpret(field, texts, mapping)]
    assert read == [False, True, False, False, False, False, False, True]
    mapping, field = _mapped("English Learner", ["S", "N", "N"])
    assert [one.value for one in interpret(field, ["S", "N"], mapping)] == [True, False]


def test_the_standard_price_beside_free_and_reduced_is_no_yes():
    mapping, field = _mapped("Meal Status", ["F", "R", "S", "S"])
    assert field == "low_income"
    assert [one.value for one in interpret(field, ["F", "R", "S"], mapping)] == [True, True, False]
    mapping, field = _mapped("Economically Disadvantaged", ["S", "N", "S"])
    assert [one.value for one in interpret(field, ["S", "N"], mapping)] == [True, False]


def test_codes_of_the_districts_own_are_listed_for_a_person_to_explain():
    columns = [
        column_of(0, "Student ID", ["1", "2", "3", "4"]),
        column_of(1, "Grade", ["5", "6", "7", "Z"]),
        column_of(2, "Race Code", ["3", "White", "3", "Métis"]),
        column_of(3, "Lunch Status", ["F", "R", "9", "P"]),
        column_of(4, "Home Language", ["English", "014", "", "English"]),
    ]
    mapping = propose(columns, "roster")
    assert unknown_words(mapping, columns) == {
        "grade": [("Z", 1, None)],
        "race_ethnicity": [("3", 2, None)],
        "low_income": [("9", 1, None)],
        "home_language": [("014", 1, None)],
    }
    explained = {"race_ethnicity": {"3": "white"}, "low_income": {"9": True}, "home_language": {"014": "hmong"}}
    said = propose(columns, "roster", {"choices": {"values": explained}})
    assert set(unknown_words(said, columns)) == {"grade"}
    assert [one.value for one in interpret("race_ethnicity", ["3", "White", "Métis"], said)] == [
        "white",
        "white",
        "metis",
    ]
    assert interpret("low_income", ["9"], said)[0].value is True


@pytest.mark.parametrize("field", ["race_ethnicity", "gender", "home_language", "language", "iep", "grade", "channel"])
def test_what_is_offered_for_a_word_can_be_chosen(field):
    offered = offered_values(field)
    assert len(offered) == len(set(offered)) > 1
    said = {str(number): value for number, value in enumerate(offered)}
    assert values_chosen({"values": {field: said}}) == {field: said}
    assert {"home_language": "spanish", "race_ethnicity": "asian"}.get(field, offered[0]) in offered


@pytest.mark.parametrize(
    "text", ["1/2", "1-2", "1 & 2", "Grade 1-2", "1 2", "0-1", "K-5", "K - 4", "Gr. K–5", "K/1", "10-12"]
)
def test_two_grades_in_a_cell_are_none(text):
    assert codes.read("grade", text, {}).problem == "unknown_grade"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("K5", "K"), ("5K", "K"), ("K4", "PK"), ("4K", "PK"), ("Pre-K 4", "PK"), ("Pre K-4", "PK"), ("12", "12"),
     ("K-AM", "K"), ("18-21", "13"), ("1.0", "1")],
)  # fmt: skip
def test_one_grade_with_a_number_or_a_sign_in_it_stays_one(text, wanted):
    assert codes.read("grade", text, {}).value == wanted
