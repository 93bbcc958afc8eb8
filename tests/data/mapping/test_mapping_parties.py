"""Who wrote to whom, by names, titles and offices: a wrong side turns what a family began into what a school did."""

import pytest

from data.mapping import parties


@pytest.mark.parametrize(
    ("sender", "recipient", "student", "direction"),
    [
        ("Rosa", "Front Office", "Ana Diaz", "inbound"),
        ("Front Office", "Attendance Office", "Ana Diaz", None),
        # Titles on both sides tell nothing; the student's last name does.
        ("Ms. Rivera", "Mr. Diaz", "Ana Diaz", "outbound"),
        ("Mr. Diaz", "Ms. Rivera", "Ana Diaz", "inbound"),
    ],
)
def test_the_direction_of_one_row(sender, recipient, student, direction):
    assert parties.of_names([sender], [recipient], [student], None) == [direction]


@pytest.mark.parametrize(("met", "direction"), [(3, "outbound"), (2, None)])
def test_who_writes_to_the_families_of_three_students_is_the_schools(met, direction):
    """Two may be the children of one household."""
    students, families = ["Ana Diaz", "Bo Chen", "Cy Jones"][:met], ["Rosa", "Lin", "Pat"][:met]
    assert parties.of_names(["Kim Cole"] * met, families, students, None) == [direction] * met


@pytest.mark.parametrize(
    ("students", "whom"),
    [
        (["Ana Chen", "Bo Jones", "Cy Lopez", "Di Evans"], "staff"),
        (["Ana Chen", "Bo Jones", "Cy Lopez"], None),  # a parent may have three children of as many names
        (["Ana Diaz", "Bo Jones", "Cy Lopez", "Di Evans"], None),  # one of them may be his own
    ],
)
def test_titles_and_children_of_four_families_are_staff_unless_one_child_is_their_own(students, whom):
    rows = len(students)
    assert parties.among_staff(["Mr. Diaz"] * rows, ["Ms. Rivera"] * rows, students, None) == [whom] * rows


def test_a_whole_school_is_its_families_and_an_unknown_recipient_is_nobody():
    assert parties.among_staff(["Front Office"], ["Whole school"], None, None) == [None]
    assert parties.with_whom(["Front Office"], [""]) == [None]
