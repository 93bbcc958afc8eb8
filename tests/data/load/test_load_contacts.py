"""What becomes of the rows of a log: every problem in one pass, every row in one count."""

import io
import json

import openpyxl
import pytest

from data.check import digests, findings
from data.errors import Refusal
from data.load import Choices, commit, set_aside_rows, set_aside_workbook, undo
from data.load.matches import accept, forget, waiting
from data.load.preview import COUNTS
from data.load.uploads import not_enrolled
from data.store import open_store
from tests.support.loading import LOG_HEADERS, load, log, preview, roster, sheet, workbook

MIXED = [
    ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"],
    ["00123", "9/4/2025 2:30 PM", "Email", "Out", "Sent", "Ms. Lee", "Academics"],
    ["00124", "9/14/2025", "Phne", "In", "Left message", "Ms. Lee", "Academics"],
    ["00124", "13/45/2025", "Phone", "In", "Left message", "Ms. Lee", "Academics"],
    ["00999", "9/14/2025", "Phone", "In", "Left message", "Ms. Lee", "Academics"],
    ["", "9/14/2025", "Phone", "In", "Left message", "Ms. Lee", "Academics"],
    ["00125", "9/14/2099", "Text", "In", "Replied", "Ms. Lee", "Academics"],
    ["00125", "", "Text", "In", "Replied", "Ms. Lee", "Academics"],
    ["00125", "9/15/2025", "Text", "In", "Replied", "Ms. Lee", "Academics"],
    ["00125", "9/15/2025", "Text", "In", "Replied", "Ms. Lee", "Academics"],
]


def test_every_problem_in_one_pass_with_the_row_that_the_spreadsheet_shows(with_roster):
    planned = preview(with_roster, log(MIXED))
    found = {(problem["row"], problem["code"], problem["field"], problem["value"]) for problem in planned.problems()}
    assert found == {
        (4, "unknown_value", "channel", "Phne"),
        (5, "impossible_date", "contact_date", "13/45/2025"),
        (6, "unknown_student", "student_id", "00999"),
        (7, "no_student", "student_id", None),
        (8, "date_in_future", "contact_date", "9/14/2099"),
        (9, "no_date", "contact_date", None),
    }
    assert all(problem["message"].endswith((".", "?")) for problem in planned.problems())
    planned.close()


def test_every_row_is_in_exactly_one_count(with_roster):
    planned = preview(with_roster, log(MIXED))
    counts = planned.counts
    assert counts == {"rows_read": 10, "rows_new": 5, "rows_duplicate": 0, "rows_changed": 0, "rows_set_aside": 4,
                      "rows_unmatched": 1, "rows_not_family": 0, "rows_left_out": 0}  # fmt: skip
    assert set(counts) == set(COUNTS)
    upload = commit(with_roster, planned, "Ms. Rivera", accept_hold=True)
    assert upload.counts["rows_loaded"] == 5
    assert findings(with_roster) == []
    planned.close()


def test_rows_that_say_the_same_are_kept_and_told(with_roster):
    call = ["00123", "9/3/2025", "Phone"]
    planned = preview(with_roster, log([call, call, ["00124", "9/3/2025", "Phone"], call], headers=LOG_HEADERS[:3]))
    (told,) = [notice.sentence for notice in planned.notices if notice.code == "repeated"]
    assert told.startswith("2 rows say exactly what an earlier row of this file says.")
    assert planned.counts["rows_new"] == 4
    planned.close()


def test_rows_of_days_outside_enrollment_are_stored_and_told(with_roster):
    days = ["8/14/2025", "8/15/2025", "6/30/2026", "7/1/2026"]  # no exit date means to the end of the school year
    planned = preview(with_roster, log([["00123", day, "Phone"] for day in days], headers=LOG_HEADERS[:3]))
    (told,) = [notice.sentence for notice in planned.notices if notice.code == "not_enrolled"]
    assert told.startswith(
        "2 of 4 new rows are of a day on which the student was not enrolled (2025-08-14 to 2026-07-01)"
    )
    assert commit(with_roster, planned, "someone").counts["rows_loaded"] == 4
    assert not_enrolled(with_roster, 2) == 2
    planned.close()


