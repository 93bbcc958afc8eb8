"""What somebody may see of loaded files follows their rights of now, not those of the day on which they loaded them."""

import pytest

from access.viewer import LOCAL, Viewer
from analytics import file_rights, quality
from data.load import uploads
from data.store import open_store
from tests.support import loading
from ui.upload_rights import visible

HEADERS = ["Student ID", "Date", "Method", "School"]
LINCOLN, ROOSEVELT = "Lincoln ES", "Roosevelt MS"
BOTH = (LINCOLN, ROOSEVELT)


def rivera(*schools: str, **more) -> Viewer:
    return Viewer("principal", "Ms. Rivera", schools or None, students=True, **more)


def log(*rows: tuple[str, str], name: str):
    return loading.log([[student, "9/3/2025", "Phone", school] for student, school in rows], name=name, headers=HEADERS)


@pytest.fixture
def store(with_roster):
    """Ms. Rivera of both schools loaded a file of each, one of both, and one that she took for the other school."""
    for rows, name, school in (
        ([("00123", "Lincoln Elementary")], "lincoln.csv", LINCOLN),
        ([("00125", ROOSEVELT)], "roosevelt.csv", ROOSEVELT),
        ([("00123", LINCOLN), ("00125", ROOSEVELT)], "both.csv", LINCOLN),
        ([("00124", LINCOLN)], "elsewhere.csv", ROOSEVELT),
    ):
        loading.load(with_roster, log(*rows, name=name), school=school, allowed_schools=BOTH)
    loading.load(with_roster, log(("00124", ""), name="other.csv"), "Mr. Cole", school=LINCOLN, allowed_schools=BOTH)
    return with_roster


@pytest.mark.parametrize(
    "schools, seen",
    [
        (BOTH, ["elsewhere.csv", "both.csv", "roosevelt.csv", "lincoln.csv"]),
        ((LINCOLN,), ["lincoln.csv"]),
        (("Lincoln Elementary School",), ["lincoln.csv"]),
        ((ROOSEVELT,), ["roosevelt.csv"]),
        (("Oak HS",), []),
    ],
)
def test_a_principal_sees_own_files_of_the_schools_of_now_alone(store, schools, seen):
    assert list(visible(store, rivera(*schools))["file_name"]) == seen


def test_a_roster_of_a_school_that_was_left_is_not_seen(store):
    rows = [["00500", "Di", "Fox", ROOSEVELT, "7", "8/15/2025"]]
    loading.load(store, loading.roster(rows, "list.csv"), school=ROOSEVELT, allowed_schools=BOTH)
    assert "list.csv" in set(visible(store, rivera(ROOSEVELT))["file_name"])
    assert "list.csv" not in set(visible(store, rivera(LINCOLN))["file_name"])


def test_a_file_that_was_taken_back_is_seen_by_who_has_its_school(store):
    store.rows("UPDATE upload SET state = 'undone'")
    store.rows("DELETE FROM contact_row")
    assert list(visible(store, rivera(LINCOLN))["file_name"]) == ["both.csv", "lincoln.csv"]


def test_who_becomes_a_principal_does_not_keep_the_files_of_the_whole_district(store):
    loading.load(store, log(("00123", LINCOLN), name="all.csv"))
    assert "all.csv" not in set(visible(store, rivera(LINCOLN))["file_name"])
    assert "all.csv" in set(visible(store, Viewer("district", "Ms. Rivera", students=True))["file_name"])


def test_of_two_schools_of_one_name_the_district_decides(store):
    assert list(visible(store, rivera(LINCOLN, districts=("Elsewhere",)))["file_name"]) == []
    store.rows("UPDATE upload SET district = 'Elsewhere'")
    read = quality.uploads(store, rivera(LINCOLN))
    assert list(read["file_name"]) == []


@pytest.mark.parametrize("districts, number", [(None, 6), (("Elsewhere",), 0)])
def test_a_district_user_sees_the_files_of_own_districts(store, districts, number):
    viewer = Viewer("district", "a@x.org", districts=districts, students=True)
    assert len(visible(store, viewer)) == len(quality.uploads(store, viewer)) == number
    here = tuple(set(uploads(store)["district"]))
    assert len(visible(store, Viewer("district", "a@x.org", districts=here, students=True))) == 6


def test_the_names_of_files_of_others_need_the_right_to_see_students(store):
    """A file's name can be a student's."""
    cole = Viewer("district", "Mr. Cole")
    for found in (visible(store, cole), quality.uploads(store, cole)):
        assert set(found["file_name"]) == {"other.csv", file_rights.UNNAMED}
        assert list(found["loaded_by"][found["file_name"] == "other.csv"]) == ["Mr. Cole"]
    assert file_rights.UNNAMED not in set(visible(store, LOCAL)["file_name"])


def test_a_store_without_uploads_shows_none(tmp_path):
    empty = open_store(tmp_path / "empty.duckdb")
    for viewer in (rivera(LINCOLN), rivera(), Viewer("district", "a@x.org", districts=("Elsewhere",)), LOCAL):
        assert visible(empty, viewer).empty and quality.uploads(empty, viewer).empty
    empty.close()
