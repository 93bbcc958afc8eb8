"""The sums that are made ahead are those that pages need, and no others; they hold nothing but facts."""

import re
from dataclasses import replace
from datetime import date

import pytest

from access.viewer import LOCAL, Viewer
from analytics import usual
from analytics.answer import ask
from analytics.lookups import lookups
from analytics.question import Question
from benchmarks import questions
from data.kept import Kept
from data.store import open_store
from tests.support import screens


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    store = screens.sample(tmp_path_factory.mktemp("usual"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def needed(sample):
    """The SELECTs of the tables that pages use without a filter, as the pages themselves ask."""
    found, table = set(), Kept.table

    def noted(kept, select, version):
        found.add(select)
        return table(kept, select, version)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Kept, "table", noted)
        for page in questions.PAGES:
            calls = questions.recorded(sample, page)
            sample.kept.forget()
            questions.answered(sample, calls)
    return found


def test_pages_need_no_sum_that_is_not_made_ahead(sample, needed):
    assert needed and needed <= set(usual.selects(sample))


def test_nothing_is_made_ahead_that_no_page_needs(sample, needed):
    assert set(usual.selects(sample)) <= needed


def test_what_is_made_ahead_names_no_school_and_no_parameter(sample):
    ids = [str(school.school_id) for school in lookups(sample).schools]
    for select in usual.selects(sample):
        assert "$" not in select and not any(one in select for one in ids)


def test_without_contacts_nothing_is_made_ahead(tmp_path):
    store = screens.roster_only(tmp_path)
    assert list(usual.selects(store)) == []
    store.close()
    empty = open_store(tmp_path / "empty.duckdb")
    assert list(usual.selects(empty)) == []
    empty.close()


def test_an_answer_is_the_same_whether_its_sums_were_made_ahead(sample):
    school = lookups(sample).schools[0].label
    principal = Viewer("principal", schools=(school,))
    asked = [Question(measure, by) for measure in ("contact_rate", "silent") for by in ((), ("month",), ("band",))]
    sample.kept.forget()
    for select in usual.selects(sample):
        sample.kept.table(select, sample.version)
    warm = [ask(sample, viewer, question).table for viewer in (LOCAL, principal) for question in asked]
    sample.kept.forget()
    cold = [ask(sample, viewer, question).table for viewer in (LOCAL, principal) for question in asked]
    assert all(one.equals(other) for one, other in zip(warm, cold, strict=True))


def test_a_month_in_which_nobody_was_enrolled_before_the_period_is_read_whole(sample):
    """The first days of a school year come from the month's sums: in August nobody was enrolled before them."""
    known = lookups(sample)
    (_, summer), (autumn, _) = known.enrolled[:2]
    assert known.nobody(summer, autumn) and not known.nobody(summer - 1, autumn)
    start = date.fromordinal(date(1970, 1, 1).toordinal() + autumn)
    assert start.day > 1, "the sample's school year begins within a month"
    question = Question("contact_rate", ("month",), start=start)
    by_month = ask(sample, LOCAL, question).table
    by_week = ask(sample, LOCAL, replace(question, by=("week",))).table
    assert by_month["numerator"].sum() == by_week["numerator"].sum() > 0
    enrolled = [select for select in usual.selects(sample) if "span_no = 0" not in select]
    days = [select for select in enrolled if re.search(rf"student_day WHERE .*day >= {autumn} ", select)]
    assert enrolled and days == []
