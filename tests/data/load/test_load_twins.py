"""Contacts that two tools both logged are shown as a rate, and stay two contacts."""

import pytest

from data.load import Choices
from data.load.twins import twins
from data.store import open_store
from tests.support.loading import LOG_HEADERS, load, log, preview, roster

CALL = ["00123", "9/3/2025 8:00 AM", "Phone", "Outbound", "Reached", "Ms. Lee", ""]


@pytest.mark.parametrize(
    "when, channel, count",
    [
        ("9/3/2025 8:15 AM", "Call", 1),
        ("9/3/2025 8:16 AM", "Call", 0),
        ("9/3/2025", "Call", 1),
        ("9/4/2025 8:00 AM", "Call", 0),
        ("9/3/2025 8:00 AM", "Email", 0),
    ],
)
def test_same_student_day_channel_direction_within_minutes(tmp_path, when, channel, count):
    store = open_store(tmp_path / "store.duckdb")
    load(store, roster())
    load(store, log([CALL, ["00124", *CALL[1:]]], name="sis.csv", headers=LOG_HEADERS))
    load(
        store,
        log([["00123", when, channel, "Out"]], name="app.csv", headers=["Student Number", "When", "How", "In/Out"]),
    )
    found = twins(store)
    assert len(found) == count
    if count:
        assert set(found.loc[0, ["first_source", "second_source"]]) == {"sis.csv", "app.csv"}
        assert (found.loc[0, "twins"], found.loc[0, "rate"]) == (1, 1.0)
    assert store.value("SELECT count(*) FROM contact") == 3
    store.close()


def test_two_rows_beside_one_are_one_twin_and_mass_messages_have_none(tmp_path):
    """One tool logged a call without a time, the other two calls of that day."""
    store = open_store(tmp_path / "store.duckdb")
    load(store, roster())
    load(store, log([["00123", "9/3/2025", *CALL[2:]]], name="sis.csv", headers=LOG_HEADERS))
    calls = [["00123", f"9/3/2025 8:{minute} AM", "Call", "Out"] for minute in ("00", "10")]
    load(store, log(calls, name="app.csv", headers=["Student Number", "When", "How", "In/Out"]))
    found = twins(store)
    assert found[["twins", "rate"]].to_numpy().tolist() == [[1, 1.0]]
    with store.writing() as write:
        write.execute("UPDATE contact_row SET audience = 'mass'")
    assert twins(store).empty
    store.close()


def test_one_source_has_no_twins(tmp_path):
    store = open_store(tmp_path / "store.duckdb")
    load(store, roster())
    load(store, log([CALL, CALL]))
    assert twins(store).empty
    store.close()


NUMBERED = ["Call ID", *LOG_HEADERS]
TOOL = ["Ref No.", "Student Number", "When", "How", "In/Out"]


@pytest.mark.parametrize(
    "headers, row, told",
    [
        (TOOL, ["17", "00123", "9/3/2025 8:40 AM", "Email", "In"], True),
        # Not another file: another state of the same kind of export.
        (NUMBERED, ["17", *CALL[:4], "No answer", *CALL[5:]], False),
        (TOOL, ["18", "00123", "9/3/2025 8:40 AM", "Email", "In"], False),
        (TOOL, ["17", "00124", "9/3/2025 8:40 AM", "Email", "In"], False),
    ],
)
def test_one_record_id_in_two_kinds_of_file_is_said_where_the_rows_differ(tmp_path, headers, row, told):
    store = open_store(tmp_path / "store.duckdb")
    load(store, roster())
    load(store, log([["17", *CALL]], name="sis.csv", headers=NUMBERED))
    load(store, log([["17", *CALL], ["19", *CALL]], name="sis of October.csv", headers=NUMBERED))  # the 17 once more
    chosen = {"record_id": headers[0]}
    planned = preview(store, log([row], name="app.csv", headers=headers), choices=Choices(fields=chosen))
    said = [notice.sentence for notice in planned.notices if notice.code == "same_id_elsewhere"]
    assert bool(said) == told
    assert planned.counts["rows_duplicate"] == (headers == NUMBERED or told)
    assert not told or ("sis.csv" in said[0] and said[0].startswith("1 row has") and "17" in said[0])
    planned.close()
    # As the sentence says: without the record id both count.
    apart = {"record_id": None}
    planned = preview(store, log([row], name="app.csv", headers=headers), choices=Choices(fields=apart))
    assert planned.counts["rows_new"] == 1
    planned.close()
    store.close()
