"""No row vanishes: every row of a file is loaded, a duplicate, set aside, not family, unmatched or left out.

The fate of each row is known here by how the row was made, so a row in the wrong count is found as well as one in none.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.check import findings
from data.load import undo
from data.store import open_store
from tests.support.loading import ROSTER, ROSTER_HEADERS, load, log, preview, roster, sheet, workbook

HEADERS = ["Student ID", "Date", "Method", "Direction", "Result", "Staff", "Contact With", "Is Draft"]
KNOWN = tuple(row[0] for row in ROSTER)
FATES = ("rows_loaded", "rows_duplicate", "rows_set_aside", "rows_not_family", "rows_unmatched", "rows_left_out")

students = st.sampled_from((*KNOWN, *KNOWN, "00777", "4711", ""))
days = st.sampled_from(("9/3/2025", "9/4/2025", "9/17/2025", "soon", "13/45/2025", "9/9/2099", ""))
methods = st.sampled_from(("Phone", "Text", "Email", "Pigeon"))
people = st.sampled_from(("Mother", "Father", "Mother", "Teacher", "Principal"))
drafts = st.sampled_from(("No", "No", "No", "Yes"))
rows = st.tuples(students, days, methods, people, drafts).map(
    lambda said: [said[0], said[1], said[2], "Outbound", "Reached", "Ms. Lee", said[3], said[4]]
)
# Few different rows, so that the same ones stand twice in a file and in both files. A line of plain ones tells the
# columns apart: what they mean is tried elsewhere.
PLAIN = [
    [KNOWN[0], "8/20/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Mother", "No"],
    [KNOWN[1], "8/21/2025", "Email", "Inbound", "Left message", "Ms. Lee", "Teacher", "Yes"],
    [KNOWN[2], "8/22/2025", "Text", "Outbound", "Reached", "Ms. Lee", "Father", "No"],
]
files = st.lists(rows, min_size=1, max_size=6).flatmap(
    lambda few: st.lists(st.lists(st.sampled_from(few), min_size=1, max_size=9), min_size=2, max_size=2)
)


def fate(row: list[str]) -> str:
    """What has to become of a row, where no other row is like it."""
    student, day, _, _, _, _, who, draft = row
    if draft == "Yes":
        return "rows_left_out"
    if who in ("Teacher", "Principal"):
        return "rows_not_family"
    if day not in ("9/3/2025", "9/4/2025", "9/17/2025") and not day.startswith("8/") or not student:
        return "rows_set_aside"
    return "rows_loaded" if student in KNOWN else "rows_unmatched"


def expected(file: list, earlier: Counter) -> Counter:
    """The counts of a file after the rows of `earlier` files: identical rows count as often as one file has them."""
    counts = Counter(fate(row) for row in file)
    now = Counter(tuple(row) for row in file if fate(row) == "rows_loaded")
    there = sum(min(number, earlier[row]) for row, number in now.items())
    counts["rows_loaded"] -= there
    counts["rows_duplicate"] += there
    return counts


def of_upload(store, upload_id: int) -> dict[str, int]:
    """The counts that the store keeps of an upload."""
    return store.query("SELECT * FROM upload WHERE upload_id = ?", [upload_id]).iloc[0].to_dict()


def kept(store, upload_id: int) -> dict[str, int]:
    """The rows that the store holds of an upload."""
    by_status = dict(
        store.rows("SELECT status, count(*) FROM contact_row WHERE upload_id = ? GROUP BY status", [upload_id])
    )
    aside = store.value("SELECT count(*) FROM set_aside_row WHERE upload_id = ?", [upload_id])
    found = {f"rows_{status}": number for status, number in by_status.items()}
    return Counter(found | {"rows_set_aside": aside})


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("rows") / "store.duckdb")
    load(store, roster())
    yield store
    store.close()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(files)
def test_every_row_is_in_one_count_and_in_the_right_one(district, two):
    earlier, uploads = Counter(), []
    try:
        for number, made in enumerate(two):
            file = [*PLAIN, *made, [f"0099{number}", *PLAIN[0][1:]]]  # no two files have the same bytes
            upload = load(district, log(file, name=f"{number}.csv", headers=HEADERS))
            uploads.append(upload.upload_id)
            counts, wanted = of_upload(district, upload.upload_id), expected(file, earlier)
            assert {name: int(counts[name]) for name in FATES} == {name: wanted[name] for name in FATES}
            assert counts["rows_read"] == sum(counts[name] for name in FATES) == len(file)
            held = kept(district, upload.upload_id)
            assert all(held[name] == counts[name] for name in FATES[:3] + FATES[4:5])
            earlier |= Counter(tuple(row) for row in file)
        assert findings(district) == []
    finally:
        for upload_id in reversed(uploads):
            undo(district, upload_id, "someone")


def test_the_preview_says_the_same_counts_as_the_upload(district):
    file = [*PLAIN, ["00777", *PLAIN[0][1:]], [KNOWN[0], "soon", *PLAIN[0][2:]], PLAIN[0]]
    book = log(file, headers=HEADERS)
    planned = preview(district, book)
    said = dict(planned.counts)
    planned.close()
    upload = load(district, book)
    assert said.pop("rows_new") == upload.counts["rows_loaded"] == 3
    assert said == {name: upload.counts[name] for name in said}
    undo(district, upload.upload_id, "someone")


def test_rows_that_wait_are_still_counted_when_a_roster_names_their_student(tmp_path):
    store = open_store(tmp_path / "store.duckdb")
    upload = load(store, log([*PLAIN, ["00777", *PLAIN[0][1:]]], headers=HEADERS))
    assert of_upload(store, upload.upload_id)["rows_unmatched"] == 3
    load(store, roster([*ROSTER, ["00777", "Dee", "Park", "Lincoln ES", "4", "8/15/2025"]]))
    counts = of_upload(store, upload.upload_id)
    assert (counts["rows_loaded"], counts["rows_unmatched"], counts["rows_left_out"]) == (3, 0, 1)
    assert counts["rows_read"] == sum(counts[name] for name in FATES) == 4
    store.close()


CALL = [KNOWN[0], "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee"]


def test_a_row_of_three_files_is_one_contact_and_one_duplicate_in_each_later_one(with_roster):
    for number, name in enumerate(("one.csv", "two.csv", "three.csv")):
        other = [KNOWN[1], f"9/{4 + number}/2025", *CALL[2:]]
        upload = load(with_roster, log([CALL, other], name=name, headers=HEADERS[:6]))
        assert (upload.counts["rows_loaded"], upload.counts["rows_duplicate"]) == ((1, 1) if number else (2, 0))
    assert with_roster.value("SELECT count(*) FROM contact_row") == 6 and findings(with_roster) == []


def test_the_same_row_at_the_same_place_of_two_tabs_is_two_contacts(with_roster):
    """Each tab has it in row 2: the copies are told apart by the tab as well."""
    tabs = [sheet([CALL], name, HEADERS[:6]) for name in ("September", "Fall")]
    load(with_roster, workbook(*tabs))
    assert with_roster.rows("SELECT copy_no FROM contact ORDER BY 1") == [(1,), (2,)]
    assert with_roster.value("SELECT count(DISTINCT contact_id) FROM contact") == 2 and findings(with_roster) == []


def test_two_exports_in_another_order_do_not_read_differently(with_roster):
    """Two calls of one day are alike but for their minutes; the second export has them the other way round."""
    short, long = [*CALL, "5"], [*CALL, "20"]
    for rows in ([short, long], [long, short]):
        upload = load(with_roster, log(rows, headers=[*HEADERS[:6], "Minutes"]))
    assert (upload.counts["rows_duplicate"], upload.counts["rows_changed"]) == (2, 0)
    assert findings(with_roster) == []


def test_a_later_roster_counts_what_is_new_what_is_changed_and_what_was_there(with_roster):
    """Ana as she was, Ben in another grade, Di new and there twice, a row without a number, one who is gone: two there
    already, two new, of which one is changed, one set aside, one left out. With the first roster taken back, Ana
    counts for the second. What is wrong in the row of one who is gone is not told."""
    ana, ben, _ = ROSTER
    di = ["00200", "Di", "Fox", *ana[3:]]
    here = [ana, [*ben[:4], "4", ben[5]], di, di, ["", "Ed", "Gray", *ana[3:]]]
    gone = ["00300", "Gus", "Hay", "Lincoln ES", "soon", ana[5], "Inactive"]
    book = log([*([*row, "Active"] for row in here), gone], "later.csv", [*ROSTER_HEADERS, "Status"])
    planned = preview(with_roster, book)
    names = ("rows_read", "rows_new", "rows_changed", "rows_duplicate", "rows_set_aside", "rows_left_out")
    assert [planned.counts[name] for name in names] == [6, 2, 1, 2, 1, 1]
    assert [problem["row"] for problem in planned.problems()] == [6]
    planned.close()
    later = load(with_roster, book).upload_id
    said = f"SELECT {', '.join(names).replace('rows_new', 'rows_loaded')} FROM upload WHERE upload_id = ?"
    assert with_roster.rows(said, [later]) == [(6, 2, 1, 2, 1, 1)]
    undo(with_roster, 1, "someone")
    assert with_roster.rows(said, [later]) == [(6, 3, 0, 1, 1, 1)]
    assert findings(with_roster) == []
