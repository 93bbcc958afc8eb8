"""Rosters that nobody prepared: what their spans say against what a person would say they mean."""

from datetime import date

import pytest

from data.errors import Refusal
from data.load import Choices
from data.load.hold import at_command_line
from tests.support.loading import load, preview, sheet, workbook

NOW = date.today().year - (date.today().month < 7)  # the school year of today begins in it
YEAR = f"{NOW}-{(NOW + 1) % 100:02d}"
NAMES = [("Alvarez", "Ana"), ("Baker", "Ben"), ("Cole", "Cy"), ("Dorn", "Di"), ("Egan", "Eve"), ("Fox", "Flo")]


def book(headers: list[str], rows: list[list], name: str = "students.csv"):
    """A roster of those headers; numbers are written as text."""
    return workbook(
        sheet([[None if cell is None else str(cell) for cell in row] for row in rows], headers=headers), name=name
    )


def spans(store) -> list[tuple]:
    """(id, school, grade, school year, entry, exit) of every span."""
    return store.rows(
        "SELECT s.local_id, k.name, e.grade, e.school_year, e.entry_date::VARCHAR, e.exit_date::VARCHAR "
        "FROM enrollment AS e JOIN student AS s USING (student_id) JOIN school AS k USING (school_id) ORDER BY ALL"
    )


def notices(store, roster) -> dict[str, str]:
    planned = preview(store, roster)
    planned.close()
    return {notice.code: notice.sentence for notice in planned.notices}


@pytest.mark.parametrize("header", ["Gr Yr", "Year", "Cohort"])
def test_the_year_in_which_students_graduate_is_no_school_year(store, header):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", header, "Entry Date"]
    rows = [[f"A{n}12", last, first, "Oak School", n + 3, NOW + 10 - n, f"8/17/{NOW}"]
            for n, (last, first) in enumerate(NAMES)]  # fmt: skip
    load(store, book(headers, rows))
    assert {(year, entry) for *_, year, entry, _ in spans(store)} == {(YEAR, f"{NOW}-08-17")}


def test_a_single_school_year_far_ahead_is_told(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "School Year"]
    rows = [
        [f"A{n}12", last, first, "Oak School", 3, f"{NOW - n}-{(NOW - n + 1) % 100:02d}"]
        for n, (last, first) in enumerate(NAMES)
    ]
    rows[2][5] = "2062-63"
    planned = preview(store, book(headers, rows))
    told = [(problem["code"], problem["row"]) for problem in planned.problems()]
    planned.close()
    assert told == [("year_ahead", 4)]


@pytest.mark.parametrize("header, usual, other", [
    ("Residency Status", "1", "3"), ("ResidStat", "1", "3"), ("504 Status", "N", "I"), ("Military Status", "2", "1"),
    ("Immunization Status", "C", "I"), ("Start Status", "01", "02"), ("End Status", "01", "02"),
    ("Custody Status", "0", "W"),
])  # fmt: skip
def test_a_status_of_something_else_leaves_nobody_out(store, header, usual, other):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", header]
    rows = [[f"A{n}12", last, first, "Oak School", 3, usual] for n, (last, first) in enumerate(NAMES)]
    rows[2][5] = rows[4][5] = other
    assert load(store, book(headers, rows)).counts["rows_left_out"] == 0
    assert len(spans(store)) == len(NAMES)


@pytest.mark.parametrize("header, usual, other", [
    ("Status", "Active", "Inactive"), ("Enroll_Status", "0", "2"), ("Student Status", "A", "W"),
    ("Registration Status", "Active", "Inactive"), ("Roll Status", "Enrolled", "Withdrawn"),
])  # fmt: skip
def test_a_status_of_enrollment_leaves_out_who_is_gone(store, header, usual, other):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", header]
    rows = [[f"A{n}12", last, first, "Oak School", 3, usual] for n, (last, first) in enumerate(NAMES)]
    rows[2][5] = rows[4][5] = other
    assert load(store, book(headers, rows)).counts["rows_left_out"] == 2


def test_headers_of_systems_are_read(store):
    headers = ["SASID", "LASID", "Last Name", "First Name", "School", "Grd", "HmLng", "CorrLng", "EcoDis"]
    rows = [[f"10000000{n}1", f"00{n}12", last, first, "Oak School", 3, "01", "00", "Y"]
            for n, (last, first) in enumerate(NAMES)]  # fmt: skip
    planned = preview(store, book(headers, rows))
    told = planned.sheets[0].headers
    planned.close()
    assert (told["student_id"], told["low_income"]) == ("LASID", "EcoDis")


