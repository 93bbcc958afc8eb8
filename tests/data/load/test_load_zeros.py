"""Ids that a spreadsheet program made shorter: offered for a whole column where it is clear, never taken alone."""

import pytest

from data.load import Choices, commit
from data.load.remembering import forget, remembered
from data.store import open_store
from tests.support.loading import LOG_HEADERS, load, log, preview, roster


def students(ids) -> list[list[str]]:
    return [[one, f"First{place}", f"Last{place}", "Lincoln ES", "3", "8/15/2025"] for place, one in enumerate(ids)]


def calls(ids) -> list[list[str]]:
    return [[one, f"9/{1 + place % 28}/2025", "Phone", "Outbound", "Reached", "", ""] for place, one in enumerate(ids)]


IDS = [f"{n:05d}" for n in range(100, 140)]
SHORT = [one.lstrip("0") for one in IDS]


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "store.duckdb")
    load(opened, roster(students(IDS)))
    yield opened
    opened.close()


def asked(store, book, **said) -> list:
    planned = preview(store, book, **said)
    planned.close()
    return [question for question in planned.questions if question.code == "lost_zeros"]


def test_ids_without_their_zeros_are_offered_with_the_numbers_and_not_taken(store):
    book = log(calls([*SHORT, "777777"]))
    (question,) = asked(store, book)
    assert question.options == ["5"]
    assert "5 digits each (139 as 00139), 40 of the 41 rows that wait match" in question.sentence
    assert load(store, book).counts["rows_unmatched"] == 41


def test_one_id_that_nobody_has_does_not_hide_the_offer_of_a_short_log(store):
    (question,) = asked(store, log(calls([*SHORT[:3], "777777"])))
    assert "3 of the 4 rows that wait match" in question.sentence
    assert asked(store, log(calls([*SHORT[:3], "777777", "888888"]))) == []


def test_an_accepted_offer_is_remembered_shown_and_forgotten(store):
    first = load(store, log(calls(SHORT)), choices=Choices(id_digits=5))
    assert first.counts["rows_loaded"] == 40
    later = log([[row[0], "10/1/2025", *row[2:]] for row in calls(SHORT)], name="later.csv")
    planned = preview(store, later)
    assert planned.counts["rows_new"] == 40
    assert any("as it is remembered" in notice.sentence for notice in planned.notices)
    planned.close()
    for row in remembered(store).itertuples():
        forget(store, row.header_signature, row.kind, row.district)
    planned = preview(store, later)
    assert planned.counts["rows_unmatched"] == 40
    assert commit(store, planned, "someone", accept_hold=True).counts["rows_loaded"] == 0
    planned.close()


def test_a_roster_that_lost_its_zeros_is_known_too(tmp_path):
    store = open_store(tmp_path / "short.duckdb")
    load(store, roster(students(SHORT)))
    (question,) = asked(store, log(calls(IDS)))
    assert question.options == ["0"] and "The ids of the roster" in question.sentence
    assert load(store, log(calls(IDS)), choices=Choices(id_digits=0)).counts["rows_loaded"] == 40
    store.close()


@pytest.mark.parametrize(
    "on_roster, in_log",
    [
        ([*IDS, *(one[1:] for one in IDS)], [one[2:] for one in IDS]),  # 0100 and 00100 are two students
        (IDS, [*SHORT[:20], *(f"9{one}" for one in SHORT[20:])]),  # half of them fit nobody
        (IDS, SHORT[:2]),  # two ids are no pattern
        ([*IDS, "100"], SHORT),  # 100 is a student as it is written
        (IDS, [*SHORT, *(one[1:] for one in IDS)]),  # 100 and 0100 would be one student
    ],
)
def test_what_is_not_clear_is_not_offered(tmp_path, on_roster, in_log):
    store = open_store(tmp_path / "unclear.duckdb")
    load(store, roster(students(on_roster)))
    assert asked(store, log(calls(in_log))) == []
    store.close()


def test_names_that_belong_to_other_students_speak_against_it(store):
    headers = ["Student ID", "Student", *LOG_HEADERS[1:]]
    own = [[row[0], f"First{place} Last{place}", *row[1:]] for place, row in enumerate(calls(SHORT))]
    others = [[row[0], "Hannah Wolff", *row[1:]] for row in calls(SHORT)]
    assert len(asked(store, log(own, headers=headers))) == 1
    assert asked(store, log(others, headers=headers)) == []
