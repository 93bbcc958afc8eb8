"""The same log in other files gives the same answers: every measure, from the bytes' rows to the number.

Rows in another order, one file split into several that overlap, other ids of students, a school outside of what is
asked; and the whole log twice, which leaves every ratio as it is. Each comparison is shown to notice a change.
"""

import random

import pandas as pd
import pytest

from access.viewer import LOCAL
from analytics import drop_off
from analytics.answer import ask
from analytics.measures import MEASURES
from analytics.question import Question
from data.store import open_store
from tests.support import loading

HEADERS = [
    "Student ID", "Date", "Method", "Direction", "Result", "Staff", "Topic", "Tone", "Language", "Student present",
    "Audience",
]  # fmt: skip
SCHOOLS = {"Alder ES": "2", "Birch ES": "4", "Cedar ES": "5", "Dogwood MS": "6", "Elder MS": "7", "Fir MS": "8"}
ROSTER_HEADERS = [*loading.ROSTER_HEADERS, "Home Language", "IEP"]
NEW = ["99001", "Zoe", "Zorn", "Zinnia HS", "10", "8/15/2025", "Spanish", "Yes"]


def roster_rows() -> list[list]:
    return [
        [f"{100 * place + n:05d}", f"Kid{place}{n}", f"Name{place}{n}", school, grade, "8/15/2025"]
        + [("English", "Spanish", "Somali")[n % 3], ("Yes", "No")[n % 2]]
        for place, (school, grade) in enumerate(SCHOOLS.items(), start=1)
        for n in range(5)
    ]


def log_rows(seed: int = 5) -> list[list]:
    """Some 180 rows, no two alike: each has its own minute of the morning."""
    dice, rows = random.Random(seed), []
    for student in roster_rows():
        for _ in range(dice.randrange(13)):
            minute = len(rows)
            when = f"{dice.choice((9, 10, 11))}/{dice.randrange(1, 29)}/2025 {8 + minute // 60}:{minute % 60:02d} AM"
            rows.append(
                [student[0], when, dice.choice(("Phone", "Email", "Text", "Letter", "In person"))]
                + [dice.choice(("Outbound", "Outbound", "Inbound", ""))]
                + [dice.choice(("Sent", "Sent", "Left message", "Reached", "No answer"))]
                + [dice.choice(("Ms. Rivera", "Mr. Chen")), "Academics", dice.choice(("Positive", "Concern", ""))]
                + [dice.choice(("English", "Spanish", "")), dice.choice(("Yes", "No", ""))]
                + ["Mass" if dice.random() < 0.1 else "Personal"]
            )
    return rows


def log(rows, name: str = "log.csv"):
    return loading.log(rows, name=name, headers=HEADERS)


def roster(rows):
    return loading.workbook(loading.sheet(rows, headers=ROSTER_HEADERS), name="roster.csv")


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """A function: all measures by band, and two drop-offs, of a roster and logs loaded in this order."""

    def of(rows, *logs, **asked) -> dict[str, pd.DataFrame]:
        store = open_store(tmp_path_factory.mktemp("files") / "district.duckdb")
        loading.load(store, roster(rows))
        for one in logs:
            loading.load(store, one)
        found = {name: ask(store, LOCAL, Question(name, ("band",), **asked)).table for name in MEASURES}
        for name in ("contact_rate", "two_way_share"):
            found[f"drop-off of {name}"] = drop_off.answer(store, LOCAL, Question(name, **asked)).table
        store.close()
        return found

    return of


@pytest.fixture(scope="module")
def usual(answers):
    found = answers(roster_rows(), log(log_rows()))
    for name, table in found.items():
        assert table["value"].notna().any(), f"{name} is counted here"
    return found


def differences(found: dict, usual: dict, columns: list[str] | None = None) -> list[str]:
    """The answers that are not the same."""
    names = []
    for name, table in usual.items():
        here = [column for column in table if columns is None or column in columns]
        try:
            pd.testing.assert_frame_equal(found[name][here], table[here], rtol=1e-12)
        except AssertionError:
            names.append(name)
    return names


def test_the_order_of_rows(answers, usual):
    dice, people, rows = random.Random(1), roster_rows(), log_rows()
    dice.shuffle(people)
    dice.shuffle(rows)
    assert differences(answers(people, log(rows)), usual) == []


def test_one_file_split_into_several_that_overlap(answers, usual):
    rows = log_rows()
    parts = [rows[:60], rows[40:120], rows[120:], rows[150:]]
    assert all(parts)
    logs = [log(part, f"part {number}.csv") for number, part in enumerate(parts)]
    assert differences(answers(roster_rows(), *logs), usual) == []


def test_other_ids_of_students(answers, usual):
    other = {student[0]: f"X-{7 * int(student[0])}" for student in roster_rows()}
    people = [[other[row[0]], *row[1:]] for row in roster_rows()]
    rows = [[other[row[0]], *row[1:]] for row in log_rows()]
    assert differences(answers(people, log(rows)), usual) == []


def test_a_school_outside_of_what_is_asked(answers, usual):
    """Its contacts end on the same day, because the as-of date is the district's."""
    more = [["99001", *row[1:]] for row in log_rows()[:40]]
    found = answers([*roster_rows(), NEW], log([*log_rows(), *more]), schools=tuple(SCHOOLS))
    assert differences(found, usual) == []
    everywhere = answers([*roster_rows(), NEW], log([*log_rows(), *more]))
    assert set(differences(everywhere, usual)) == set(usual), "without the filter it is seen in every answer"


def test_twice_the_log_leaves_ratios(answers, usual):
    found = answers(roster_rows(), log([*log_rows(), *log_rows()]))
    doubled = {"contact_rate", "mass_messages", "contacts_per_student"}
    assert set(differences(found, usual, ["value"])) == doubled | {"drop-off of contact_rate"}
    for name in doubled:
        assert (found[name]["value"] == 2 * usual[name]["value"]).loc[usual[name]["value"].notna()].all(), name
    assert differences(found, usual, ["band", "ratio", "drop_off", "low", "high", "students", "schools", "note"]) == []


@pytest.mark.parametrize("lost", ["a row of the log", "a student", "an id"])
def test_a_real_change_is_noticed(answers, usual, lost):
    people, rows = roster_rows(), log_rows()
    if lost == "a row of the log":
        rows = [row for row in rows if not (row[4] == "Reached" and row[10] == "Personal")][:-1]
    elif lost == "a student":
        people = people[1:]
    else:
        rows = [["00499" if row[0] == "00400" else row[0], *row[1:]] for row in rows]
    assert len(differences(answers(people, log(rows)), usual)) >= 3
