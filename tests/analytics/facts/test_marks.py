"""The marks of a contact: the bits that `contact_mark.sql` sets are those that everything else reads, mark by mark.

One student, five rows. On 1 October the school writes an e-mail about a test (timed); the family answers on the 3rd;
on the 3rd the school also calls and reaches them, with good news; on the 5th nobody answers a call; on the 6th there is
a newsletter.
"""

import re
from datetime import date

import pytest

from analytics.scoped.tallies import SUMS
from data.derive import derive, sql_of
from data.migrations import MARKS
from data.store import open_store

OCTOBER = (date(2025, 10, 1) - date(1970, 1, 1)).days
BIT = {1 << bit: mark for bit, mark in enumerate(MARKS)}

# day, second, channel, direction, outcome, audience, tone, and the marks to expect, worked by hand.
ROWS = [
    (1, 36_000, "email", "outbound", "sent", "personal", "unknown",
     {"attempts", "attempts_own", "delivered", "known", "two_way", "school_asks", "school_asks_answered",
      "began_known"}),
    (3, None, "email", "inbound", "sent", "personal", "unknown",
     {"attempts", "attempts_own", "delivered", "known", "two_way", "family_asks", "family_asks_answered", "no_time"}),
    (3, None, "phone", "outbound", "reached", "personal", "positive",
     {"attempts", "attempts_own", "delivered", "known", "two_way", "tone_positive", "tone_known", "no_time"}),
    (5, None, "phone", "outbound", "no_answer", "personal", "concern", {"attempts", "attempts_own", "no_time"}),
    (6, None, "email", "unknown", "unknown", "mass", "unknown", {"mass", "no_time"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(tmp_path_factory.mktemp("marks") / "s.duckdb")
    with opened.writing() as write:
        write.execute("INSERT INTO student VALUES (1, 'D', '1', 'A', 'B')")
        write.execute(
            "INSERT INTO enrollment BY NAME SELECT 1 AS student_id, 7 AS school_id, '2025-26' AS school_year, "
            "'3' AS grade, DATE '2025-08-15' AS entry_date, 20300 AS entry_day, 20600 AS exit_day, 1 AS load_order"
        )
        for number, (day, second, channel, direction, outcome, audience, tone, _) in enumerate(ROWS):
            write.execute(
                "INSERT INTO contact_row BY NAME SELECT 1 AS upload_id, '' AS sheet, ? AS source_row, "
                "'loaded' AS status, ? AS contact_id, 1 AS student_id, ? AS contact_day, ? AS contact_second, "
                "? AS channel, ? AS direction, ? AS outcome, 'unknown' AS initiated_by, ? AS audience, "
                "'other' AS topic, ? AS tone",
                [number, number, OCTOBER + day - 1, second, channel, direction, outcome, audience, tone],
            )
        derive(write)
    yield opened
    opened.close()


def test_each_contact_has_the_marks_that_a_pencil_gives_it(store):
    found = store.rows(f"SELECT day - {OCTOBER} + 1, marks FROM contact_mark")
    named = sorted((day, sorted(mark for bit, mark in BIT.items() if marks & bit)) for day, marks in found)
    assert named == sorted((row[0], sorted(row[-1])) for row in ROWS)


def test_days_and_months_hold_how_many_contacts_have_each_mark(store):
    expected = {mark: sum(mark in row[-1] for row in ROWS) for mark in MARKS}
    for table in ("student_day", "student_month_channel", "student_month"):
        sums = store.rows(f"SELECT {', '.join(f'sum({mark})::INTEGER' for mark in MARKS)} FROM {table}")[0]
        assert dict(zip(MARKS, sums, strict=True)) == expected, table


def test_the_days_to_an_answer_and_back_to_an_ask(store):
    found = store.rows(f"SELECT day - {OCTOBER} + 1, side, reply_days, answers_days FROM reply")
    # The e-mail of the 1st has its answer on the 3rd. That of the 3rd answers it, and is answered by the call of the
    # same day; the call answers the e-mail of that day, the nearer of the two asks.
    assert sorted(found) == [(1, "outbound", 2, None), (3, "conversation", None, 0), (3, "inbound", 0, 2)]


def test_the_files_name_each_bit_as_it_is_called():
    """A bit that is set under one name and read under another would be a wrong sum."""
    said = re.findall(r"THEN (\d+) ELSE 0 END  -- (\w+)", sql_of("contact_mark"))
    assert "CASE WHEN g.is_mass THEN 1 ELSE 2 END  -- mass, attempts" in sql_of("contact_mark")
    assert {int(bit): mark for bit, mark in said} | {1: "mass", 2: "attempts"} == BIT
    read = re.findall(r"\(d\.marks & (\d+)\) <> 0 THEN 1 END\) AS INTEGER\) AS (\w+)", sql_of("student_month_channel"))
    assert {int(bit): mark for bit, mark in read} == BIT
    summed = re.findall(r"SUM\(d\.(\w+)\)", sql_of("student_month"))
    assert tuple(summed) == MARKS
    assert SUMS == MARKS  # what the tallies of a page add up