def test_rows_are_stored_as_the_preview_shows_them(with_roster):
    planned = preview(with_roster, log(MIXED[:3]))
    shown = planned.first_rows[["given_id", "contact_second", "channel", "direction", "outcome", "topic", "audience"]]
    assert shown.astype(object).where(shown.notna(), None).values.tolist() == [
        ["00123", None, "phone", "outbound", "reached", "attendance", "personal"],
        ["00123", 52200, "email", "outbound", "sent", "academics", "personal"],
        ["00124", None, "other", "inbound", "left_message", "academics", "personal"],
    ]
    planned.close()


def test_problems_are_grouped_with_those_that_set_rows_aside_first(with_roster):
    planned = preview(with_roster, log(MIXED))
    groups = [(group.code, group.count, group.sets_aside) for group in planned.problem_groups]
    aside = [group for group in groups if group[2]]
    assert groups[: len(aside)] == aside
    assert ("unknown_value", 1, False) in groups
    assert next(group for group in planned.problem_groups if group.code == "unknown_value").offer == "phone"
    planned.close()


def test_an_outcome_that_is_no_known_word_is_told_to_count_as_reached(with_roster):
    rows = [*MIXED[:2], ["00123", "9/5/2025", "Phone", "Outbound", "Hmm later", "Ms. Lee", "Attendance"]]
    planned = preview(with_roster, log(rows))
    (group,) = [group for group in planned.problem_groups if group.code == "unknown_value"]
    assert group.sentence.startswith("“{value}” is not a known word for outcome, so the row is stored without it and ")
    assert "counts as one that reached the family" in group.sentence
    planned.close()


def test_the_same_bytes_again_change_nothing(with_roster):
    first = load(with_roster, log(MIXED))
    before = digests(with_roster)
    again = load(with_roster, log(MIXED), who="Mr. Cho")
    assert again.upload_id == first.upload_id
    assert "was loaded already, by Ms. Rivera on " in again.already
    assert again.counts["rows_loaded"] == 0
    assert again.counts["rows_duplicate"] == 5
    assert digests(with_roster) == before


def test_the_same_bytes_with_other_choices_are_refused(with_roster):
    load(with_roster, log(MIXED))
    for asked in ({"kind": "roster"}, {"school": "Lincoln ES"}, {"district": "Elsewhere"},
                  {"choices": Choices(fields={"staff": None})}):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            preview(with_roster, log(MIXED), **asked)
        assert refused.value.code == "other_choices", asked


def test_an_overlapping_export_adds_only_what_is_new(with_roster):
    rows = MIXED[:3] + MIXED[8:]
    load(with_roster, log(rows[:3], name="a.csv"))
    second = load(with_roster, log(rows, name="b.csv"))
    assert (second.counts["rows_loaded"], second.counts["rows_duplicate"]) == (2, 3)
    assert with_roster.value("SELECT count(*) FROM contact") == 5


def test_a_duplicate_that_reads_differently_now_is_counted_as_changed(with_roster):
    headers = [*LOG_HEADERS, "Minutes"]
    load(with_roster, log([[*MIXED[0], "5"]], headers=headers, name="a.csv"))
    second = load(with_roster, log([[*MIXED[0], "7"]], headers=headers, name="b.csv"))
    assert (second.counts["rows_loaded"], second.counts["rows_duplicate"], second.counts["rows_changed"]) == (0, 1, 1)
    assert with_roster.rows("SELECT minutes FROM contact") == [(5.0,)]


def test_a_record_id_says_which_rows_are_the_same(with_roster):
    headers = [*LOG_HEADERS, "Record ID"]
    load(with_roster, log([[*MIXED[0], "R1"]], headers=headers, name="a.csv"))
    changed = ["00123", "9/3/2025", "Email", "Outbound", "Sent", "Ms. Lee", "Attendance", "R1"]
    other = [*MIXED[0], "R2"]
    second = load(with_roster, log([changed, other], headers=headers, name="b.csv"))
    assert second.counts["rows_loaded"] == 1
    assert second.counts["rows_changed"] == 1


