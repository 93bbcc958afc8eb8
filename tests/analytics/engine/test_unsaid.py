"""What no loaded log has a column for is said, instead of to choose a longer period or more schools."""

import pytest

from access.viewer import LOCAL
from analytics.answer import ask
from analytics.figures import findings
from analytics.question import Question
from data.store import open_store
from tests.support.loading import load, log, roster
from ui import empty

HEADERS = ["Student ID", "Date", "Method", "Student present", "Tone"]


def test_a_chart_of_what_no_log_says_names_the_column_and_not_the_filters(tmp_path):
    store = open_store(tmp_path / "store.duckdb")
    load(store, roster())
    load(store, log([["00123", "9/2/2025", "Email", "", "Positive"]], headers=HEADERS))
    present, tone = (ask(store, LOCAL, Question(name)) for name in ("student_present", "positive_share"))
    assert findings.why_empty(present).startswith("No loaded log says whether the student took part")
    assert empty.filtered(present) == findings.why_empty(present)
    assert tone.table["value"].tolist() == [1.0] and tone.notes == ()
    load(store, log([["00124", "9/3/2025", "Meeting", "Yes", ""]], headers=HEADERS, name="more.csv"))
    assert ask(store, LOCAL, Question("student_present")).notes == ()
    store.close()


@pytest.mark.parametrize("measure", ["student_present", "positive_share", "two_way_share", "contact_rate"])
def test_without_a_contact_that_is_said_and_no_column(tmp_path, measure):
    store = open_store(tmp_path / "store.duckdb")
    load(store, roster())
    assert ask(store, LOCAL, Question(measure)).notes == ("No contacts have been loaded yet. Load a contact log.",)
    store.close()