FIRST_ENTRIES = ["Student ID", "Last Name", "First Name", "School", "Grade", "District Entry Date"]


def first_entries() -> list[list]:
    """Students of grades K to 5, who came into kindergarten when they were of age, and are all here."""
    return [[f"A{n}12", last, first, "Oak School", n, f"8/17/{NOW - n}"] for n, (last, first) in enumerate(NAMES)]


def test_a_roster_of_first_entries_is_asked_about_before_all_but_the_youngest_count_as_gone(store):
    planned = preview(store, book(FIRST_ENTRIES, first_entries()))
    asked = [question.sentence for question in planned.hold if question.code == "old_entries"]
    planned.close()
    assert len(asked) == 1 and asked[0].startswith("5 students entered in earlier school years")


def test_a_roster_whose_name_says_its_year_has_its_first_entries_here(store):
    roster = book(FIRST_ENTRIES, first_entries(), name=f"Oak roster {YEAR}.csv")
    assert notices(store, roster)["carried_entries"].startswith(f"5 students entered before {YEAR}")
    load(store, roster)
    assert {(year, leave) for *_, year, _, leave in spans(store)} == {(YEAR, None)}
    assert [entry for *_, entry, _ in spans(store)] == [f"{NOW}-08-17"] + [f"{NOW}-08-15"] * 5


def test_stays_before_the_last_one_and_those_that_ended_are_not_carried(store):
    headers = [*FIRST_ENTRIES, "Exit"]
    rows = [
        ["A112", "Alvarez", "Ana", "Oak School", "3", f"8/17/{NOW - 1}", None],
        ["A112", "Alvarez", "Ana", "Oak School", "4", f"8/17/{NOW}", None],
        ["A212", "Baker", "Ben", "Oak School", "4", f"8/17/{NOW - 1}", f"10/1/{NOW - 1}"],
    ]
    load(store, book(headers, rows, name=f"roster {YEAR}.csv"))
    years = [(local, entry) for local, _, _, _, entry, _ in spans(store)]
    assert years == [("A112", f"{NOW - 1}-08-17"), ("A112", f"{NOW}-08-17"), ("A212", f"{NOW - 1}-08-17")]