def test_undo_brings_back_what_a_later_upload_also_holds(with_roster):
    first = load(with_roster, log(MIXED[:3], name="a.csv"))
    second = load(with_roster, log(MIXED, name="b.csv"))
    undo(with_roster, first.upload_id, "Ms. Rivera")
    assert with_roster.value("SELECT count(*) FROM contact") == 5
    assert with_roster.rows(
        "SELECT rows_loaded, rows_duplicate FROM upload WHERE upload_id = ?", [second.upload_id]
    ) == [(5, 0)]
    assert findings(with_roster) == []
    with pytest.raises(Refusal, match="already"):
        undo(with_roster, first.upload_id, "Ms. Rivera")


def test_mended_rows_join_and_nothing_doubles(with_roster):
    first = load(with_roster, log(MIXED))
    rows = set_aside_rows(with_roster, first.upload_id)
    assert [row for _, row, _, _ in rows] == [5, 7, 8, 9]
    book = openpyxl.load_workbook(io.BytesIO(set_aside_workbook(rows)))
    lines = [[cell or "" for cell in line] for line in book.active.iter_rows(values_only=True)]
    assert lines[0][:3] == ["Student ID", "Date", "Method"]
    assert lines[0][-1] == "What to mend"
    assert "calendar" in lines[1][-1]
    lines[1][1] = "9/13/2025"
    lines[2][0] = "00124"
    mended = load(with_roster, log(lines[1:], headers=lines[0], name="mended.xlsx"))
    assert mended.counts["rows_loaded"] == 2
    assert mended.counts["rows_set_aside"] == 2
    assert with_roster.value("SELECT count(*) FROM contact") == 7


def test_what_was_said_about_the_whole_file_is_in_the_rows_to_mend(with_roster):
    headers, said = (
        ["Student", "Date", "Method"],
        Choices(constants={"direction": "inbound"}, values={"channel": {"Phne": "phone"}}),
    )
    book = log([["Ana Lopez", "9/3/2025", "Text"], ["Ben Smith", "soon", "Phne"]], headers=headers)
    planned = preview(with_roster, book, school="Lincoln ES", choices=said)
    before = planned.set_aside()
    first = commit(with_roster, planned, "Ms. Rivera", accept_hold=True)
    planned.close()
    rows = set_aside_rows(with_roster, first.upload_id)
    assert rows == before
    (line,) = [json.loads(cells) for _, _, cells, _ in rows]
    assert line == {
        "Student": "Ben Smith", "Date": "soon", "Method": "phone", "school": "Lincoln ES", "direction": "inbound"
    }  # fmt: skip
    mended = log([["Ben Smith", "9/4/2025", *list(line.values())[2:]]], headers=list(line), name="mended.xlsx")
    assert load(with_roster, mended).counts["rows_loaded"] == 1
    found = with_roster.rows("SELECT channel, direction, given_school FROM contact WHERE upload_id = 3")
    assert found == [("phone", "inbound", "Lincoln ES")]


def test_dates_that_were_understood_stay_understood_in_the_workbook_to_mend(with_roster):
    days_first = [
        ["00123", "25/9/2025", "Phone", "In", "Reached", "", ""],
        ["", "3/9/2025", "Phone", "In", "Reached", "", ""],
    ]
    first = load(with_roster, log(days_first))
    [(_, _, cells, _)] = set_aside_rows(with_roster, first.upload_id)
    assert json.loads(cells)["Date"] == "2025-09-03"


def test_nothing_in_the_workbook_to_mend_is_a_formula(with_roster):
    evil = ['=HYPERLINK("http://evil")', "", "@x", "-1", "+1", "=cmd|' /C calc'!A1", "=1+1"]
    first = load(with_roster, log([*MIXED[:3], evil]))
    content = set_aside_workbook(set_aside_rows(with_roster, first.upload_id))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert all(cell.data_type in ("s", "n") for line in book.active.iter_rows() for cell in line)
    assert book.active["A2"].value == evil[0]


