"""Tables below each other on a sheet, each under titles of its own: nobody gets the contacts of somebody else."""

from data.store import open_store
from tests.support.loading import load, preview, sheet, workbook

HEADERS = ["Date", "Type", "Result"]


def _named(store) -> list[tuple]:
    return store.rows(
        "SELECT source_row, coalesce(first_name, given_name) FROM contact_row LEFT JOIN student USING (student_id) "
        "ORDER BY source_row"
    )


def test_each_table_counts_for_the_student_above_it(with_roster):
    store = with_roster
    rows = [
        ["Student: Ana Lopez", "", "Grade: 3"],
        HEADERS,
        ["9/8/2025", "Phone", "LVM"],
        ["9/9/2025", "Email", "Sent"],
        ["Student: Ben Smith", "", "Grade: 5"],
        ["Parent: Pat"],
        HEADERS,
        ["9/8/2025", "Phone", "Reached"],
        ["Student:", "Cy Young"],
        ["9/10/2025", "Phone", "LVM"],
    ]
    book = workbook(sheet(rows, "Log"), name="log.xlsx")
    planned = preview(store, book)
    assert [(one.code, one.sentence[:43]) for one in planned.notices if one.code == "stacked"] == [
        ("stacked", "The sheet “Log” holds 3 tables below each o")
    ]
    assert [(plan.sheet, plan.rows_read) for plan in planned.sheets] == [("Log", 4)]
    planned.close()
    assert load(store, book).counts["rows_set_aside"] == 0
    assert _named(store) == [(3, "Ana"), (4, "Ana"), (8, "Ben"), (10, "Cy")]


def test_a_roster_of_stacked_schools_keeps_them_apart(tmp_path):
    store = open_store(tmp_path / "store.duckdb")
    headers = ["Student ID", "Last", "First", "Grade"]
    rows = [
        ["School: Lincoln ES"], headers, ["00123", "Lopez", "Ana", "3"],
        ["School: Roosevelt MS"], headers, ["00125", "Young", "Cy", "7"],
    ]  # fmt: skip
    load(store, workbook(sheet(rows, "All"), name="Roster 2025-26.xlsx"))
    at = "SELECT local_id, school.name FROM student JOIN enrollment USING (student_id) JOIN school USING (school_id)"
    assert store.rows(f"{at} ORDER BY 1") == [("00123", "Lincoln ES"), ("00125", "Roosevelt MS")]
    store.close()


def test_a_label_in_a_row_with_a_date_is_no_title(with_roster):
    store = with_roster
    rows = [
        ["Student: Ana Lopez"],
        [*HEADERS, "Notes", "More", "Rest"],
        ["9/8/2025", "Phone", "LVM"],
        ["9/9/2025", "Student: Ben Smith"],
        ["9/10/2025", "Phone", "LVM"],
    ]
    load(store, workbook(sheet(rows, "Log")))
    assert _named(store) == [(3, "Ana"), (4, "Ana"), (5, "Ana")]
