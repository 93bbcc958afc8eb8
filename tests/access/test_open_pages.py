"""Pages that stay open while somebody's access ends: no button of theirs changes the store any more."""

import time

import pytest

from access.directory import Directory
from data.load import Choices, remembering
from data.store import open_store
from tests.support import loading, screens
from tests.support.signed_in import claims, visit

LOG = [
    ["Lopez, Ana", "9/3/2025", "Phne", "Outbound", "Reached", "Ms. Lee", ""],
    ["Yung, Cy", "9/4/2025", "Phone", "Outbound", "Reached", "Ms. Lee", ""],
]
HEADERS = ["Student", *loading.LOG_HEADERS[1:]]


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Three students, a log with a word that was explained, and a row that waits for its student."""
    screens.at(tmp_path, monkeypatch)
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster())
    said = Choices(values={"channel": {"Phne": "phone"}})
    loading.load(store, loading.log(LOG, headers=HEADERS), choices=said)
    yield store
    store.close()


@pytest.fixture
def people(tmp_path):
    people = Directory(tmp_path / "access.sqlite")
    people.add("d@x.org", "district", students=True)
    return people


ENDS = {
    "removed": lambda people, page: people.remove("d@x.org"),
    "signed out elsewhere": lambda people, page: people.revoke("d@x.org"),
    "a panel member now": lambda people, page: people.add("d@x.org", "panel"),
    "expired": lambda people, page: setattr(page, "user", claims("d@x.org", iat=time.time() - 13 * 3600)),
}


def press(page, label: str):
    (button,) = [one for one in page.button if one.label.startswith(label)]
    return button.click().run()


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("label", ["Yes, take it back", "Forget", "Let them join"])
def test_a_button_of_uploads_does_nothing_once_access_ended(store, people, ends, label):
    page = visit("uploads", claims("d@x.org"))
    next(one for one in page.checkbox if "Cy" in one.label).check().run()
    before = store.version
    ENDS[ends](people, page)
    page = press(page, label)
    assert store.version == before and not page.dataframe and not page.exception


def test_each_of_these_buttons_works_before_that(store, people):
    page = visit("uploads", claims("d@x.org"))
    next(one for one in page.checkbox if "Cy" in one.label).check().run()
    page = press(page, "Let them join")
    assert store.value("SELECT count(*) FROM contact_row WHERE status = 'unmatched'") == 0
    page = press(page, "Forget")
    assert remembering.remembered(store).empty and not page.exception
    assert not [one for one in page.button if one.label == "Forget"]
    press(page, "Yes, take it back")
    assert store.value("SELECT count(*) FROM contact") == 0


@pytest.mark.parametrize("ends", ENDS)
def test_a_file_that_was_dropped_before_is_not_loaded(store, people, ends):
    log = "Student ID,Date,Channel\n" + "".join(f"00123,9/{day}/2025,phone\n" for day in range(8, 20))
    page = visit("upload", claims("d@x.org"))
    page.file_uploader[0].set_value([("log.csv", log.encode(), "text/csv")]).run()
    before = store.version
    ENDS[ends](people, page)
    page = press(page, "Load 12 contacts")
    assert store.version == before and not page.exception and not page.metric
    assert list((store.path.parent / "scratch").iterdir()) == []
