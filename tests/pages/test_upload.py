"""Upload and Uploads: drop, look, correct, load, take back; and every refusal is a sentence."""

import io

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from access.viewer import Viewer
from data import check
from data.store import open_store
from tests.support import screens
from ui import gate, upload_names, upload_preview, upload_state

ROSTER = (
    "Student ID,First Name,Last Name,School,Grade,Entry Date\n00123,Ana,Lopez,Lincoln ES,3,8/15/2025\n"
    "00124,Ben,Smith,Lincoln ES,5,8/15/2025\n00125,Cy,Young,Roosevelt MS,7,8/15/2025\n"
)
LOG = (
    'Contact log,,,,\n,,,,\nStudent,When,How,Came of it,Notes\n"Lopez, Ana",9/3/2025,Phne,reached,secret\n'
    '"Yung, Cy",9/14/2025,Email,sent,secret\n"Smith, Ben",9/15/2025,Email,reached,secret\n'
    '"Smith, Ben",9/16/2025,Email,reached,secret\n"Smith, Ben",9/17/2025,Text,reached,secret\n'
)


@pytest.fixture
def at_home(own_home):
    """A home with a sample, so that the first page does not have to make one."""
    screens.sample(own_home).close()
    return own_home


def opened(page: str = "upload") -> AppTest:
    return sound(screens.opened(page))


def sound(test: AppTest) -> AppTest:
    assert not test.exception and not test.error
    return test


def drop(test: AppTest, *files: tuple[str, str | bytes]) -> AppTest:
    given = [(name, text if isinstance(text, bytes) else text.encode(), "text/csv") for name, text in files]
    return sound(test.file_uploader[0].set_value(given).run())


def said(test: AppTest) -> str:
    kinds = (test.title, test.subheader, test.markdown, test.caption, test.info, test.warning)
    return "\n".join(element.value.replace("\\", "") for kind in kinds for element in kind)


def chosen(test: AppTest, label: str):
    return next(one for one in test.selectbox if one.label.replace("\\", "").startswith(label))


def button(test: AppTest, label: str):
    return next(one for one in test.button if one.label.replace("\\", "").startswith(label))


def tiles(test: AppTest) -> dict:
    return {one.label: one.value for one in test.metric}


def with_roster(home) -> AppTest:
    test = drop(opened(), ("roster.csv", ROSTER))
    return sound(button(test, "Load 3 roster rows").click().run())


def stored(home) -> list:
    return open_store(home / "district.duckdb").rows("SELECT contact_date, channel, outcome FROM contact ORDER BY ALL")


def test_a_dropped_file_is_shown_and_nothing_is_stored_before_the_button(at_home):
    test = drop(opened(), ("roster.csv", ROSTER))
    assert tiles(test) == {"Rows read": "3", "New": "3"}
    assert chosen(test, "Student id").value == ("column", "Student ID")
    assert "In the file: 00123 · 00124 · 00125" in said(test)
    assert "Nothing is stored before" in said(test)
    store = open_store(at_home / "district.duckdb")
    assert store.value("SELECT count(*) FROM upload") == 0
    sound(button(test, "Load 3 roster rows").click().run())
    assert store.value("SELECT count(*) FROM student") == 3
    assert (
        open_store(at_home / "sample.duckdb").value("SELECT count(*) FROM upload WHERE file_name = 'roster.csv'") == 0
    )
    assert "3 roster rows of roster.csv came in" in said(test)
    assert list((at_home / "scratch").iterdir()) == []


WORDS = (
    "Student ID,Date,Method,Direction,Result,Initiated By,Audience,Topic,Tone,Interpreter\n"
    "00123,9/3/2025,App message,Outbound,Left message,School,Personal,Academics,Positive,Yes\n"
    "00125,9/4/2025,Email,Inbound,Replied,Family,Personal,IEP,Concern,No\n"
)


def test_who_sees_the_sample_is_told_so_and_that_own_files_replace_it(at_home):
    told = said(opened("uploads"))
    assert "What you see is the sample district" in told and "replaces the sample district on every page" in told
    assert "Nothing is loaded yet" not in told
    assert "replaces the sample on every page" in said(opened())


def test_when_all_is_taken_back_the_pages_say_what_is_shown_now(own_home):
    screens.undone(own_home)
    uploads = said(opened("uploads"))
    assert "Every file that you loaded was taken back" in uploads and "drop a roster or a contact log in" in uploads
    told = "The sample district is shown only until the first file of your own is loaded"
    assert told in uploads and told in said(opened("overview"))
    assert "empty until a file is loaded" in uploads


