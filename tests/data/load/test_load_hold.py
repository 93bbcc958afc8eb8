"""Files that look like an accident are held with a question before anything is stored."""

import pytest

from data.errors import Refusal
from data.load import commit
from data.store import open_store
from tests.support.loading import load, log, preview, roster


def rows(count: int, bad: int = 0, month: int = 9) -> list[list[str]]:
    """`count` rows of a log, the first `bad` of them without a date that can be read."""
    return [
        ["00123", "soon" if n < bad else f"{month}/{1 + n % 28}/2025", "Phone", "Outbound", "Reached", f"Staff {n}", ""]
        for n in range(count)
    ]


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "store.duckdb")
    load(opened, roster())
    yield opened
    opened.close()


def held(store, book) -> list[str]:
    planned = preview(store, book)
    codes = [question.code for question in planned.hold]
    planned.close()
    return codes


@pytest.mark.parametrize("bad, codes", [(21, ["much_set_aside"]), (20, [])])
def test_a_file_of_which_more_than_a_fifth_would_wait_is_held(store, bad, codes):
    assert held(store, log(rows(100, bad))) == codes


@pytest.mark.parametrize("count, codes", [(4000, ["round_cap"]), (3999, []), (4001, [])])
def test_a_file_that_ends_where_exports_are_cut_off_is_held(store, count, codes):
    assert held(store, log(rows(count))) == codes


def test_a_file_of_under_half_of_the_usual_rows_is_held(store):
    for month in (9, 10):
        load(store, log(rows(200, month=month), name=f"{month}.csv"))
    short = log(rows(90, month=3), name="short.csv")
    assert held(store, short) == []
    load(store, log(rows(200, month=2), name="2.csv"))
    assert held(store, short) == ["few_rows"]
    assert held(store, log(rows(101, month=3), name="half.csv")) == []


def test_a_held_file_is_committed_only_when_somebody_says_so(store):
    planned = preview(store, log(rows(100, 50)))
    with pytest.raises(Refusal, match="50 of 100 rows") as refused:
        commit(store, planned, "Ms. Rivera")
    assert refused.value.code == "held"
    assert store.value("SELECT count(*) FROM contact_row") == 0
    assert commit(store, planned, "Ms. Rivera", accept_hold=True).counts["rows_loaded"] == 50
    planned.close()
