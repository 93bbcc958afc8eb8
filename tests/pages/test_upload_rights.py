"""A file that is open on Upload while its person's rights change: pages and loads follow the rights of now."""

import pytest

from access.viewer import Viewer
from tests.pages.test_upload import button, drop, opened, said, sound, stored, tiles, with_roster
from tests.support import screens
from ui import gate

LOG = "Student ID,Date,Channel,School\n" + "".join(
    f"{student},9/{day}/2025,phone,{school}\n"
    for day in range(1, 8)
    for student, school in (("00123", "Lincoln ES"), ("00125", "Roosevelt MS"))
)
BOTH = ("Lincoln ES", "Roosevelt MS")


@pytest.fixture
def at_home(own_home):
    screens.sample(own_home).close()
    return own_home


@pytest.fixture
def become(at_home, monkeypatch):
    """Sets who opens the pages: a principal of these schools."""
    with_roster(at_home)

    def as_of(*schools):
        viewer = Viewer("principal", "Ms. Rivera", schools=schools, students=True)
        monkeypatch.setattr(gate, "_viewer", lambda: viewer)

    return as_of


def test_a_file_that_was_checked_before_a_school_was_taken_away_is_checked_anew(at_home, become):
    become(*BOTH)
    test = drop(opened(), ("log.csv", LOG))
    assert tiles(test)["New"] == "14"
    become("Lincoln ES")
    sound(test.run())
    assert (tiles(test)["New"], tiles(test)["Set aside"]) == ("7", "7")
    next(one for one in test.checkbox if "cannot be used" in one.label).check().run()
    sound(button(test, "Load 7 contacts").click().run())
    assert len(stored(at_home)) == 7


def test_the_button_of_before_loads_no_row_of_a_school_that_was_taken_away(at_home, become):
    become(*BOTH)
    test = drop(opened(), ("log.csv", LOG))
    become("Lincoln ES")
    sound(button(test, "Load 14 contacts").click().run())
    assert stored(at_home) == []


def test_what_was_loaded_for_a_school_that_was_taken_away_is_no_longer_shown(at_home, become):
    become(*BOTH)
    test = drop(opened(), ("log.csv", LOG))
    sound(button(test, "Load 14 contacts").click().run())
    assert [one.label for one in test.button if "take it back" in one.label]
    become("Oak HS")
    sound(test.run())
    assert "no longer have" in said(test) and not tiles(test)
    assert not [one.label for one in test.button if "take it back" in one.label]
    page = sound(test.switch_page("pages/uploads.py").run())
    assert not page.dataframe and not [one for one in page.button if "take it back" in one.label]