def test_a_principal_without_own_uploads_is_not_told_that_the_store_is_empty(own_home, monkeypatch):
    screens.both(own_home)
    monkeypatch.setattr(gate, "_viewer", lambda: Viewer("principal", "ann", schools=("Lincoln ES",), students=True))
    told = said(opened("uploads"))
    assert "You have loaded no file yet" in told and "sample" not in told.lower() and "empty" not in told


def test_the_first_rows_speak_as_the_pages_do(at_home):
    shown = drop(with_roster(at_home), ("words.csv", WORDS)).dataframe[-1].value
    first, second = shown.to_dict("records")
    assert (first["Channel"], first["Direction"], first["Outcome"]) == (
        "App message",
        "School to family",
        "Left message",
    )
    assert (second["Channel"], second["Direction"], second["Topic"]) == ("E-mail", "Family to school", "IEP")
    assert (first["Who began"], second["Who began"], first["Interpreter"]) == ("School", "Family", "Yes")
    for text in [*shown.columns, *(str(cell) for row in (first, second) for cell in row.values())]:
        assert "_" not in text and text not in ("outbound", "inbound", "True", "False")


def test_the_workbook_to_mend_keeps_the_words_that_are_read_back(at_home):
    test = drop(with_roster(at_home), ("words.csv", WORDS.replace("00125,9/4/2025", "00125,someday")))
    aside = next(iter(test.session_state[upload_state._KEPT].values()))[0].preview.set_aside()
    page = load_workbook(io.BytesIO(upload_preview.set_aside_workbook(aside))).active
    cells = {cell.value for row in page.iter_rows() for cell in row}
    assert {"Initiated By", "inbound", "replied", "someday"} <= cells


def test_a_log_is_corrected_on_the_way_loaded_and_taken_back(at_home):
    test = with_roster(at_home)
    before = check.digests(open_store(at_home / "district.duckdb"))
    drop(test, ("log.csv", LOG))
    assert tiles(test)["Waiting"] == "1"
    assert "headers in row 3" in said(test) and "Not stored: Notes." in said(test)
    assert "secret" not in said(test)
    outcome = chosen(test, "Outcome")
    sound(outcome.set_value(("column", "Came of it")).run())
    sound(chosen(test, "Channel: “Phne”").set_value("phone").run())
    assert chosen(test, "Outcome").value == ("column", "Came of it")
    offer = next(one for one in test.checkbox if "Cy Young" in one.label)
    sound(offer.check().run())
    sound(button(test, "Load 5 contacts").click().run())
    assert "5 contacts of log.csv came in" in said(test)
    rows = stored(at_home)
    assert [row[1] for row in rows] == ["phone", "email", "email", "email", "text"]
    assert [row[2] for row in rows] == ["reached", "sent", "reached", "reached", "reached"]
    sound(button(test, "Yes, take it back").click().run())
    assert "taken back" in said(test)
    assert check.digests(open_store(at_home / "district.duckdb")) == before


def test_a_row_for_all_and_an_order_of_dates_are_choices_too(at_home):
    test = with_roster(at_home)
    drop(test, ("dial.csv", "Student ID,Date\n00123,3/4/2026\n00124,3/5/2026\n"))
    assert chosen(test, "Order of dates").value == "mdy"
    sound(chosen(test, "Channel").set_value(("same", "phone")).run())
    sound(chosen(test, "Order of dates").set_value("dmy").run())
    sound(button(test, "Load 2 contacts").click().run())
    assert [(str(day), channel) for day, channel, _ in stored(at_home)] == [
        ("2026-04-03", "phone"),
        ("2026-05-03", "phone"),
    ]


def test_contacts_outside_enrollment_are_told_before_and_after_a_load(at_home):
    test = with_roster(at_home)
    drop(test, ("early.csv", "Student ID,Date,Channel\n00123,3/4/2025,phone\n00124,9/5/2025,phone\n"))
    assert "1 of 2 new rows is of a day on which the student was not enrolled (2025-03-04)" in said(test)
    sound(button(test, "Load 2 contacts").click().run())
    assert "1 row is of a day on which the student was not enrolled, and counted in no measure" in said(test)
    drop(test, ("in time.csv", "Student ID,Date,Channel\n00123,9/4/2025,phone\n"))
    assert "not enrolled" not in said(test)


