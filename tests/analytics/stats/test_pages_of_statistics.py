"""Days to reply, funnels, trends, gaps and practices from a store: equal to the oracle and to `ask`."""

import csv
import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from access.viewer import LOCAL, Viewer
from analytics import equity, funnel, partnership, survival, trends
from analytics.answer import ask
from analytics.clustered import TOO_FEW
from analytics.question import Question
from data.derive import derive
from data.errors import Refusal
from data.store import open_store
from tests.support import oracle

THIS_YEAR = {"start": date(2025, 8, 18), "end": date(2026, 2, 1)}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("empty") / "empty.duckdb")
    yield store
    store.close()


# -- days to reply -------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [(), ("band",), ("channel",)])
def test_reply_curves_equal_the_oracle(store, world, by):
    found = survival.answer(store, LOCAL, Question("days_to_reply", by=by)).table
    theirs = oracle.measure(world, "days_to_reply", by=by)
    assert len(found)
    for row in found[found["denominator"] > 0].to_dict("records"):
        cell = theirs[tuple(row[cut] for cut in by)]
        assert row["within_2"] == pytest.approx(cell.extras["answered_in_2_days"], abs=1e-12)
        assert row["value"] == pytest.approx(np.nan if cell.value is None else cell.value, nan_ok=True)


def test_the_curve_of_a_band_falls_and_starts_with_all_asks(store):
    curves = survival.curves(store, LOCAL, Question("days_to_reply", by=("band",)))
    table = ask(store, LOCAL, Question("days_to_reply", by=("band",))).table.set_index("band")
    for band, curve in curves.groupby("band"):
        assert curve["survival"].is_monotonic_decreasing and curve["day"].tolist() == list(range(31))
        assert curve["at_risk"].iloc[0] == table.loc[band, "denominator"]


def test_no_ask_no_curve(empty):
    assert survival.curves(empty, LOCAL, Question("days_to_reply", by=("band",))).empty
    assert survival.answer(empty, LOCAL, Question("days_to_reply")).notes


# -- schools -------------------------------------------------------------------------------------------


def test_schools_with_limits_and_their_logging_beside(store):
    answer, found = funnel.answer(store, LOCAL, Question("two_way_share"))
    table = ask(store, LOCAL, Question("two_way_share", by=("school",))).table.set_index("school")
    logged = ask(store, LOCAL, Question("weeks_logged", by=("school",))).table.set_index("school")["value"]
    for row in answer.table.to_dict("records"):
        assert row["value"] == pytest.approx(table.loc[row["school"], "value"], nan_ok=True)
        assert row["weeks_logged"] == pytest.approx(logged[row["school"]], nan_ok=True)
    assert found.target == pytest.approx(table["numerator"].sum() / table["denominator"].sum())
    lines = funnel.lines(found, is_share=True)
    assert (lines["low_998"] <= lines["low_95"]).all() and (lines["high_95"] <= lines["high_998"]).all()
    assert lines["students"].is_monotonic_increasing


def test_the_sentence_names_schools_outside_and_ranks_none(store):
    answer, found = funnel.answer(store, LOCAL, Question("contact_rate"))
    outside = set(found.outside()["school"])
    for school in answer.table["school"]:
        assert (school in answer.notes[-1]) == (school in outside)


def test_two_schools_have_no_funnel(store):
    mine = Viewer("principal", schools=("Alder Elementary", "Ivy High"))
    answer, found = funnel.answer(store, mine, Question("reach"))
    assert found.note == funnel.TOO_FEW and "too few schools" in answer.notes[-1]
    assert funnel.lines(found, is_share=True).empty


# -- trends --------------------------------------------------------------------------------------------


