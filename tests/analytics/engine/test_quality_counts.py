"""What data quality and practices are made of: contacts outside enrolment, gaps of the log, staff, each by its days.

September           October
1 enrolled from 1 Sep                     2 enrolled 1 to 10 Sep only
"""

from datetime import date

from access.viewer import LOCAL, Viewer
from analytics.question import Question
from analytics.scope import scope_of
from data.derive import derive
from tests.support.oracle_words import Contact, Span, World

SPANS = [
    Span(1, "North", "Alder", "5", "2025-26", date(2025, 9, 1), None),
    Span(2, "North", "Birch", "6", "2025-26", date(2025, 9, 1), date(2025, 9, 10)),
]


def contact(no, month, day, student, **known) -> Contact:
    known = {"direction": "outbound", "outcome": "sent", **known}
    return Contact((0, no), student, "North", date(2025, month, day), **known)


WORLD = World(
    SPANS,
    [
        contact(1, 9, 5, 1),
        contact(2, 9, 20, 1, direction="unknown"),
        contact(3, 10, 3, 1, outcome="unknown", second=36000),
        contact(4, 9, 9, 2),
        contact(5, 9, 30, 2),  # no longer enrolled
        contact(6, 10, 31, 1, audience="mass"),
    ],
)
OUTSIDE = "SELECT coalesce(sum(attempts), 0) AS n FROM scoped_outside"
GAPS = "SELECT sum(no_direction) AS direction, sum(no_outcome) AS outcome, sum(no_time) AS time FROM scoped_contact"
STAFF = "SELECT cut_1, list(DISTINCT staff ORDER BY staff) AS staff FROM scoped_staff GROUP BY cut_1 ORDER BY cut_1"


def run(store, sql, viewer=LOCAL, by=(), **asked) -> list[dict]:
    return scope_of(store, viewer, Question("contact_rate", by, **asked)).run(store, sql).to_dict("records")


def test_contacts_outside_enrolment_by_day_and_by_whose_student(loaded):
    store = loaded(WORLD)
    assert run(store, OUTSIDE) == [{"n": 1}]
    assert run(store, OUTSIDE, end=date(2025, 9, 29)) == [{"n": 0}]
    assert run(store, OUTSIDE, start=date(2025, 9, 30), end=date(2025, 9, 30)) == [{"n": 1}]
    assert run(store, OUTSIDE, Viewer("principal", schools=("Alder",))) == [{"n": 0}]
    assert run(store, OUTSIDE, Viewer("principal", schools=("Birch",))) == [{"n": 1}]


def test_gaps_of_the_log(loaded):
    store = loaded(WORLD)
    assert run(store, GAPS) == [{"direction": 1, "outcome": 1, "time": 4}]
    assert run(store, GAPS, start=date(2025, 9, 6), end=date(2025, 9, 30)) == [
        {"direction": 1, "outcome": 0, "time": 2}
    ]


def test_staff_count_on_the_days_on_which_they_logged(loaded):
    store = loaded(WORLD)
    with store.writing() as cursor:
        cursor.execute("UPDATE contact_row SET staff = 'S' || source_row")  # source_row is the number and 2
        derive(cursor)
    assert list(run(store, STAFF)[0]["staff"]) == ["S3", "S4", "S5", "S6"]
    assert list(run(store, STAFF, start=date(2025, 9, 6), end=date(2025, 9, 20))[0]["staff"]) == ["S4", "S6"]
    by_band = run(store, STAFF, by=("band",))
    assert {row["cut_1"]: list(row["staff"]) for row in by_band} == {"elementary": ["S3", "S4", "S5"], "middle": ["S6"]}


def test_a_contact_in_two_files_is_a_likely_twin_once(loaded):
    again = Contact((1, 7), 1, "North", date(2025, 9, 5), direction="outbound", outcome="left_message")
    other_channel = Contact((1, 8), 1, "North", date(2025, 9, 5), channel="email", direction="outbound")
    store = loaded(World(SPANS, [*WORLD.contacts, again, other_channel]))
    assert run(store, "SELECT sum(twins) AS n FROM scoped_contact") == [{"n": 1}]