def test_rows_that_cannot_all_be_so_are_told_with_their_numbers(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade"]
    rows = [
        ["A112", "Alvarez", "Ana", "Oak School", "3"],
        ["A212", "Baker", "Ben", "Oak School", "7"],
        ["A212", "Baker", "Ben", "Oak School", "8"],
        ["A312", "Cole", "Cy", "Oak School", "8"],
        ["A312", "Cole", "Cy", "Elm School", "8"],
        ["A112", "Alvarez", "Ana", "Oak School", "3"],
    ]
    told = notices(store, book(headers, rows))
    assert told["two_grades"].startswith("1 student stands (rows 3, 4) in different grades at one school")
    assert told["two_schools"].startswith("1 student stands (rows 5, 6) at different schools from the same day")
    assert not {"two_grades", "two_schools"} & set(notices(store, book(headers, [*rows[:2], rows[5]])))


def test_a_student_who_moved_is_no_contradiction(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "Entry Date", "Exit Date"]
    rows = [
        ["A112", "Alvarez", "Ana", "Oak School", "3", f"8/17/{NOW}", f"9/30/{NOW}"],
        ["A112", "Alvarez", "Ana", "Elm School", "3", f"10/1/{NOW}", None],
    ]
    assert "two_schools" not in notices(store, book(headers, rows))


def test_a_tab_for_each_grade_and_a_class_list_need_no_column_for_it(store):
    headers = ["ID", "Last Name", "First Name", "School"]
    students = zip(["A012", "A112", "A212"], NAMES, ["Kinder", "1st Grade", "Gr 2"], strict=False)
    tabs = [sheet([[local, *name, "Oak School"]], name=tab, headers=headers) for local, name, tab in students]
    load(store, workbook(*tabs))
    titled = [["Mr. Vega – Room 4 – Grade 5"], headers, ["A412", "Egan", "Eve", "Elm School"]]
    load(store, workbook(sheet(titled, name="Sheet1")))
    assert [(local, grade) for local, _, grade, *_ in spans(store)] == [
        ("A012", "K"), ("A112", "1"), ("A212", "2"), ("A412", "5"),
    ]  # fmt: skip


def test_tabs_of_which_one_names_no_grade_are_refused_in_words(store):
    headers = ["ID", "Last Name", "First Name", "School"]
    tabs = [sheet([["A112", "Fox", "Flo", "Oak School"]], name=tab, headers=headers) for tab in ("Grade 3", "Others")]
    with pytest.raises(Refusal, match="name each sheet after its grade"):
        preview(store, workbook(*tabs))


def numbered(numbers: list[str], grade="3", last=None):
    """A roster of the same students under those numbers."""
    rows = [
        [number, last or name[0], name[1], "Oak School", grade] for number, name in zip(numbers, NAMES, strict=True)
    ]
    return book(["Student ID", "Last Name", "First Name", "School", "Grade"], rows, name=f"{numbers[0]}{grade}.csv")


def asked(store, roster) -> list:
    planned = preview(store, roster)
    planned.close()
    stops = {question.code for question in at_command_line(planned)}
    return [question.sentence for question in planned.hold if question.code == "same_names" and "same_names" in stops]


ZEROS, STATE = [f"0010{n}" for n in range(6)], [f"77100{n}3" for n in range(6)]


def test_a_roster_whose_numbers_lost_their_zeros_does_not_double_its_students_unasked(store):
    load(store, numbered(ZEROS))
    (sentence,) = asked(store, numbered([number.lstrip("0") for number in ZEROS]))
    assert sentence.startswith(
        "6 students have the name and, but for zeros at its beginning, the number of one who is there"
    )
    assert "100 here, 00100 there" in sentence
    (next_year,) = asked(store, numbered([number.lstrip("0") for number in ZEROS], grade="4"))
    assert next_year.startswith("6 students have")


def test_the_ids_of_a_roster_are_read_with_their_zeros_where_a_person_says_so(store):
    load(store, numbered(ZEROS))
    cut = numbered([number.lstrip("0") for number in ZEROS], grade="4")
    planned = preview(store, cut)
    planned.close()
    (lost,) = [question for question in planned.questions if question.code == "lost_zeros"]
    assert lost.options == ["5"] and "(100 as 00100), ids of this roster are those of 6 students" in lost.sentence
    load(store, cut, choices=Choices(id_digits=5))
    assert store.query("SELECT local_id FROM student ORDER BY 1")["local_id"].tolist() == ZEROS
    with pytest.raises(Refusal, match="would both be 00100"):
        preview(store, numbered(["100", "0100", *ZEROS[2:]]), choices=Choices(id_digits=5))


def test_where_the_earlier_roster_lost_its_zeros_that_one_is_to_be_undone(store):
    load(store, numbered([number.lstrip("0") for number in ZEROS]))
    (sentence,) = asked(store, numbered(ZEROS))
    assert sentence.endswith("Undo the roster that was loaded without the zeros, and load this one then.")
    planned = preview(store, numbered(ZEROS))
    planned.close()
    assert not planned.questions


def test_a_roster_with_another_kind_of_numbers_is_asked_about(store):
    load(store, numbered(ZEROS))
    (sentence,) = asked(store, numbered(STATE))
    assert sentence.startswith("6 students have the name and grade of one who is there under another number")


def test_a_class_list_without_numbers_is_asked_about_where_the_roster_has_them(store):
    load(store, numbered(ZEROS))
    names = [[last, first, "Oak School", "3"] for last, first in NAMES]
    (sentence,) = asked(store, book(["Last Name", "First Name", "School", "Grade"], names))
    assert "this roster has no student numbers" in sentence


def test_the_same_roster_again_other_students_and_other_grades_are_not_asked_about(store):
    load(store, numbered(ZEROS))
    for roster in (
        numbered(ZEROS),
        numbered(ZEROS, grade="4"),
        numbered(STATE, last="Gray"),
        numbered(STATE, grade="7"),
    ):
        assert asked(store, roster) == []


@pytest.mark.parametrize(
    "header", ["Suffix", "Last Name Suffix", "Generation", "Student.NameSuffix", "GenerationCodeSuffix"]
)
def test_a_column_for_father_and_son_is_joined_to_the_last_name(store, header):
    rows = [["1", "Ben", "Smith", "Jr.", "Oak ES", "5"], ["2", "Ben", "Smith", "III", "Oak ES", "5"],
            ["3", "Cy", "Young Jr", "JR", "Oak ES", "4"], ["4", "Dee", "Wood", "none", "Oak ES", "4"]]  # fmt: skip
    given = workbook(sheet(rows, headers=["Student ID", "First Name", "Last Name", header, "School", "Grade"]))
    load(store, given, kind="roster")
    assert store.query("SELECT last_name FROM student ORDER BY local_id")["last_name"].tolist() == [
        "Smith Jr.", "Smith III", "Young Jr", "Wood",
    ]  # fmt: skip
    calls = [["Ben Smith III", "9/2/2025", "Phone"], ["Ben Smith", "9/3/2025", "Phone"]]
    found = load(store, workbook(sheet(calls, headers=["Student Name", "Date", "Method"]), name="log.csv"))
    assert (found.counts["rows_loaded"], found.counts["rows_unmatched"]) == (1, 1)


def test_one_student_of_next_year_makes_this_year_no_earlier_one(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "Entry Date"]
    rows = [[f"A{n}12", last, first, "Oak School", 3, f"8/17/{NOW}"] for n, (last, first) in enumerate(NAMES)]
    rows.append(["B512", "Gray", "Gus", "Oak School", "K", f"8/16/{NOW + 1}"])
    planned = preview(store, book(headers, rows))
    planned.close()
    assert planned.old_entries == 0
    assert "old_entries" not in {asked.code for asked in planned.hold}


@pytest.mark.parametrize("header", ["No Show", "enrollment.noShow", "NoShow"])
def test_who_never_came_is_not_enrolled(store, header):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "Entry Date", "W/D Date", "Status", header]
    rows = [[f"A{n}12", last, first, "Oak School", 3, f"8/17/{NOW}", None, "Active", 0]
            for n, (last, first) in enumerate(NAMES)]  # fmt: skip
    rows[1][6], rows[2][8], rows[3][6:] = f"9/30/{NOW}", 1, [f"8/17/{NOW}", "Active", 1]
    planned = preview(store, book(headers, rows))
    planned.close()
    assert planned.counts["rows_left_out"] == 2
    load(store, book(headers, rows))
    assert [(number, leaves) for number, *_, leaves in spans(store)] == [
        ("A012", None), ("A112", f"{NOW}-09-30"), ("A412", None), ("A512", None)
    ]  # fmt: skip