def test_this_year_against_the_same_days_of_the_last(store):
    questions = tuple(Question(name, **THIS_YEAR) for name in ("contact_rate", "reach", "two_way_share"))
    table = trends.answer(store, LOCAL, questions)
    assert table["measure"].tolist() == [question.measure for question in questions]
    for question, row in zip(questions, table.to_dict("records"), strict=True):
        last = replace(question, start=date(2024, 8, 18), end=date(2025, 2, 1))
        assert row["now"] == pytest.approx(ask(store, LOCAL, question).table["value"].iloc[0])
        assert row["before"] == pytest.approx(ask(store, LOCAL, last).table["value"].iloc[0])
        assert row["low"] < row["change"] < row["high"]
        assert (row["called"] in ("rose", "fell")) <= (row["low"] > 0 or row["high"] < 0)


def test_changes_by_band(store):
    table = trends.answer(store, LOCAL, (Question("contact_rate", by=("band",), **THIS_YEAR),))
    values = ask(store, LOCAL, Question("contact_rate", by=("band",), **THIS_YEAR)).table.set_index("band")["value"]
    for row in table.to_dict("records"):
        assert row["now"] == pytest.approx(values[row["cut"]])


def test_days_after_the_as_of_date_are_not_compared(store):
    now, before = trends.periods(store, LOCAL, Question("reach", end=date(2026, 6, 30)))
    assert (now.start, now.end) == (date(2025, 7, 1), date(2026, 3, 10))
    assert (before.start, before.end) == (date(2024, 7, 1), date(2025, 3, 10))


def test_a_long_period_and_an_empty_store_have_no_change(store, empty):
    row = trends.answer(store, LOCAL, (Question("reach", start=date(2024, 7, 1)),)).iloc[0]
    assert (row["note"], row["called"]) == (trends.TOO_LONG, "no comparison")
    assert trends.answer(empty, LOCAL, (Question("reach"),)).empty
    with pytest.raises(Refusal, match="not a ratio"):
        trends.answer(store, LOCAL, (Question("days_to_reply"),))


# -- equity --------------------------------------------------------------------------------------------


def by_hand(world, name, cut, group):
    """(group's rate, the rest's rate weighted as the group is) over school x grade cells, from the oracle's cells."""
    cells = {}
    for school in {span.school for span in world.spans}:
        found = oracle.measure(world, name, by=("grade", cut), where=(("school", school),))
        for grade in {grade for grade, _ in found}:
            inside = found.get((grade, group))
            others = [cell for (of, value), cell in found.items() if of == grade and value != group]
            rest = (sum(cell.numerator for cell in others), sum(cell.denominator for cell in others))
            if inside and inside.denominator and rest[1]:
                cells[school, grade] = (inside.numerator, inside.denominator, rest[0] / rest[1])
    weight = sum(t for _, t, _ in cells.values())
    return sum(y for y, _, _ in cells.values()) / weight, sum(t * r for _, t, r in cells.values()) / weight


@pytest.mark.parametrize("name", ["contact_rate", "two_way_share"])
def test_gaps_equal_a_count_by_hand(store, world, name):
    found = equity.answer(store, LOCAL, Question(name), "iep")
    row = found.table.set_index("group").loc["yes"]
    group, rest = by_hand(world, name, "iep", "yes")
    scale = found.measure.factor
    assert (row["value"], row["rest"]) == pytest.approx((scale * group, scale * rest))
    assert row["gap"] == pytest.approx(scale * (group - rest))
    assert row["low"] < row["gap"] < row["high"] and 0 < row["compared"] <= 1


def test_unknown_is_no_group(store):
    found = equity.answer(store, LOCAL, Question("reach"), "race_ethnicity")
    assert "unknown" not in set(found.table["group"]) and len(found.table) >= 2


def test_equity_refusals(store, empty):
    with pytest.raises(Refusal, match="not a group"):
        equity.answer(store, LOCAL, Question("reach"), "month")
    with pytest.raises(Refusal, match="not a ratio"):
        equity.answer(store, LOCAL, Question("contacts_per_student"), "iep")
    found = equity.answer(empty, LOCAL, Question("reach"), "iep")
    assert found.notes and found.table["gap"].isna().all()


# -- partnership ---------------------------------------------------------------------------------------


