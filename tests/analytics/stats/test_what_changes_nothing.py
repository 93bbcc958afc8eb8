"""What must not move an estimate: the order and names of rows, a school out of scope, twice the log."""

import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from access.viewer import LOCAL
from analytics import drop_off, equity, transition
from analytics.question import Question
from data.derive import derive
from data.store import open_store
from tests.support import districts
from tests.support.oracle_words import Span, World

MEASURES = ("contact_rate", "two_way_share", "reach", "family_reply_rate")
RATIOS = ["ratio", "drop_off", "low", "high", "students", "schools", "note"]


@pytest.fixture(scope="module")
def first():
    return districts.small(seed=8, students=40)


@pytest.fixture(scope="module")
def answers(tmp_path_factory, first):
    def of(world, where=()):
        store = open_store(tmp_path_factory.mktemp("changes") / "store.duckdb")
        districts.write(store, world)
        with store.writing() as cursor:
            derive(cursor)
        asked = {name: Question(name, where=where) for name in MEASURES}
        tables = {name: drop_off.answer(store, LOCAL, question).table for name, question in asked.items()}
        tables["same students"] = transition.answer(store, LOCAL, asked["contact_rate"], ("2", "5")).table
        tables["gap"] = equity.answer(store, LOCAL, asked["contact_rate"], "low_income").table
        store.close()
        return tables

    return of


@pytest.fixture(scope="module")
def usual(answers, first):
    return answers(first)


def assert_same(found, usual):
    for name, table in usual.items():
        pd.testing.assert_frame_equal(found[name], table, rtol=1e-9, obj=name)


def test_the_order_of_rows(answers, first, usual):
    dice = random.Random(1)
    spans, contacts = list(first.spans), list(first.contacts)
    dice.shuffle(spans)
    dice.shuffle(contacts)
    assert_same(answers(World(spans, contacts)), usual)


def test_other_ids_of_students(answers, first, usual):
    spans = [replace(span, student=9_999 - span.student) for span in first.spans]
    contacts = [replace(contact, student=9_999 - contact.student) for contact in first.contacts]
    assert_same(answers(World(spans, contacts)), usual)


def test_other_names_of_schools(answers, first, usual):
    def renamed(row):
        return replace(row, school=row.school and f"Zz {row.school[::-1]}")

    assert_same(answers(World([renamed(s) for s in first.spans], [renamed(c) for c in first.contacts])), usual)


def test_a_district_out_of_scope(answers, first):
    """The other district is left out by a filter; what is in it does not matter."""
    where = (("district", "North"),)
    alone = World(
        [span for span in first.spans if span.district == "North"],
        [contact for contact in first.contacts if contact.district == "North"],
    )
    more = Span(77, "South", "Elm Elementary", "3", "2025-26", first.spans[0].entry, None, 9_000)
    assert_same(answers(World([*first.spans, more], first.contacts), where), answers(alone, where))


def test_twice_the_log(answers, first, usual):
    again = [replace(contact, row=(5, place)) for place, contact in enumerate(first.contacts)]
    found = answers(World(first.spans, [*first.contacts, *again]))
    for name in MEASURES:
        pd.testing.assert_frame_equal(found[name][RATIOS], usual[name][RATIOS], rtol=1e-9, obj=name)
    assert np.allclose(found["contact_rate"]["value"], 2 * usual["contact_rate"]["value"])
    same, before = found["same students"], usual["same students"]
    columns = ["ratio", "low", "high", "students", "only_first", "only_second", "difference_ratio", "cross_ratio"]
    pd.testing.assert_frame_equal(same[columns], before[columns], rtol=1e-9)
    assert np.allclose(found["gap"]["gap"], 2 * usual["gap"]["gap"], equal_nan=True)