def test_numbers_of_a_status_still_speak_beside_a_no_show(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "Enroll_Status", "No Show"]
    rows = [[f"A{n}12", last, first, "Oak School", 3, 0, "N"] for n, (last, first) in enumerate(NAMES)]
    rows[1][5], rows[2][6] = 2, "Y"
    load(store, book(headers, rows))
    assert [number for number, *_ in spans(store)] == ["A012", "A312", "A412", "A512"]


def test_a_roster_of_last_year_that_comes_late_takes_no_new_name_back(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade"]
    last = f"{NOW - 1}-{NOW % 100:02d}"
    load(store, book(headers, [["A112", "Fox-Ray", "Flo", "Oak Elementary", 4]], f"Roster {YEAR}.csv"))
    load(store, book(headers, [["A112", "Fox", "Flo", "OAK ES", 3]], f"Roster {last}.csv"))
    assert store.rows("SELECT last_name FROM student") == [("Fox-Ray",)]
    assert {(name, grade, year) for _, name, grade, year, *_ in spans(store)} == {
        ("Oak Elementary", "4", YEAR), ("Oak Elementary", "3", last)
    }  # fmt: skip


def test_rows_for_each_guardian_or_class_that_differ_are_told(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "Home Language", "IEP", "Entry", "Exit"]
    ana = ["A112", "Alvarez", "Ana", "Oak School", "3", "Spanish", "Y", f"8/17/{NOW}", None]
    ben = ["A212", "Baker", "Ben", "Oak School", "7", "English", "N", f"8/17/{NOW}", f"9/30/{NOW}"]
    other = ["A112", "Alvarez", "Ana", "Oak School", "3", "English", None, f"8/17/{NOW}", None]
    told = notices(store, book(headers, [ana, other, ben, [*ben[:7], f"8/17/{NOW}", None]]))
    assert told["two_values"].startswith("1 student stands (rows 2, 3) in rows that differ in the home language;")
    assert told["two_exits"].startswith("1 student stands (rows 4, 5) with different last days")
    blank = [*other[:5], None, "Y", f"8/17/{NOW}", None]
    back = [*ben[:7], f"11/1/{NOW}", None]
    assert not {"two_values", "two_exits"} & set(notices(store, book(headers, [ana, blank, ben, back])))
