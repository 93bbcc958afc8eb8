"""A number explains itself: the same definition, counts and reasons in its popover, its tooltip and its export."""

import csv
import io
from datetime import date

import pytest

from access.viewer import LOCAL, Viewer
from analytics import drop_off, equity, spread, transition
from analytics.answer import ask
from analytics.left_out import LeftOut
from analytics.question import Question
from tests.support import screens
from ui import blocks, cache, explain, export, filters, gate

REASONS = (LeftOut("attempts that were not delivered", 7, "nobody was reached by them"),)


@pytest.fixture
def store(tmp_path, monkeypatch):
    screens.at(tmp_path, monkeypatch)
    return screens.sample(tmp_path)


def rows(data: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_words_of_a_popover(store):
    answer = ask(store, LOCAL, Question("family_reply_rate", ("band",)))
    whole = ask(store, LOCAL, Question("family_reply_rate")).table.iloc[0]
    said = explain.in_words(answer, LOCAL).replace("\\", "")
    assert "asks by the school with an answer within 7 days / asks by the school that are at least 7 days old" in said
    assert f"numerator {whole['numerator']:,.0f}, denominator {whole['denominator']:,.0f}" in said
    assert f"{whole['students']:,.0f} students in {whole['schools']:.0f} schools" in said
    assert "- Asks by the school that are still open: " in said and "too young to say whether an answer comes" in said
    for reason in cache.left_out(LOCAL, answer.question):
        assert str(reason) in said


def test_a_principal_reads_reasons_of_the_own_schools(store):
    school = store.value("SELECT name FROM school ORDER BY name LIMIT 1")
    principal = Viewer("principal", schools=(school,))
    found = cache.left_out(principal, Question("attempt_success"))
    assert found == cache.left_out(LOCAL, Question("attempt_success", schools=(school,)))
    assert found != cache.left_out(LOCAL, Question("attempt_success"))


@pytest.mark.parametrize(
    ("make", "columns"),
    [
        (lambda s, q: ask(s, LOCAL, Question("silent", ("band", "month"))), {"numerator", "denominator"}),
        (lambda s, q: drop_off.answer(s, LOCAL, q), {"numerator", "denominator"}),
        (lambda s, q: equity.answer(s, LOCAL, q, "iep"), {"numerator", "denominator", "called"}),
        (lambda s, q: spread.by_band(s, LOCAL, q), {"numerator", "denominator"}),
        (lambda s, q: transition.answer(s, LOCAL, q), {"numerator_before", "denominator_after", "only_first"}),
    ],
    ids=["a measure", "drop-off", "gaps", "spread", "same students"],
)
def test_every_export_carries_its_definition_and_what_was_left_out(store, make, columns):
    answer = make(store, Question("contact_rate"))
    table = export.explained(answer, REASONS)
    assert len(table) == len(answer.table), "further columns never double a row"
    words = {"measure", "unit", "numerator_is", "denominator_is", "caution", "method", "first_day", "left_out", "notes"}
    assert words | columns <= set(table.columns)
    assert {"students", "schools"} <= set(table.columns) or {"sending_schools", "students"} <= set(table.columns)
    found = rows(export.answer_csv(table))
    assert all(row["left_out"] == "Attempts that were not delivered: 7. Nobody was reached by them." for row in found)
    if columns >= {"numerator", "denominator"} and "bucket" not in table:
        known = table[table["denominator"] > 0]
        ratio = known["numerator"] / known["denominator"] * answer.measure.factor
        values = known["value"] if "rest" not in known else None  # a gap's value is over the cells compared
        assert values is None or ratio.to_numpy() == pytest.approx(values.to_numpy())


def test_the_export_of_contacts_per_family_says_that_it_counts_students(store):
    table = export.explained(spread.by_band(store, LOCAL, Question("contact_rate")))
    assert set(table["numerator_is"]) == {"students with so many delivered personal contacts (bucket)"}
    assert set(table["unit"]) == {"share of students"}
    assert (table.groupby("band")["numerator"].sum() == table.groupby("band")["students"].first()).all()


def test_a_csv_that_is_made_later_holds_what_the_page_showed(store, monkeypatch):
    monkeypatch.setattr(gate, "entered", lambda: LOCAL)
    answer = ask(store, LOCAL, Question("contact_rate", ("band",)))
    later = explain.csv(answer, also=ask(store, LOCAL, Question("reach", ("band",))))
    monkeypatch.setattr(gate, "entered", lambda: pytest.fail("nobody is asked who asks when a file is fetched"))
    monkeypatch.setattr(cache, "left_out", lambda *_: pytest.fail("nothing is counted when a file is fetched"))
    found = rows(later())
    assert {row["measure"] for row in found} == {"contact_rate", "reach"}
    assert [float(row["numerator"]) for row in found[: len(answer.table)]] == list(answer.table["numerator"])
    assert all(row["left_out"] for row in found)
    assert {row["filters"] for row in found} == {"all schools"}


def test_a_file_says_which_schools_channels_and_groups_it_counts(store, monkeypatch):
    """Who gets a file of one school's calls has no page beside it: it must not look like the district's contacts."""
    school = cache.offered(LOCAL).schools[0]
    where = (("band", "elementary"), ("channel", "phone"), ("channel", "text"))
    asked = Question("contact_rate", ("month",), schools=(school,), where=where)
    monkeypatch.setattr(gate, "entered", lambda: LOCAL)
    found = rows(explain.csv(ask(store, LOCAL, asked))())
    assert {row["filters"] for row in found} == {f"{school} · Elementary · Phone or Text"}
    principal = Viewer("principal", "Ms. Rivera", schools=(school,))
    monkeypatch.setattr(gate, "entered", lambda: principal)
    found = rows(explain.csv(ask(store, principal, Question("contact_rate", ("month",))))())
    assert {row["filters"] for row in found} == {school}, "a principal's file is not one of all schools"


def test_the_chart_of_all_channels_says_in_its_file_that_it_counts_all(store, monkeypatch):
    offered = cache.offered(LOCAL)
    monkeypatch.setattr(gate, "entered", lambda: LOCAL)
    now = filters.Filters(offered.first_day, offered.last_day, where=(("channel", "phone"),))
    block = blocks.drop_off_by_channel(LOCAL, now, "contact_rate", "light")
    found = rows(explain.csv(block.answer, table=block.table)())
    assert len({row["channel"] for row in found}) > 1 and {row["filters"] for row in found} == {"all schools"}


def test_one_student_of_one_school_is_counted_in_good_english():
    row = {"numerator": 1, "denominator": 20, "students": 1, "schools": 1}
    days = {"first_day": date(2025, 9, 1), "last_day": date(2025, 9, 3)}
    assert "; 1 student in 1 school; " in explain._numbers(row | days)


@pytest.mark.parametrize("page", ["overview", "grade_bands", "two_way", "equity", "partnership"])
def test_every_popover_of_a_page_says_what_was_left_out(store, page):
    test = screens.opened(page)
    assert not test.exception
    said = [block.value.replace("\\", "") for block in test.markdown if "**Counted**" in block.value]
    assert len(said) >= 2 or page == "equity" and said
    for words in said:
        assert "in all: numerator " in words and " students in " in words
        assert "**Left out and why**" in words or explain.NOTHING in words
    assert all("**Counted**" in tile.help and "numerator " in tile.help for tile in test.metric)
