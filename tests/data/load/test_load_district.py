"""Whose file it is where nobody says so: the one district of the rosters, else that of the settings."""

from tests.support.loading import ROSTER, load, log, preview, roster

ROWS = [["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"]]


def fate(store, **asked) -> tuple[int, int]:
    """(rows loaded, rows that wait) of a log that names no district."""
    counts = load(store, log(ROWS), **asked).counts
    return counts["rows_loaded"], counts["rows_unmatched"]


def notices(store, **asked) -> str:
    planned = preview(store, log(ROWS), **asked)
    planned.close()
    return " ".join(notice.sentence for notice in planned.notices if notice.code == "no_roster")


def test_an_empty_store_is_of_the_district_of_the_settings(store):
    assert store.own_district() == "My district" and "No roster is loaded yet" in notices(store)
    assert fate(store) == (0, 1)


def test_a_file_that_names_no_district_is_of_the_one_that_the_rosters_name(store):
    load(store, roster(), district="Oak Valley")
    assert store.own_district() == "Oak Valley" and not notices(store)
    assert fate(store) == (1, 0)
    load(store, roster(ROSTER[:2]))
    assert store.rows("SELECT DISTINCT district FROM student") == [("Oak Valley",)]


def test_a_district_that_is_said_comes_first_and_one_that_was_set_before_the_rosters(store):
    load(store, roster(), district="Oak Valley")
    assert "rosters here are of Oak Valley" in notices(store, district="Elm Hill")
    with store.writing() as write:
        write.execute("INSERT INTO setting VALUES ('district', '\"Elm Hill\"')")
    assert store.own_district() == "Elm Hill"
    assert fate(store, district="Oak Valley") == (1, 0)


def test_of_two_districts_none_is_taken_and_the_preview_says_what_to_do(store):
    load(store, roster(), district="Oak Valley")
    load(store, roster(ROSTER[:1]), district="Elm Hill")
    assert store.own_district() == "My district"
    said = notices(store)
    assert "No roster of My district" in said and "Elm Hill, Oak Valley" in said and "--district" in said
    assert fate(store) == (0, 1)
