"""Same students from a store: who is counted, equal to a brute-force count; control, cross-section and refusals."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from access.viewer import LOCAL, Viewer
from analytics import transition, transition_estimate
from analytics.question import Question
from analytics.student_sums import COUNTED, OTHERS, student_sums
from data.derive import derive
from data.errors import Refusal
from data.store import open_store
from tests.support import districts, oracle
from tests.support.oracle_drop_off import only
from tests.support.oracle_words import Contact, Span, World


@pytest.mark.parametrize("name", COUNTED)
def test_sums_of_each_student_equal_the_oracle(store, world, name):
    """Every student, grade and year: numerator, denominator, days and the school of the last day."""
    theirs = {}
    for key, part in oracle.parts(world, by=("grade", "school_year")).items():
        for student in {entry[0] for entry in part.days}:
            mine = only(part, student)
            cell = oracle.MEASURES[name](mine)
            last = max(mine.days, key=lambda entry: entry[1])[2].school
            theirs[(student, *key)] = (cell.numerator, cell.denominator, len(mine.days), last)
    ids = dict(store.rows("SELECT school_id, name FROM school"))
    ours = {
        (row["student_id"], row["grade"], row["school_year"]): (
            row["numerator"], row["denominator"], row["days"], ids[row["school_id"]],
        )
        for row in student_sums(store, LOCAL, Question(name)).to_dict("records")
    }  # fmt: skip
    assert len(ours) > 90
    assert ours == theirs


# -- a drawn district ----------------------------------------------------------------------------------

YEARS = {"2024-25": date(2024, 9, 1), "2025-26": date(2025, 9, 1)}


def drawn(receivers=4, after=lambda number: 2 + number % 3):
    """Two feeders for each middle school, each with one fifth grader of 100 days a year: 4 or 5 contacts, then `after`.

    Beside them: a student of 29 days in grade 5, one who leaves after grade 5, one who comes in grade 6, and a
    fourth grader in every feeder who stays there for grade 5 with 2 contacts, then 2.
    """
    spans, contacts = [], []

    def attend(student, school, grade, year, days=100, times=0):
        entry = YEARS[year]
        spans.append(Span(student, "North", school, grade, year, entry, entry + timedelta(days - 1), len(spans)))
        for count in range(times):
            row, day = (1, len(contacts)), entry + timedelta(count)
            contacts.append(Contact(row, student, "North", day, direction="outbound", outcome="sent"))

    for number in range(2 * receivers):
        feeder, middle = f"Feeder {number}", f"Middle {number % receivers}"
        attend(number, feeder, "5", "2024-25", times=4 + number % 2)
        attend(number, middle, "6", "2025-26", times=after(number))
        attend(100 + number, feeder, "4", "2024-25", times=2)
        attend(100 + number, feeder, "5", "2025-26", times=2)
    attend(200, "Feeder 0", "5", "2024-25", days=29, times=9)
    attend(200, "Middle 0", "6", "2025-26", times=1)
    attend(201, "Feeder 0", "5", "2024-25", days=30, times=9)
    attend(202, "Middle 0", "6", "2025-26", times=1)
    contacts.append(Contact((1, len(contacts)), 0, "North", date(2026, 6, 1), audience="mass"))
    return World(spans, contacts)


@pytest.fixture
def opened(tmp_path):
    stores = []

    def make(world):
        store = open_store(tmp_path / f"{len(stores)}.duckdb")
        stores.append(store)
        districts.write(store, world)
        with store.writing() as cursor:
            derive(cursor)
        return store

    yield make
    for store in stores:
        store.close()


def test_who_is_compared_and_who_was_seen_once(opened):
    row = transition.answer(opened(drawn()), LOCAL, Question("contact_rate"), ("5",)).table.iloc[0]
    assert (row["students"], row["sending_schools"], row["receiving_schools"]) == (8, 8, 4)
    # Student 201 left; 202 came, and 200 had only 29 days in grade 5.
    assert (row["only_first"], row["only_second"]) == (1, 2)
    before, after = 4 * 4 + 4 * 5, sum(2 + number % 3 for number in range(8))
    assert row["before"] == pytest.approx(30 * before / 800) and row["after"] == pytest.approx(30 * after / 800)
    assert row["ratio"] == pytest.approx(after / before)
    assert row["low"] < row["ratio"] < row["high"] and row["note"] == ""


def test_the_control_stayed_in_one_school(opened):
    row = transition.answer(opened(drawn()), LOCAL, Question("contact_rate"), ("5",)).table.iloc[0]
    assert (row["control_ratio"], row["control_students"]) == (1, 8)
    assert row["difference_ratio"] == pytest.approx(row["ratio"])
    assert row["difference_low"] < row["difference_ratio"] < row["difference_high"]


def test_three_receiving_schools(opened):
    row = transition.answer(opened(drawn(receivers=3)), LOCAL, Question("contact_rate"), ("5",)).table.iloc[0]
    assert row["note"] == "too few schools for an interval"
    assert np.isnan(row["low"]) and row["ratio"] > 0


def test_other_measures_count_the_same_students(opened):
    store = opened(drawn())
    reach = transition.answer(store, LOCAL, Question("reach"), ("5",)).table.iloc[0]
    assert (reach["before"], reach["after"], reach["ratio"], reach["students"]) == (1, 1, 1, 8)
    assert reach["note"] == "all schools are alike: no interval"
    replies = transition.answer(store, LOCAL, Question("family_reply_rate"), ("5",)).table.iloc[0]
    assert (replies["before"], replies["note"]) == (0, transition_estimate.NONE_BEFORE)


def test_one_school_year_has_no_same_students(opened):
    world = drawn()
    contacts = [contact for contact in world.contacts if contact.day.year < 2025]
    one_year = World([span for span in world.spans if span.school_year == "2024-25"], contacts)
    found = transition.answer(opened(one_year), LOCAL, Question("contact_rate"))
    assert transition.ONE_YEAR in found.notes
    assert found.table["ratio"].isna().all() and found.table["students"].tolist() == [0, 0]


def test_a_year_in_which_only_other_grades_are_enrolled_is_a_year_all_the_same(opened):
    """Students of grades that are not compared come as one row a school year, so that no year is lost with them."""
    world = drawn()
    spans = [span for span in world.spans if span.school_year == "2024-25" or span.grade == "5"]
    store = opened(World([replace(span, grade="2") if span.school_year == "2025-26" else span for span in spans],
                         world.contacts))  # fmt: skip
    found = transition.answer(store, LOCAL, Question("contact_rate"), ("8",))
    assert transition.ONE_YEAR not in found.notes
    assert found.table["school_year"].tolist() == ["2024-25"] and found.table["students"].tolist() == [0]


@pytest.mark.parametrize("name", COUNTED)
def test_named_grades_have_the_rows_that_they_have_among_all(store, name):
    every = student_sums(store, LOCAL, Question(name))
    chosen = student_sums(store, LOCAL, Question(name), ("5", "6"))
    keys = ["student_id", "grade", "school_year"]
    mine, all_ = (rows[rows["grade"].isin(["5", "6"])].sort_values(keys, ignore_index=True) for rows in (chosen, every))
    assert len(mine) and mine.equals(all_)
    assert set(chosen["grade"]) == {"5", "6", OTHERS}


def test_each_pair_of_years_by_itself(opened):
    table = transition.answer(opened(drawn()), LOCAL, Question("contact_rate", by=("school_year",)), ("5",)).table
    assert table["school_year"].tolist() == ["2024-25"]


def test_a_principal_of_one_school_sees_no_transition_of_others(opened):
    mine = Viewer("principal", schools=("Feeder 0",))
    row = transition.answer(opened(drawn()), mine, Question("contact_rate"), ("5",)).table.iloc[0]
    assert (row["students"], row["receiving_schools"]) == (0, 0)


def test_a_disagreement_with_the_cross_section_is_said(opened):
    """The same students fall by half everywhere, while the grade below is as low in the second year already."""
    world = drawn(receivers=8, after=lambda number: 2 + number % 2)
    found = transition.answer(opened(world), LOCAL, Question("contact_rate"), ("5",))
    row = found.table.iloc[0]
    assert row["high"] < row["cross_low"]
    assert "From grade 5 to 6 the same students' value fell by 44 %" in found.notes[-1]
    usual = transition.answer(opened(drawn()), LOCAL, Question("contact_rate"), ("5",))
    assert not any("differ by more" in note for note in usual.notes)


def test_an_unfinished_year_is_said(opened):
    world = drawn()
    autumn = replace(world.contacts[-1], day=date(2025, 11, 15))
    early = World(world.spans, [*(c for c in world.contacts if c.day < date(2026, 1, 1)), autumn])
    notes = transition.answer(opened(early), LOCAL, Question("contact_rate")).notes
    assert any("2025-26 is not over" in note for note in notes)
    assert not any("not over" in note for note in transition.answer(opened(drawn()), LOCAL, Question("reach")).notes)


def test_a_year_of_a_few_days_makes_nobody_one_who_left(opened):
    """With 20 days of a third year, the students of the second were `only_first`, and the headline the control's."""
    world = drawn()
    sixth = [span for span in world.spans if span.grade == "6"]
    moved = [replace(span, school_year="2026-27", grade="7", entry=date(2026, 8, 15), exit=None) for span in sixth]
    latest = max(world.contacts, key=lambda contact: contact.day)
    young = World([*world.spans, *moved], [*world.contacts, replace(latest, day=date(2026, 9, 3))])
    whole = transition.answer(opened(world), LOCAL, Question("contact_rate"), ("5", "6"))
    found = transition.answer(opened(young), LOCAL, Question("contact_rate"), ("5", "6"))
    assert found.table["school_year"].tolist() == ["2024-25", "2024-25"]
    counts = ["students", "only_first", "only_second", "ratio"]
    pd.testing.assert_frame_equal(found.table[counts], whole.table[counts])
    assert "2026-27 is not compared yet: nobody has been enrolled in it for 30 days." in found.notes
    assert not transition.unfinished(found)


def test_refusals(store):
    for name in ("silent", "weeks_logged", "contacts_per_student", "days_to_reply"):
        with pytest.raises(Refusal, match="same students"):
            transition.answer(store, LOCAL, Question(name))
    with pytest.raises(Refusal, match="no grade '13'"):
        transition.answer(store, LOCAL, Question("reach"), ("13",))
    with pytest.raises(Refusal, match="school_year"):
        transition.answer(store, LOCAL, Question("reach", by=("band",)))
    with pytest.raises(Refusal):
        transition.answer(store, Viewer("panel"), Question("reach"))
