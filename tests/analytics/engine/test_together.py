"""Asked together or one by one, an answer is the same: every measure, every cut, filters, and by school."""

from dataclasses import replace
from datetime import date

import pytest

from access.viewer import LOCAL, Viewer
from analytics import together
from analytics.answer import ask
from analytics.lookups import lookups
from analytics.measures import CUTS, MEASURES
from analytics.question import Question
from analytics.school_sums import school_sums
from data.errors import Refusal
from data.store import Store

RATIOS = tuple(name for name, measure in MEASURES.items() if measure.ratio)
PAIRS = [("month", "band"), ("school", "month"), ("channel", "band"), ("grade", "topic"), ("week", "channel")]
ASKED = [Question("reach", (cut,)) for cut in CUTS] + [Question("reach", by) for by in ((), *PAIRS)]
ASKED += [
    Question("reach", ("band",), date(2025, 9, 3), date(2025, 11, 17)),
    Question("reach", ("month",), where=(("band", "middle"), ("channel", "phone"))),
    Question("reach", (), where=(("topic", "academics"), ("iep", "yes"))),
    Question("reach", ("channel",), where=(("school_year", "2025-26"),)),
]


def said(question: Question) -> str:
    return f"{question.by} {question.start} {question.where}"


def each_measure(question: Question) -> list[Question]:
    return [replace(question, measure=name) for name in MEASURES]


def one_by_one(store, viewer, questions, make=ask):
    store.kept.forget()
    return [make(store, viewer, question) for question in questions]


def all_together(store, viewer, questions, make=ask, by_school=False):
    store.kept.forget()
    together.read(store, viewer, questions, by_school=by_school)
    return [make(store, viewer, question) for question in questions]


@pytest.mark.parametrize("question", ASKED, ids=said)
def test_an_answer_is_the_same_asked_alone_and_together(small_store, question):
    questions = each_measure(question)
    alone = one_by_one(small_store, LOCAL, questions)
    read = all_together(small_store, LOCAL, questions)
    for one, other in zip(alone, read, strict=True):
        assert one.table.equals(other.table), one.question.measure
        assert list(one.table.dtypes) == list(other.table.dtypes)
        assert (one.notes, one.start, one.end) == (other.notes, other.start, other.end)


@pytest.mark.parametrize("by", [(), ("band",), ("grade",), ("month",), ("band", "channel")])
def test_sums_by_school_are_the_same_alone_and_together(small_store, by):
    questions = [Question(name, by) for name in RATIOS]
    alone = one_by_one(small_store, LOCAL, questions, school_sums)
    read = all_together(small_store, LOCAL, questions, school_sums, by_school=True)
    assert all(one.equals(other) for one, other in zip(alone, read, strict=True))


def test_each_viewer_reads_the_own_schools_together(small_store):
    schools = [school.label for school in lookups(small_store).schools][:2]
    questions = each_measure(Question("reach", ("school",)))
    for viewer in (LOCAL, *(Viewer("principal", schools=(school,)) for school in schools)):
        together.read(small_store, viewer, questions)
    for school in schools:
        mine = Viewer("principal", schools=(school,))
        read = [ask(small_store, mine, question).table for question in questions]
        assert {name for table in read for name in table["school"]} == {school}
        alone = [one.table for one in one_by_one(small_store, mine, questions)]
        assert all(one.equals(other) for one, other in zip(read, alone, strict=True))


def test_measures_that_differ_in_nothing_else_take_one_select(small_store, monkeypatch):
    selects, query = [], Store.query
    questions = [Question(name, ("band",)) for name in RATIOS]
    one_by_one(small_store, LOCAL, questions)  # so that their sums are there
    small_store.kept.forget(tables=False)
    monkeypatch.setattr(Store, "query", lambda store, *given: (selects.append(given[0]), query(store, *given))[1])
    together.read(small_store, LOCAL, questions)
    assert len(selects) == 1
    for question in questions:
        ask(small_store, LOCAL, question)
    assert len(selects) == 1, "every answer found its rows"
    together.read(small_store, LOCAL, questions)
    assert len(selects) == 1, "what is there is not read again"


def test_a_panel_reads_nothing_together(small_store):
    with pytest.raises(Refusal) as refused:
        together.read(small_store, Viewer("panel"), [Question("reach"), Question("contact_rate")])
    assert refused.value.code == "panel_reads_releases"
