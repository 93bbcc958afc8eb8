"""Which of several columns of schools is the one that a student attends."""

import pytest

from data.mapping import column_of, propose

IDS = [f"10{n}" for n in range(8)]


@pytest.mark.parametrize(
    ("attended", "other"),
    [
        ("School", "Zoned School"),
        ("Current School", "Boundary School"),
        ("Attending School", "Home School"),
        ("School of Attendance", "Resident School"),
        ("School", "Previous School"),
        ("Enrolled School", "Feeder School"),
        ("School", "Next School"),
    ],
)
@pytest.mark.parametrize("other_first", [False, True])
def test_the_school_attended_counts_and_no_other_is_its_code(attended, other, other_first):
    schools = [(attended, ["Oak Elementary"] * 8), (other, ["Elm Elementary"] * 8)]
    given = [("Student ID", IDS), ("Grade", list("12345123")), *(reversed(schools) if other_first else schools)]
    mapping = propose([column_of(place, *one) for place, one in enumerate(given)], "roster")
    assert mapping.fields["school"].header == attended
    assert "school_code" not in mapping.fields


def test_a_home_school_alone_is_the_school():
    given = [("Student ID", IDS), ("Grade", list("12345123")), ("Home School", ["Oak Elementary"] * 8)]
    mapping = propose([column_of(place, *one) for place, one in enumerate(given)], "roster")
    assert mapping.fields["school"].header == "Home School"