def test_notes_are_never_stored(with_roster):
    headers = [*LOG_HEADERS, "Notes"]
    secret = "Mother says that the custody hearing is on Friday and asks for the counselor"
    rows = [[*row, secret] for row in MIXED]
    load(with_roster, log(rows, headers=headers))
    for table in ("contact_row", "set_aside_row", "problem", "upload", "remembered_mapping"):
        found = with_roster.query(f"SELECT * FROM {table}").astype(str)
        assert not found.apply(lambda column: column.str.contains("custody")).any().any(), table


def test_rows_that_are_not_with_the_family_and_drafts_are_counted_apart(with_roster):
    headers = [*LOG_HEADERS, "Contact With", "Is Draft"]
    rows = [[*MIXED[0], "Mother", "FALSE"], [*MIXED[0], "Student", "FALSE"], [*MIXED[0], "Teacher", "FALSE"],
            [*MIXED[0], "Father", "TRUE"]]  # fmt: skip
    upload = load(with_roster, log(rows, headers=headers))
    counts = upload.counts
    assert (counts["rows_loaded"], counts["rows_not_family"], counts["rows_left_out"]) == (1, 2, 1)
    assert with_roster.value("SELECT count(*) FROM contact_row") == 1


def test_contacts_wait_for_a_roster_and_join_by_themselves(store):
    upload = load(store, log(MIXED[:3]))
    assert upload.counts["rows_unmatched"] == 3
    load(store, roster())
    assert store.value("SELECT count(*) FROM contact") == 3
    assert store.rows("SELECT rows_loaded, rows_unmatched FROM upload WHERE kind = 'contacts'") == [(3, 0)]
    assert findings(store) == []


def test_a_near_match_joins_only_when_a_person_accepts_it(with_roster):
    headers = ["Student", "Date", "Method", "Direction", "Result", "Staff", "Topic"]
    rows = [["Lopes, Ana", *MIXED[0][1:]], ["Smith, Ben", *MIXED[0][1:]]]
    before = digests(with_roster)
    planned = preview(with_roster, log(rows, headers=headers), school="Lincoln ES")
    assert planned.counts["rows_unmatched"] == 1
    assert planned.offers["name"].tolist()[0] == "Ana Lopez"
    upload = commit(with_roster, planned, "Ms. Rivera", accept_hold=True)
    planned.close()
    offered = waiting(with_roster).to_dict("records")[:1]
    assert accept(with_roster, offered, "Ms. Rivera") == 1
    assert with_roster.value("SELECT count(*) FROM contact") == 2
    assert findings(with_roster) == []
    assert forget(with_roster, offered) == 1
    undo(with_roster, upload.upload_id, "Ms. Rivera")
    assert digests(with_roster) == before


def test_an_accepted_match_waits_again_when_a_student_comes_whose_very_name_it_is(with_roster):
    """Anna Lopes was accepted as Ana Lopez. Then an Anna Lopes is enrolled: her calls do not count for Ana, and a
    person says anew whom the name means; then it stays. Taken back, the roster leaves what was said before."""
    load(with_roster, log([["Anna Lopes", "9/3/2025", "Lincoln ES"]], headers=["Student", "Date", "School"]))
    whose = "SELECT local_id FROM contact_row LEFT JOIN student USING (student_id)"
    offered = waiting(with_roster).to_dict("records")
    accept(with_roster, offered, "Ms. Rivera")
    assert with_roster.value(whose) == "00123"
    anna = load(with_roster, roster([["00200", "Anna", "Lopes", "Lincoln ES", "4", "8/15/2025"]], "more.csv"))
    assert with_roster.value(whose) is None
    now = waiting(with_roster).to_dict("records")
    assert [offer["local_id"] for offer in now] == ["00200"] and findings(with_roster) == []
    undo(with_roster, anna.upload_id, "Ms. Rivera")
    assert with_roster.value(whose) == "00123"
    load(with_roster, roster([["00200", "Anna", "Lopes", "Lincoln ES", "4", "8/15/2025"]], "more.csv"))
    for offer in (*now, *offered):
        accept(with_roster, [offer], "Ms. Rivera")
        assert with_roster.value(whose) == offer["local_id"]
    assert findings(with_roster) == []