def test_a_file_that_would_mostly_be_set_aside_waits_for_a_tick(at_home):
    test = with_roster(at_home)
    drop(test, ("log.csv", "Student ID,Date,Channel\n00123,9/3/2025,phone\n00124,,phone\n"))
    assert button(test, "Load 1 contact").disabled
    hold = next(one for one in test.checkbox if "cannot be used" in one.label)
    sound(hold.check().run())
    sound(button(test, "Load 1 contact").click().run())
    assert "1 row are set aside" not in said(test) and "1 row is set aside" in said(test)


def test_the_same_file_twice_is_told_and_changes_nothing(at_home):
    test = with_roster(at_home)
    drop(test, ("again.csv", ROSTER))
    assert "was loaded already" in said(test)
    assert not [one for one in test.button if one.label.startswith("Load")]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "empty"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "photo.csv"),
        ("log *x*.csv", b"Student ID,Channel\n00123,phone\n00124,email\n", "date"),
        ("roster.csv", b"Student ID,First Name,Last Name,School\n1,A,B,Lincoln\n2,C,D,Lincoln\n", "roster.csv"),
    ],
)
def test_what_cannot_be_loaded_is_a_sentence(name, content, told, at_home):
    test = drop(opened(), (name, content))
    assert told in said(test) and "cannot be loaded as it is" in test.title[0].value
    assert len(test.warning) == 1
    assert open_store(at_home / "district.duckdb").value("SELECT count(*) FROM upload") == 0


def test_a_missing_column_can_be_named(at_home):
    test = with_roster(at_home)
    drop(test, ("log.csv", "Student ID,Zzz,Channel\n00123,x9/3/2025,phone\n00124,x9/4/2025,phone\n"))
    assert len(test.warning) == 1
    sound(chosen(test, "Date of the contact").set_value(("column", "Zzz")).run())
    assert not test.warning and chosen(test, "Date of the contact").value == ("column", "Zzz")
    assert tiles(test)["Set aside"] == "2"


def test_the_school_above_a_roster_is_offered_and_what_was_understood_is_shown(at_home):
    rows = 'Lincoln ES – Roster 2025-26,,\nStudent ID,Name,Grade\n00123,"Lopez, Ana",3\n00124,"Smith, Ben",5\n'
    test = drop(opened(), ("roster.csv", rows))
    assert "Above the table stands “Lincoln ES”: if that is the school, say so." in said(test)
    assert chosen(test, "Student id").value == ("column", "Student ID")
    assert chosen(test, "Grade").value == ("column", "Grade")
    assert chosen(test, "School").value == "No school"
    sound(button(test, "The file says Lincoln ES: use it").click().run())
    sound(button(test, "Load 2 roster rows").click().run())
    schools = "SELECT DISTINCT name FROM enrollment JOIN school USING (school_id)"
    assert open_store(at_home / "district.duckdb").rows(schools) == [("Lincoln ES",)]


def test_two_files_at_once_are_loaded_one_after_the_other(at_home):
    test = drop(opened(), ("log.csv", LOG), ("roster.csv", ROSTER))
    assert "Waiting" in tiles(test)
    test = drop(test, ("roster.csv", ROSTER))
    sound(button(test, "Load 3 roster rows").click().run())
    drop(test, ("roster.csv", ROSTER), ("log.csv", LOG))
    assert tiles(test)["Waiting"] == "1"


def test_after_a_load_the_files_that_are_left_are_named(at_home):
    """“Next: drop a contact log” is true of one roster alone, not while a second one is still to be loaded."""
    test = drop(opened(), ("roster.csv", ROSTER), ("next.csv", ROSTER.replace("00123", "00999")))
    sound(button(test, "Load 3 roster rows").click().run())
    assert "Not loaded yet: next.csv. Choose it above." in said(test) and "Next: drop" not in said(test)


def test_rows_that_wait_beyond_those_that_have_room_are_not_sent_to_the_page_that_one_reads(at_home, monkeypatch):
    test = with_roster(at_home)
    drop(test, ("log.csv", LOG))
    sound(button(test, "Load ").click().run())
    monkeypatch.setattr(upload_names, "_MOST_NAMES", 0)
    page = sound(test.switch_page("pages/uploads.py").run())
    assert "1 more are listed" in said(page) and "on the page Uploads" not in said(page)


