"""Days that a change reaches: worked by hand, and ranges of a student that stay apart."""

from datetime import date

import pytest

from data.migrations import MARKS
from data.schoolyear import day_number
from data.store import open_store
from data.touched import DAYS, FAR, MONTHS, OWN_MONTHS, YEARS, find_ranges, touch

FIRST = day_number(date(2025, 10, 1))
# Side by day of October: the family speaks on 3 and 10, the school on 2 and 12, asks of both after 15.
MARKED = {
    "outbound": ("delivered", "known", "school_asks"), "inbound": ("delivered", "known", "family_asks"),
    "conversation": ("delivered", "known", "two_way"),
}  # fmt: skip
SIDES = {2: "outbound", 3: "inbound", 10: "conversation", 18: "outbound", 20: "inbound", 25: "conversation"}


@pytest.fixture
def cursor(tmp_path):
    store = open_store(tmp_path / "s.duckdb")
    with store.writing() as write:
        write.execute("INSERT INTO student VALUES (1, 'D', '1', 'A', 'B'), (2, 'D', '2', 'C', 'D')")
        for day, side in SIDES.items():
            marks = sum(1 << MARKS.index(mark) for mark in MARKED[side])
            row = (FIRST + day - 1, marks)
            write.execute("INSERT INTO contact_mark (student_id, day, marks) VALUES (1, ?, ?)", row)
        assert dict(write.execute(f"SELECT day - {FIRST} + 1, side FROM reply").fetchall()) == SIDES
        yield write
    store.close()


def ranges(cursor, table: str, *columns: str) -> list[tuple]:
    """The ranges of student 1 as days counted from 1 October."""
    found = cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE student_id = 1 ORDER BY 1").fetchall()
    return [tuple(day - FIRST + 1 for day in row) for row in found]


def find(cursor, *days: int):
    """Touch these days of student 1."""
    touch(cursor, f"SELECT 1 AS student_id, {FIRST} - 1 + unnest({list(days)}) AS day")
    find_ranges(cursor, "touched")


def test_a_change_reaches_from_the_last_word_before_to_the_next_asks_after(cursor):
    find(cursor, 15)
    # Before: both spoke on the 10th. After: the school asks on the 18th, the family on the 20th.
    # To read: the nearest asks before the 10th are of the 2nd and the 3rd; both speak again on the 25th.
    assert ranges(cursor, DAYS, "from_day", "to_day", "reads_from", "reads_to") == [(10, 20, 2, 25)]


def test_what_was_said_on_the_day_itself_is_no_bound(cursor):
    find(cursor, 10)
    # Both spoke on the 10th, which changes: before it the family on the 3rd, the school on the 2nd. Asks after: 18, 20.
    assert ranges(cursor, DAYS, "from_day", "to_day", "reads_from", "reads_to") == [(2, 20, -28, 25)]


def test_two_changes_whose_days_to_read_meet_are_one_range(cursor):
    """15 October is read to the 25th, and day 85 (85 - 30 - 30) from it: the 25th must not be read twice."""
    find(cursor, 15, 85)
    assert ranges(cursor, DAYS, "from_day", "to_day", "reads_from", "reads_to") == [(10, 115, 2, 145)]


@pytest.mark.parametrize(("day", "again"), [(2, True), (3, True), (4, False)])
def test_a_first_contact_of_the_year_stands_where_only_later_days_change(cursor, day, again):
    cursor.execute(f"INSERT INTO student_first BY NAME SELECT 1 AS student_id, 0 AS span_no, {FIRST} + 2 AS day")
    find(cursor, day)
    assert bool(ranges(cursor, YEARS, "from_day")) == again


def test_where_nobody_spoke_or_asked_it_reaches_thirty_days(cursor):
    find(cursor, 26)
    assert ranges(cursor, DAYS, "from_day", "to_day", "reads_from", "reads_to") == [(25, 56, 18, 86)]


def test_a_touched_day_is_no_bound_for_what_is_read(cursor):
    find(cursor, 15, 25)  # what was said on the 25th may be gone
    assert ranges(cursor, DAYS, "from_day", "to_day", "reads_from", "reads_to") == [(10, 55, 2, 85)]


def test_ranges_of_one_student_stay_apart(cursor):
    find(cursor, *range(-120, -100, 5), *range(5, 30, 8))  # two school years, several days in each
    years = ranges(cursor, YEARS, "from_day", "to_day", "first_day")
    assert years == [(-456, -92, -120), (-91, 273, 5)]  # 1 July 2024 and 2025 to the next 30 June
    for table in (DAYS, MONTHS, OWN_MONTHS):
        found = ranges(cursor, table, "from_day", "to_day")
        assert all(one[1] < next_one[0] for one, next_one in zip(found, found[1:], strict=False)), (table, found)


def test_months_are_whole(cursor):
    find(cursor, 15)
    assert ranges(cursor, MONTHS, "from_day", "to_day") == [(1, 31)]
    find(cursor, 26)
    assert ranges(cursor, MONTHS, "from_day", "to_day") == [(1, 61)]  # October and November
    assert ranges(cursor, OWN_MONTHS, "from_day", "to_day") == [(1, 31)]


@pytest.mark.parametrize("days", ["NULL", "unnest([NULL, 20400])"])
def test_a_missing_day_means_all_days(cursor, days):
    touch(cursor, f"SELECT 1 AS student_id, {days} AS day")
    find_ranges(cursor, "touched")
    assert cursor.execute(f"SELECT from_day, to_day, reads_from, reads_to FROM {DAYS}").fetchall() == [
        (-FAR, FAR, -FAR, FAR)
    ]


def test_of_many_days_it_takes_the_first_to_the_last(cursor):
    find(cursor, *range(1, 31, 3))
    assert cursor.execute("SELECT count(*) FROM touched").fetchall() == [(1,)]
    assert ranges(cursor, "touched", "first_day", "last_day") == [(1, 28)]