def test_families_who_heard_concerns_only(store, world):
    heard = {}
    for contact, span in oracle.parts(world)[()].delivered:
        if contact.tone != "unknown":
            heard.setdefault(("all", contact.student), set()).add(contact.tone)
            heard.setdefault((world.band(span.grade), contact.student), set()).add(contact.tone)
    table = partnership.concerns_only(store, LOCAL, Question("contact_rate")).set_index("band")
    for band, row in table.iterrows():
        mine = [tones for (where, _), tones in heard.items() if where == band]
        assert (row["numerator"], row["denominator"]) == (sum(t == {"concern"} for t in mine), len(mine))
    assert table.loc["all", "numerator"] > 0


def test_the_balance_is_the_difference_of_the_reply_rates(store):
    table = partnership.balance(store, LOCAL, Question("contact_rate")).set_index("band")
    rates = [
        ask(store, LOCAL, Question(name, by=("band",))).table.set_index("band")["value"]
        for name in ("school_reply_rate", "family_reply_rate")
    ]
    assert table.loc["high", "value"] == pytest.approx(rates[0]["high"] - rates[1]["high"])


def test_staff_are_counted_by_name_and_no_name_is_given(store):
    with store.writing() as cursor:
        cursor.execute("UPDATE contact_row SET staff = 'Teacher ' || (contact_id % 5)")
        derive(cursor)
    table = partnership.staff_who_logged(store, LOCAL, Question("contact_rate")).set_index("band")
    assert table.loc["all", "value"] == 5
    assert not table.astype(str).apply(lambda column: column.str.contains("Teacher")).any().any()
    with store.writing() as cursor:
        cursor.execute("UPDATE contact_row SET staff = NULL")
        derive(cursor)


def test_the_page_has_four_practices_with_bands_changes_and_sentences(store):
    page = partnership.page(store, LOCAL, Question("contact_rate"))
    assert [practice.name for practice in page] == list(partnership.PRACTICES)
    for practice in page:
        assert list(practice.figures.columns) == partnership.COLUMNS
        assert {"all", "elementary", "middle", "high"} <= set(practice.figures["band"])
        assert set(practice.changes["measure"]) == set(partnership.PRACTICES[practice.name][1])
        assert practice.says.endswith(".") and practice.cannot_say.endswith(".")
    first = page[0].figures.query("figure == 'reach' and band == 'all'").iloc[0]
    days = Question("reach", start=date(2025, 8, 18), end=date(2025, 9, 16))  # from the first enrolled day
    assert first["value"] == pytest.approx(ask(store, LOCAL, days).table["value"].iloc[0])
    curve = page[3].curve
    assert {"grade", "student_present", "contact_rate"} == set(curve.columns) and "9" in set(curve["grade"])


def test_the_figures_of_a_practice_are_those_of_the_answers_and_counts_stay_whole(store):
    shown = ["value", "numerator", "denominator", "students", "schools"]
    for practice in partnership.page(store, LOCAL, Question("contact_rate")):
        figures = practice.figures.set_index(["figure", "band"])
        for measure in partnership.PRACTICES[practice.name][1]:
            whole = figures.loc[measure, "all"]
            asked = Question(measure, start=whole["first_day"], end=whole["last_day"])
            assert list(whole[shown]) == pytest.approx(list(ask(store, LOCAL, asked).table[shown].iloc[0]))
            for _, row in ask(store, LOCAL, replace(asked, by=("band",))).table.iterrows():
                assert list(figures.loc[measure, row["band"]][shown]) == pytest.approx(list(row[shown]), nan_ok=True)
        counts = csv.DictReader(io.StringIO(practice.figures.to_csv(index=False)))
        assert all(row[name] == "" or row[name].isdigit() for row in counts for name in shown[1:])


def test_a_page_of_an_empty_store(empty):
    page = partnership.page(empty, LOCAL, Question("contact_rate"))
    assert len(page) == 4 and all(practice.changes.empty for practice in page)


def test_too_few_schools_for_a_gap(store):
    mine = Viewer("principal", schools=("Alder Elementary", "Birch K-8"))
    table = equity.answer(store, mine, Question("contact_rate"), "iep").table
    assert TOO_FEW in set(table["note"]) and np.isnan(table["low"]).all()
