"""Contacts that two tools both logged are shown as a rate, and stay two contacts."""

import pytest

from data.load.twins import twins
from data.store import open_store
from tests.support.loading import LOG_HEADERS, load, log, roster

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


def test_one_source_has_no_twins(tmp_path):
    store = open_store(tmp_path / "store.duckdb")
    load(store, roster())
    load(store, log([CALL, CALL]))
    assert twins(store).empty
    store.close()