def test_a_correction_is_remembered_for_these_headers(with_roster):
    explained = Choices(values={"channel": {"Phne": "phone"}})
    load(with_roster, log([MIXED[2]], name="a.csv"), choices=explained)
    later = ["00125", "9/20/2025", "Phne", "In", "Reached", "Ms. Lee", ""]
    planned = preview(with_roster, log([later], name="b.csv"))
    assert planned.first_rows["channel"].tolist() == ["phone"]
    assert planned.problems() == []
    planned.close()


def test_a_constant_fills_what_the_file_lacks(with_roster):
    headers, row = LOG_HEADERS[:2] + LOG_HEADERS[3:], MIXED[0][:2] + MIXED[0][3:]
    planned = preview(with_roster, log([row], headers=headers), choices=Choices(constants={"channel": "home visit"}))
    assert planned.first_rows["channel"].tolist() == ["home_visit"]
    planned.close()


def test_an_unknown_school_is_refused_with_the_nearest(with_roster):
    with pytest.raises(Refusal, match="Did you mean Lincoln ES"):
        preview(with_roster, log(MIXED), school="Lincon ES")
    assert with_roster.value("SELECT count(*) FROM upload") == 1


def test_a_tab_for_each_month_is_one_table_with_one_date_order(with_roster):
    september = sheet([["00123", "03/09/2025", "Phone"]], "Sep", headers=["Student ID", "Date", "Method"])
    october = sheet([["00123", "25/10/2025", "Phone"]], "Oct", headers=["Student ID", "Date", "Method"])
    load(with_roster, workbook(september, october))
    days = with_roster.rows("SELECT contact_date::VARCHAR, sheet, source_row FROM contact ORDER BY 1")
    assert days == [("2025-09-03", "Sep", 2), ("2025-10-25", "Oct", 2)]


@pytest.mark.parametrize(
    "headers, rows, code",
    [
        (["Student ID", "Method", "Result"], [["00123", "Phone", "Reached"]], "no_date_column"),
        (["Date", "Method", "Result"], [["9/3/2025", "Phone", "Reached"]], "no_student_column"),
    ],
)
def test_a_log_without_what_it_needs_is_refused(with_roster, headers, rows, code):
    before = digests(with_roster)
    with pytest.raises(Refusal) as refused:
        preview(with_roster, log(rows, headers=headers), kind="contacts")
    assert refused.value.code == code
    assert digests(with_roster) == before


def test_a_roster_without_grades_is_refused(store):
    rows = [["00123", "Ana", "Lopez", "Lincoln ES"]]
    with pytest.raises(Refusal, match="grade"):
        preview(store, log(rows, headers=["Student ID", "First Name", "Last Name", "School"]), kind="roster")
    assert store.value("SELECT count(*) FROM upload") == 0


def test_a_name_that_is_not_of_the_students_id_is_said(tmp_path):
    headers = ["Student ID", "Student Name", "Date", "Method"]
    lines = [["00123", "Lopez, Ana", "9/3/2025", "Phone"], ["00124", "Quentin Zed", "9/14/2025", "Phone"]]
    with_store = open_store(tmp_path / "named.duckdb")
    load(with_store, roster())
    planned = preview(with_store, log(lines, headers=headers))
    said = [notice.sentence for notice in planned.notices if notice.code == "name_contradicts_id"]
    assert [words.split(" the id ")[0] for words in said] == ["1 row has"]
    assert planned.counts["rows_new"] == 2
    planned.close()
    with_store.close()