def test_a_principal_loads_rows_of_own_schools_only(at_home, monkeypatch):
    with_roster(at_home)
    principal = Viewer("principal", "Ms. Rivera", schools=("Lincoln ES",), students=True)
    monkeypatch.setattr(gate, "_viewer", lambda: principal)
    log = "Student ID,Date,Channel,School\n" + "".join(
        f"{student},9/{day}/2025,phone,{school}\n"
        for day in range(1, 8)
        for student, school in (("00123", "Lincoln ES"), ("00125", "Roosevelt MS"))
    )
    test = drop(opened(), ("log.csv", log))
    assert chosen(test, "School, where").options == ["Lincoln ES"]
    assert (tiles(test)["New"], tiles(test)["Set aside"]) == ("7", "7")
    next(one for one in test.checkbox if "cannot be used" in one.label).check().run()
    sound(button(test, "Load 7 contacts").click().run())
    history = sound(test.switch_page("pages/uploads.py").run())
    assert list(history.dataframe[0].value["File"]) == ["log.csv"]
    assert "Backup and check" not in said(history)


def test_uploads_lists_details_offers_and_undo(at_home):
    test = with_roster(at_home)
    drop(test, ("log.csv", LOG))
    sound(chosen(test, "Channel: “Phne”").set_value("phone").run())
    assert "5 contacts can be loaded, 1 of them to wait for their student" in said(test)
    sound(button(test, "Load 5 contacts").click().run())
    assert "4 contacts of log.csv came in and 1 waits for its student" in said(test)
    page = sound(test.switch_page("pages/uploads.py").run())
    assert page.title[0].value == "2 files are loaded; 1 row waits for its student"
    assert list(page.dataframe[0].value["File"]) == ["log.csv", "roster.csv"]
    assert "“Phne” means phone" in said(page)
    assert "1 row waits. A row whose student no roster names joins by itself" in said(page)
    sound(next(one for one in page.checkbox if "Cy Young" in one.label).check().run())
    sound(button(page, "Let them join").click().run())
    assert len(stored(at_home)) == 5 and [one.value for one in page.success] == ["1 row joined."]
    sound(button(page, "Check the store").click().run())
    assert any("sound" in one.value for one in page.success)
    sound(button(page, "Forget").click().run())
    assert "“Phne” means phone" not in said(page)
    sound(button(page, "Yes, take it back").click().run())
    assert list(page.dataframe[0].value["State"]) == ["Taken back", "Loaded"]
    assert stored(at_home) == []


def test_contacts_that_no_page_shows_are_not_offered_to_be_seen(at_home):
    test = with_roster(at_home)
    drop(test, ("log.csv", LOG.replace("2025", "2019")))
    for one in test.checkbox:
        one.check()
    test.run()
    sound(next(one for one in test.button if one.label.startswith("Load ")).click().run())
    assert "is of a day on which" in said(test) or "are of a day on which" in said(test)
    assert not test.get("page_link")


def test_the_copy_is_written_where_it_was_asked_for_and_never_over_a_file(at_home, tmp_path):
    with_roster(at_home)
    page = opened("uploads")
    target = tmp_path / "copy.duckdb"
    page.text_input[0].set_value(str(target))
    sound(button(page, "Write the copy").click().run())
    assert open_store(target).value("SELECT count(*) FROM student") == 3
    page.text_input[0].set_value(str(target))
    sound(button(page, "Write the copy").click().run())
    assert "exists already" in said(page)


def test_the_workbook_to_mend_has_the_reason_beside_each_row(at_home):
    test = with_roster(at_home)
    drop(test, ("log.csv", "Student ID,Date,Channel\n00123,9/3/2025,phone\n=1+1,,phone\n"))
    (one,) = next(iter(test.session_state["upload_files"].values()))
    from data.load import set_aside_workbook

    sheet = load_workbook(io.BytesIO(set_aside_workbook(one.preview.set_aside()))).active
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s"
    assert "date is missing" in sheet.cell(2, sheet.max_column).value
    assert isinstance(one, upload_state.Dropped)


def test_another_row_can_be_called_the_headers(at_home):
    test = with_roster(at_home)
    log = "Student ID,Date,Channel\nStudent ID,Date,How\n00123,9/3/2025,phone\n00124,9/4/2025,email\n"
    drop(test, ("log.csv", log))
    sound(test.number_input[0].set_value(2).run())
    assert "headers in row 2, 2 rows" in said(test)
    assert chosen(test, "Channel").value == ("column", "How")
