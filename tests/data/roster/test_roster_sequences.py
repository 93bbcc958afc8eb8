"""Rosters one after the other: moves, students left out and back again, undo. No history is rewritten, but for an entry
date that turned out wrong."""

from datetime import date

import pytest

from data import roster
from data.roster import schools
from tests.support.rosters import (
    ELM,
    NOVEMBER,
    OAK,
    OCTOBER,
    SEPTEMBER,
    about,
    cells,
    children,
    everything,
    fresh_store,
    load,
    spans,
    undo,
)


def test_a_roster_without_dates_covers_its_school_year(write):
    load(write, cells(*children("1")), 1, day=SEPTEMBER)
    assert spans(write) == [("1", OAK, "5", "2025-08-15", "2026-06-15")]


def test_no_exit_date_means_to_the_end_of_the_school_year(write):
    load(write, cells(*children("1"), entry_date=date(2025, 9, 8)), 1)
    assert spans(write) == [("1", OAK, "5", "2025-09-08", None)]
    last = write.execute("SELECT exit_day - (DATE '2026-06-30' - DATE '1970-01-01') FROM enrollment").fetchall()
    assert last == [(0,)]


def test_a_student_absent_from_a_full_roster_ends_the_day_before_its_date(write):
    load(write, cells(*children("1", "2", "3")), 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2")), 2, day=OCTOBER)
    assert spans(write)[2] == ("3", OAK, "5", "2025-08-15", "2025-10-02")
    assert [span[4] for span in spans(write)[:2]] == ["2026-06-15", "2026-06-15"]


def test_a_roster_that_names_under_half_of_a_school_only_adds(write):
    load(write, cells(*children("1", "2", "3")), 1, day=SEPTEMBER)
    load(write, cells(*children("1")), 2, day=OCTOBER)
    assert {span[4] for span in spans(write)} == {"2026-06-15"}


def test_who_enters_on_the_rosters_date_is_not_left_out_by_it_and_who_leaves_on_it_is(write):
    """Of the two who are open on 3 October, 1 to that day, the roster names one: half, so it is full."""
    first = cells(*children("1", "2", "3"))
    first["entry_date"] = [date(2025, 8, 20), date(2025, 8, 20), OCTOBER]
    first["exit_date"] = [OCTOBER, None, None]
    load(write, first, 1, day=SEPTEMBER)
    load(write, cells(*children("2")), 2, day=OCTOBER)
    assert [(span[0], *span[3:]) for span in spans(write)] == [
        ("1", "2025-08-20", "2025-10-02"), ("2", "2025-08-20", None), ("3", "2025-10-03", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("named_on", "leaves"), [(OCTOBER, "2025-10-03"), (date(2025, 10, 4), None), (date(2026, 8, 3), "2025-10-03")]
)
def test_an_exit_holds_unless_a_later_roster_of_the_year_names_the_student_after_it(write, named_on, leaves):
    first = cells(*children("1", "2"), entry_date=date(2025, 8, 20))
    first["exit_date"] = [OCTOBER, None]
    load(write, first, 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2"), school_year="2025-26"), 2, day=named_on)
    assert [span[4] for span in spans(write)] == [leaves, None]


def test_a_person_can_say_that_a_roster_is_full_or_not(write):
    load(write, cells(*children("1", "2", "3")), 1, day=SEPTEMBER)
    load(write, cells(*children("1")), 2, day=OCTOBER, closes=True)
    assert [span[4] for span in spans(write)] == ["2026-06-15", "2025-10-02", "2025-10-02"]
    write.execute("UPDATE upload SET full_roster = FALSE WHERE upload_id = 2")
    roster.rebuild(write)
    assert {span[4] for span in spans(write)} == {"2026-06-15"}


def test_files_by_grade_do_not_close_each_other(write):
    for number, ids in enumerate((["1", "2"], ["3", "4"], ["5"]), start=1):
        load(write, cells(*children(*ids)), number, day=SEPTEMBER)
    load(write, cells(*children("1", "2", "3", "4")), 4, day=OCTOBER)
    assert [span[4] for span in spans(write)] == ["2026-06-15"] * 4 + ["2025-10-02"]


def test_a_roster_says_nothing_about_schools_and_years_that_it_does_not_name(write):
    load(write, cells(*children("1", "2"), *children("3", school=ELM, grade="6")), 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2"), school_year="2024-25"), 2, day=SEPTEMBER)
    load(write, cells(*children("1", "2")), 3, day=OCTOBER)
    assert ("3", ELM, "6", "2025-08-15", "2026-06-15") in spans(write)
    assert ("1", OAK, "5", "2024-08-15", "2025-06-15") in spans(write)


def test_a_student_who_comes_back_gets_a_new_span(write):
    load(write, cells(*children("1", "2", "3")), 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2")), 2, day=OCTOBER)
    load(write, cells(*children("1", "2", "3")), 3, day=NOVEMBER)
    assert spans(write)[2:] == [
        ("3", OAK, "5", "2025-08-15", "2025-10-02"),
        ("3", OAK, "5", "2025-11-04", "2026-06-15"),
    ]


def test_a_move_seen_by_rosters_without_dates_counts_from_the_later_roster(write):
    load(write, cells(*children("1", "2"), *children("8", "9", school=ELM)), 1, day=SEPTEMBER)
    load(write, cells(*children("1"), *children("2", "8", "9", school=ELM)), 2, day=OCTOBER)
    assert [span for span in spans(write) if span[0] == "2"] == [
        ("2", OAK, "5", "2025-08-15", "2025-10-02"),
        ("2", ELM, "5", "2025-10-03", "2026-06-15"),
    ]


def test_school_rosters_that_keep_naming_a_student_of_both_do_not_flap(write):
    for number, (school, day) in enumerate(
        ((OAK, SEPTEMBER), (ELM, SEPTEMBER), (OAK, OCTOBER), (ELM, OCTOBER)), start=1
    ):
        load(write, cells(*children("1", school=school)), number, day=day)
    assert [span[3] for span in spans(write)] == ["2025-08-15", "2025-08-15"]
    latest = write.execute("SELECT c.name FROM enrollment JOIN school AS c USING (school_id) ORDER BY load_order DESC")
    assert latest.fetchall()[0] == (ELM,)


def test_a_move_with_dates_ends_the_old_span_by_the_roster_that_shows_it(write):
    load(write, cells(*children("1", "2", "3"), entry_date=date(2025, 8, 20)), 1, day=SEPTEMBER)
    later = cells(*children("1", "2"), *children("3", school=ELM), entry_date=date(2025, 8, 20))
    later.loc[2, "entry_date"] = date(2025, 9, 22)
    load(write, later, 2, day=OCTOBER)
    assert [span[1:] for span in spans(write) if span[0] == "3"] == [
        (OAK, "5", "2025-08-20", "2025-10-02"),
        (ELM, "5", "2025-09-22", None),
    ]


def test_a_roster_that_names_the_same_dates_again_takes_the_closing_back(write):
    dated = {"entry_date": date(2025, 8, 20)}
    load(write, cells(*children("1", "2", "3"), **dated), 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2"), **dated), 2, day=OCTOBER)
    assert spans(write)[2][4] == "2025-10-02"
    load(write, cells(*children("1", "2", "3"), **dated), 3, day=NOVEMBER)
    assert spans(write)[2] == ("3", OAK, "5", "2025-08-20", None)


def test_dates_that_a_file_gives_replace_those_that_the_school_year_filled_in(write):
    load(write, cells(*children("1")), 1, day=SEPTEMBER)
    load(write, cells(*children("1"), entry_date=date(2025, 8, 25)), 2, day=SEPTEMBER)
    assert spans(write) == [("1", OAK, "5", "2025-08-25", None)]
    load(write, cells(*children("1", grade="4")), 3, day=OCTOBER)
    assert spans(write) == [("1", OAK, "4", "2025-08-25", None)]


def test_a_return_in_january_does_not_erase_the_autumn(write):
    load(write, cells(*children("1")), 1, day=SEPTEMBER)
    load(write, cells(*children("1"), entry_date=date(2026, 1, 12)), 2, day=date(2026, 1, 20))
    assert [span[3] for span in spans(write)] == ["2025-08-15", "2026-01-12"]


def test_an_exit_date_holds_until_a_later_roster_names_the_student_after_it(write):
    given = {"entry_date": date(2025, 8, 20)}
    load(write, cells(*children("1"), **given, exit_date=date(2025, 9, 30)), 1, day=OCTOBER)
    load(write, cells(*children("1"), **given), 2, day=date(2025, 9, 15))
    assert spans(write)[0][4] == "2025-09-30"
    load(write, cells(*children("1"), **given), 3, day=NOVEMBER)
    assert spans(write)[0][4] is None


def test_later_values_win_and_empty_ones_erase_nothing(write):
    given = {"entry_date": date(2025, 8, 20)}
    load(write, cells(*children("1"), **given, home_language="spanish", iep=True), 1)
    load(write, cells(("1", "Anna", None, OAK, "6"), **given, home_language=None, iep=False), 2)
    row = write.execute(
        "SELECT first_name, last_name, grade, home_language, iep FROM enrollment JOIN student USING (student_id)"
    ).fetchall()
    assert row == [("Anna", "Bo", "6", "spanish", False)]


def test_an_old_roster_that_is_loaded_late_closes_nobody_who_came_after_its_date(write):
    load(write, cells(*children("1", "2", "3")), 1, day=NOVEMBER)
    load(write, cells(*children("1", "2")), 2, day=SEPTEMBER)
    assert {span[4] for span in spans(write)} == {"2026-06-15"}


def test_summer_students_are_closed_by_the_first_roster_after_their_entry(write):
    given = {"entry_date": date(2025, 8, 15), "school_year": "2025-26"}
    load(write, cells(*children("1", "2", "3"), **given), 1, day=date(2025, 7, 10))
    load(write, cells(*children("1", "2"), **given), 2, day=date(2025, 8, 1))
    assert spans(write)[2][4] is None
    load(write, cells(*children("1", "2"), **given), 3, day=SEPTEMBER)
    assert spans(write)[2][4] == "2025-09-01"


def test_a_roster_of_a_past_year_closes_nobody(write):
    load(write, cells(*children("1", "2", "3"), school_year="2023-24"), 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2"), school_year="2023-24"), 2, day=OCTOBER)
    assert {span[4] for span in spans(write)} == {"2024-06-15"}


def test_of_two_schools_with_one_entry_date_the_later_loaded_has_the_higher_order(write):
    load(write, cells(*children("1", school=ELM)), 1)
    load(write, cells(*children("1", school=OAK)), 2)
    orders = write.execute("SELECT c.name, load_order FROM enrollment JOIN school AS c USING (school_id) ORDER BY 2")
    assert orders.fetchall() == [(ELM, 1), (OAK, 2)]


def test_undo_in_any_order_leaves_what_the_others_alone_would_give(tmp_path):
    files = {
        1: (cells(*children("1", "2", "3")), SEPTEMBER),
        2: (cells(*children("1"), *children("2", school=ELM)), OCTOBER),
        3: (cells(*children("1", "2", "3"), entry_date=date(2025, 8, 20), home_language="hmong"), NOVEMBER),
    }
    for gone in (1, 2, 3):
        with fresh_store(tmp_path / f"undone{gone}") as store, store.writing() as write:
            for number, (frame, day) in files.items():
                load(write, frame, number, day=day)
            assert undo(write, gone)
            undone = everything(write)
        with fresh_store(tmp_path / f"never{gone}") as store, store.writing() as write:
            for number, (frame, day) in files.items():
                if number != gone:
                    load(write, frame, number, day=day)
            assert everything(write) == undone


def test_undo_of_all_leaves_nothing(write):
    load(write, cells(*children("1")), 1)
    undo(write, 1)
    assert everything(write) == {"school": [], "student": [], "enrollment": []}


def test_only_students_whose_spans_changed_are_reported(write):
    _, first = load(write, cells(*children("1", "2", "3")), 1, day=SEPTEMBER)
    _, same = load(write, cells(*children("1", "2", "3")), 2, day=SEPTEMBER)
    _, closed = load(write, cells(*children("1", "2")), 3, day=OCTOBER)
    assert (len(first), len(same), len(closed)) == (3, 0, 1)
    assert roster.rebuild(write) == []


def test_the_preview_counts_what_would_change_and_changes_nothing(write):
    load(write, cells(*children("1", "2", "3")), 1, day=SEPTEMBER)
    before = everything(write)
    prepared = roster.prepare(cells(*children("1", "2", "4")), about(OCTOBER))
    write.register("planned", prepared.rows)
    found = roster.changes(write, "planned", spoken_for=prepared.roster_date)
    write.unregister("planned")
    assert found.counts == {
        "new_students": 1, "new_spans": 1, "changed_spans": 0, "ended_spans": 1, "replaced_spans": 0,
    }  # fmt: skip
    assert found.full and list(found.ended["local_id"]) == ["3"]
    assert [school.sentence for school in found.schools] == [
        "Oak Elementary, 2025-26: names 2 of the 3 students who are there, so the other one ends on the day before "
        "October 3."
    ]
    assert everything(write) == before


def test_the_preview_says_which_roster_only_adds(write):
    load(write, cells(*children("1", "2", "3")), 1, day=SEPTEMBER)
    write.register("planned", roster.prepare(cells(*children("3")), about(OCTOBER)).rows)
    found = roster.changes(write, "planned", spoken_for=OCTOBER)
    assert not found.full and found.counts["ended_spans"] == 0
    assert found.schools[0].sentence.endswith("so it only adds; nobody's enrollment ends.")
    assert roster.changes(write, "planned", closes=True, spoken_for=OCTOBER).counts["ended_spans"] == 2


def test_schools_are_one_whatever_way_they_are_written_and_codes_stand_for_names(write):
    load(write, cells(*children("1", school="Oak Elementary School"), school_code="101"), 1)
    load(write, cells(*children("2", school="OAK ES"), *children("3", school=None), school_code="101"), 2)
    load(write, cells(*children("4", school="101")), 3)
    kept = write.execute("SELECT name, short_name, low_grade, high_grade FROM school").fetchall()
    assert kept == [("OAK ES", "OAK ES", "5", "5")]  # the latest way to write it
    found = schools.resolve(write, "D", ["oak elementary", "Oak ES", "101", "Elm"])
    assert [found[text] is not None for text in ("oak elementary", "Oak ES", "101", "Elm")] == [True, True, True, False]


def _entering(*days, grade="5", **more):
    return cells(*children(*"123456"[: len(days)], grade=grade), entry_date=list(days), **more)


FIRST, LATER, KEPT = date(2025, 9, 2), date(2025, 10, 16), date(2025, 8, 20)


def test_an_entry_date_that_a_later_full_roster_corrects_replaces_the_earlier_one(write):
    load(write, _entering(FIRST, KEPT), 1, day=NOVEMBER)
    load(write, _entering(LATER, KEPT), 2, day=date(2025, 11, 5))
    assert spans(write) == [("1", OAK, "5", "2025-10-16", None), ("2", OAK, "5", "2025-08-20", None)]
    undo(write, 2)
    assert spans(write)[0][3] == "2025-09-02"


def test_the_order_of_loads_does_not_matter_to_a_corrected_entry(write):
    load(write, _entering(LATER, KEPT), 1, day=date(2025, 11, 5))
    load(write, _entering(FIRST, KEPT), 2, day=NOVEMBER)
    assert [span[3] for span in spans(write)] == ["2025-10-16", "2025-08-20"]
    load(write, _entering(FIRST, KEPT), 3, day=date(2025, 11, 20))  # the correction is taken back
    assert [span[3] for span in spans(write)] == ["2025-09-02", "2025-08-20"]


def test_an_entry_that_was_expected_in_summer_gives_way_to_the_day_on_which_lessons_began(write):
    load(write, _entering(date(2025, 8, 18), grade="6"), 1, day=date(2025, 7, 20))
    load(write, _entering(date(2025, 8, 25), grade="6"), 2, day=date(2025, 9, 10))
    assert spans(write) == [("1", OAK, "6", "2025-08-25", None)]


def test_a_return_after_the_day_of_the_earlier_roster_keeps_the_earlier_stay(write):
    load(write, _entering(FIRST), 1, day=OCTOBER)
    load(write, _entering(LATER), 2, day=NOVEMBER)
    assert [span[3] for span in spans(write)] == ["2025-09-02", "2025-10-16"]


def test_stays_that_do_not_overlap_other_grades_and_partial_rosters_correct_nothing(write):
    whole = [FIRST, KEPT, KEPT, KEPT]
    load(write, _entering(*whole, exit_date=[date(2025, 9, 30), None, None, None]), 1, day=NOVEMBER)
    load(write, _entering(LATER, *whole[1:]), 2, day=date(2025, 11, 5))
    assert [span[3] for span in spans(write) if span[0] == "1"] == ["2025-09-02", "2025-10-16"]
    load(write, cells(*children("2"), entry_date=LATER), 3, day=date(2025, 11, 6))  # a program's list names one of four
    load(write, cells(*children("3", grade="6"), *children("4"), entry_date=[LATER, KEPT]), 4, day=date(2025, 11, 7))
    assert [span[3] for span in spans(write) if span[0] == "2"] == ["2025-08-20", "2025-10-16"]
    assert [span[2:4] for span in spans(write) if span[0] == "3"] == [("5", "2025-08-20"), ("6", "2025-10-16")]


def test_the_preview_names_the_rows_whose_entry_is_corrected(write):
    load(write, _entering(FIRST, KEPT), 1, day=NOVEMBER)
    prepared = roster.prepare(_entering(LATER, KEPT), about(date(2025, 11, 5)))
    write.register("planned", prepared.rows)
    found = roster.changes(write, "planned", spoken_for=prepared.roster_date)
    assert found.corrected == [
        (
            "corrected_entries",
            "1 student (row 2) has another entry date than an earlier roster gave for the same stay (row 2: 9/2/2025 "
            "before, 10/16/2025 now). The date of this roster counts, and contacts of days that are no longer part of "
            "the stay do not count there.",
        )
    ]
    assert found.moved_later == 1
