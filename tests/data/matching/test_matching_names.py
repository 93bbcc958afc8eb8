"""Names of a log against names of a roster: what is the same, what is ambiguous, what is only offered."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.matching.index import AMBIGUOUS, UNKNOWN, Index, Student
from data.roster import names

OAK, ELM = 1, 2


def roster_of(*people) -> Index:
    """Students 1, 2, ... from (first, last[, school[, grade]])."""
    students = []
    for number, (first, last, *place) in enumerate(people, start=1):
        school = place[0] if place else OAK
        grade = place[1] if len(place) > 1 else "5"
        places = {(school, "2025-26", grade)}
        students.append(Student(number, f"{number:05d}", first, last, names.of_parts(first, last), places))
    return Index(students)


def find(index, text, school=OAK, **more):
    return index.find(names.parse(text), school, **more)


SAME = [
    ("José", "Núñez", "Jose Nunez"), ("José", "Núñez", "NUÑEZ, JOSÉ"), ("José", "Núñez", "nunez jose"),
    ("Jose", "Nunez", "José Núñez"), ("Mary-Jane", "O'Brien", "Mary Jane O’Brien"),
    ("Mary-Jane", "O'Brien", "OBRIEN, MARY JANE"), ("Mary", "O'Brien", "O Brien, Mary"),
    ("Ian", "McDonald", "Mc Donald, Ian"), ("Ana", "García-López", "Garcia Lopez, Ana"),
    ("Ana", "García López", "Ana García-López"), ("Robert", "Smith Jr.", "Robert Smith"),
    ("Robert", "Smith", "Robert Smith, Jr."), ("Robert", "Smith Jr", "Smith Jr, Robert"),
    ("Robert", "Smith Jr", "Smith, Robert Jr"), ("Robert", "Smith III", "robert smith iii"),
    ("María José", "De la Cruz", "De la Cruz, María J."), ("María José", "De la Cruz", "Maria De la Cruz"),
    ("María", "De la Cruz", "De la Cruz, María J."), ("María", "de la Cruz", "MARIA J DE LA CRUZ"),
    ("Maria", "Cruz", "Cruz Maria L"), ("Ana", "Bo", "Bo, Ana (00123)"), ("Ana", "Bo", 'Ana "Annie" Bo'),
    ("Ana", "Bo", "  ana   BO "), ("Søren", "Łukasz", "Soren Lukasz"), ("Müller", "Weiß", "Muller Weiss"),
    ("Li", "Wei", "Wei, Li"), ("Ana Maria", "Bo", "Bo, Ana Maria Luisa"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "text"), SAME)
def test_the_same_name_in_another_dress(first, last, text):
    assert find(roster_of((first, last), ("Other", "Child")), text) == (1, "")


OTHERS = [
    ("Alejandro", "Ruiz", "Alejandro"), ("Alejandro", "Ruiz", "Ruiz"), ("William", "Ray", "Bill Ray"),
    ("Ana", "Bo", "Anna Bo"), ("Ana", "García", "García López, Ana"), ("Ana", "García López", "Ana García"),
    ("Robert", "Smith Jr", "Robert Smith III"),
    ("María José", "Cruz", "Cruz, María L."), ("Ana", "Bo", ""), ("Ana", "Bo", "?"), ("Ana Maria", "Bo", "Bo, Maria"),
    ("Ana", "Smith-Jones", "Ana Smith"), ("Olivia Ana", "Bo", "Olivia An Bo"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "text"), OTHERS)
def test_what_is_not_the_same_name_is_not_matched(first, last, text):
    number, reason = find(roster_of((first, last), ("Other", "Child")), text)
    assert number is None and reason in (UNKNOWN, AMBIGUOUS)


def test_namesakes_are_never_guessed():
    index = roster_of(("Ana", "Bo"), ("Ana", "Bo"))
    assert find(index, "Ana Bo") == (None, AMBIGUOUS)


def test_namesakes_at_other_schools_do_not_matter_inside_the_school():
    index = roster_of(("Ana", "Bo", OAK), ("Ana", "Bo", ELM))
    assert find(index, "Ana Bo", ELM) == (2, "")
    assert find(index, "Ana Bo", None) == (None, AMBIGUOUS)


def test_the_grade_or_the_year_tells_namesakes_apart_where_it_leaves_one():
    index = roster_of(("Ana", "Bo", OAK, "3"), ("Ana", "Bo", OAK, "5"))
    assert find(index, "Ana Bo", grade="5") == (2, "")
    assert find(index, "Ana Bo", grade="4") == (None, AMBIGUOUS)
    index.students[1].places = {(OAK, "2023-24", "3")}
    assert find(index, "Ana Bo", year="2023-24") == (1, "")


def test_middle_names_tell_apart_and_their_absence_does_not():
    index = roster_of(("María José", "Cruz"), ("María Luisa", "Cruz"))
    assert find(index, "Cruz, María J.") == (1, "")
    assert find(index, "Cruz, María Luisa") == (2, "")
    assert find(index, "Cruz, María") == (None, AMBIGUOUS)


def test_a_suffix_tells_father_and_son_names_apart_but_no_suffix_does_not():
    index = roster_of(("Robert", "Smith Jr"), ("Robert", "Smith III"))
    assert find(index, "Robert Smith III") == (2, "")
    assert find(index, "Robert Smith") == (None, AMBIGUOUS)


def test_a_suffix_that_the_roster_does_not_have_leaves_father_and_son_open():
    index = roster_of(("Robert", "Smith"), ("Robert", "Smith Jr"))
    assert find(index, "Robert Smith II") == (None, AMBIGUOUS)
    assert find(index, "Robert Smith Jr.") == (2, "")
    assert find(roster_of(("Robert", "Smith")), "Robert Smith II") == (1, "")


def test_the_comma_tells_the_order_and_without_it_both_stay_possible():
    index = roster_of(("Thomas", "James"), ("James", "Thomas"))
    assert find(index, "James, Thomas") == (1, "")
    assert find(index, "Thomas James") == (None, AMBIGUOUS)


def test_a_second_surname_is_no_middle_name_where_both_may_be_meant():
    index = roster_of(("Ana", "García"), ("Ana", "López"))
    assert find(index, "Ana García López") == (None, AMBIGUOUS)
    assert find(roster_of(("Ana", "López")), "Ana María López") == (1, "")


def test_twins_are_two():
    index = roster_of(("Ana", "Bo"), ("Ada", "Bo"))
    assert find(index, "Bo, Ada") == (2, "")
    assert find(index, "Bo, A.") == (None, UNKNOWN)


def test_whoever_is_written_as_on_the_roster_wins_over_a_dropped_middle_name():
    index = roster_of(("Ana", "Bo"), ("Ana Luisa", "Bo"))
    assert find(index, "Ana Bo") == (1, "")
    assert find(index, "Ana Luisa Bo") == (2, "")


PIECES = st.sampled_from(["Emma", "emma", "Jr", "Lee", " ", ", ", "(", ")", '"', "“", "”", "'", "-", "é", "3", "["])


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(["Emma", "Lee", "Jr", "É", "Ann", "3", "Mary Ann"]))
@example("Lee, Emma", "Emma")
@example("(Emma) Lee", "Emma")
def test_a_word_that_shows_at_a_glance_is_a_word_of_the_name(text, word):
    if names.plainly_has(text, word):
        assert word.casefold() in names.parse(text).words
    assert names.plainly_has(f"{word} Smith", word) == (word in ("Emma", "Lee", "Ann"))


@pytest.mark.parametrize(
    ("text", "many"),
    [("Ana & Luis Lopez", True), ("Ben Smith; Cy Young", True), ("Ana and Luis Lopez", True), ("Ana + Luis", True),
     ("Lopez, Ana (mom & dad)", False), ("Sand, Andy", False), ("Núñez y Cruz, Ana", False)],
)  # fmt: skip
def test_a_name_of_several_people_is_told_from_one(text, many):
    assert names.several(text) is many


@pytest.mark.parametrize(
    ("text", "name"),
    [("Sean O'Brien's mom", "Sean O'Brien"), ("Parent/Guardian of Ana Lopez", "Ana Lopez"),
     ("Lopez, Ana (10) - grandmother", "Lopez, Ana (10)"), ("Lopez, Ana – grandmother", "Lopez, Ana"),
     ("James' dad", "James"), ("Momo Family", None), ("Sean O'Brien", None)],
)  # fmt: skip
def test_a_text_for_a_relative_holds_the_name_of_the_child(text, name):
    assert names.of_relative(text) == name
