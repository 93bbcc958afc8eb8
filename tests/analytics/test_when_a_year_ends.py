"""A school year ends when its students leave, and some rosters never say of a few students when that was.

Eleven students of Lincoln leave on 12 June 2026, Zed's row has no exit date: he stays to 30 June, by himself.
A to D were reached on 1 June, the others only in September.
"""

from datetime import date

import pytest

from access.viewer import LOCAL
from analytics import choices
from analytics.answer import ask
from analytics.disclosure import cube
from analytics.figures import headlines
from analytics.question import Question
from data.store import open_store
from tests.support import loading

HEADERS = [*loading.ROSTER_HEADERS, "Exit Date"]
NAMES = list("ABCDEFGHIJK")
LEFT = [[f"1{n:02}", name, "Lopez", "Lincoln ES", "3", "8/15/2025", "6/12/2026"] for n, name in enumerate(NAMES)]
STAYED = [["199", "Zed", "Young", "Lincoln ES", "4", "8/15/2025", ""]]


def reached(student: str, day: str) -> list[str]:
    return [student, day, "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"]


def district(tmp_path, rows):
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.workbook(loading.sheet(rows, headers=HEADERS), name="roster.csv"))
    log = [reached(row[0], "9/10/2025") for row in rows] + [reached(row[0], "6/1/2026") for row in LEFT[:4]]
    loading.load(store, loading.log([*log, reached("100", "7/8/2026")]))  # in the summer: counts in no measure
    return store


def answers(store, measure: str, start: date, end: date):
    return ask(store, LOCAL, Question(measure, start=start, end=end))


@pytest.mark.parametrize("rows", [LEFT, LEFT + STAYED])
def test_a_release_counts_silent_families_on_the_last_day_of_lessons(tmp_path, rows):
    """On 30 June nobody, or Zed alone, would stand there: too few to show, and every other number hidden too."""
    store = district(tmp_path, rows)
    released = cube.students(store, "2025-26")
    assert released["at_end"].sum() == len(rows) and released["silent"].sum() == len(rows) - 4
    on_the_page = answers(store, "silent", date(2025, 7, 1), date(2026, 6, 12)).table
    assert on_the_page[["numerator", "denominator"]].values.tolist() == [[len(rows) - 4, len(rows)]]


def test_a_school_year_of_the_pages_ends_with_its_last_enrolled_day(tmp_path):
    store = district(tmp_path, LEFT)
    start, end = choices.offered(store, LOCAL).years["2025-26"]
    assert (start, end) == (date(2025, 8, 15), date(2026, 6, 12))
    assert answers(store, "silent", start, end).table["value"].iloc[0] == pytest.approx(7 / 11)
    for measure in ("contact_rate", "reach", "weeks_logged"):
        here, whole = (answers(store, measure, *days).table for days in ((start, end), (start, date(2026, 6, 30))))
        assert here["numerator"].iloc[0] == whole["numerator"].iloc[0]


def test_a_last_day_on_which_most_had_left_is_said(tmp_path):
    store = district(tmp_path, LEFT + STAYED)

    def said(end):
        return headlines.few_left(*(answers(store, name, date(2025, 8, 15), end) for name in ("silent", "reach")))

    assert said(date(2026, 6, 30)) == (
        "Silent families are counted among the one student enrolled on 30 June 2026, the last of these days; most of "
        "12 had left before."
    )
    assert said(date(2026, 6, 12)) == ""
    assert said(date(2026, 7, 4)) == "Silent families cannot be counted: no student was enrolled on 4 July 2026, the " \
        "last of these days."  # fmt: skip
