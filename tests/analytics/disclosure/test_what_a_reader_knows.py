"""What is true of every student, written down once more by hand: the proof may look at no other tables than those.

Two students of one kind, all cells hidden, up to two contacts: every table there can be is listed from what the words
mean, and compared with all tables that the proof allows. One more would be a claim that a reader knows to be wrong.
"""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from analytics.disclosure import cube, draft
from tests.analytics.disclosure.test_leaks import people

MOST = 2
SHARES = ("two_way_share", "family_reply_rate", "school_reply_rate")
COUNTS = ("contacts", "known", "two_way", "asks", "answered", "family_asks", "family_answered")


STAYED, LATE = {"only_then": 0}, {"only_then": 1}
ELSEWHERE, LEFT = {"elsewhere": 1}, {"elsewhere": 1, "at_end": 0, "silent": 0}
NO_MORE_OPEN = {"open_asks": 0}  # gone, or all asks are old enough
TO_THE_LAST_DAY = {"answered_outside": 0}  # so every answer counts where its ask does
JUST_COME = {"askable": 0, "school_asks": 0}  # all asks are still open


def of_one(student: dict) -> list[tuple]:
    """Every way in which one student's contacts can be counted: COUNTS, then how many students were reached, two-way
    reached, silent, and had a known direction, an ask, an ask of their own."""
    found = []
    for counts in product(range(MOST + 1), repeat=len(COUNTS)):
        contacts, known, two_way, asks, answered, family_asks, family_answered = counts
        if not (two_way <= known <= contacts and asks + family_asks <= known):
            continue
        if answered > asks or family_answered > family_asks or answered + family_answered > two_way:
            continue
        if student is NO_MORE_OPEN and known - two_way > asks - answered + family_asks - family_answered:
            continue
        if student is TO_THE_LAST_DAY and answered and two_way < answered + 1:
            continue
        if student is TO_THE_LAST_DAY and family_answered and two_way < family_answered + 1:
            continue
        if student is JUST_COME and asks + family_asks:
            continue
        for silent in (0, 1):
            if student is LEFT and silent:
                continue
            if student not in (ELSEWHERE, LEFT) and not silent and not contacts:
                continue
            if student is LATE and silent and contacts:
                continue
            students = (contacts > 0, two_way > 0, silent, known > 0, asks > 0, family_asks > 0)
            found.append((*counts, *map(int, students)))
    return found


def allowed(rows: list[dict]) -> set[tuple]:
    """Every table of up to MOST contacts that the proof would take for possible, in the order of `of_one`."""
    frame = pd.DataFrame(rows)
    frame["enrolled"] = frame["delivered_any"] = 1
    frame["two_way_any"] = (frame["two_way"] > 0).astype(int)
    linked = cube.linked_sets(frame, cube.cells(frame, draft.MEASURES, ()))["high"]
    cell = {name[0]: at for at, name in enumerate(linked.names) if name}
    made_of = dict(linked.sums)
    at = {name: made_of[cell[name]][0] for name in cell}
    of = [linked.counts[cell[name]] for name in SHARES]
    places = [
        at["contact_rate"], of[0][0][0], at["two_way_share"], of[1][0][0], at["family_reply_rate"], of[2][0][0],
        at["school_reply_rate"], at["reach"], at["two_way_reach"], at["silent"], *(students[0] for _, students in of),
    ]  # fmt: skip
    assert len(set(places)) == 13 and not linked.published[linked.most > 0].any()  # but for a cell over nobody
    every = np.array(list(product(range(MOST + 1), repeat=len(COUNTS))), dtype=np.float32)
    bounds_low, bounds_high = linked.bounds()
    matrix, low, high, _ = linked.constraints()
    keep = np.diff(matrix[:, : len(cell)].indptr) == 0  # not those that only add the cells up
    inner = matrix[keep].toarray()[:, places].astype(np.float32)
    found = set()
    for students in product(range(len(rows) + 1), repeat=6):
        tables = np.hstack([every, np.tile(np.float32(students), (len(every), 1))])
        sums = tables @ inner.T
        fine = ((sums >= low[keep]) & (sums <= high[keep])).all(axis=1)
        fine &= ((tables >= bounds_low[places]) & (tables <= bounds_high[places])).all(axis=1)
        found |= {tuple(map(int, table)) for table in tables[fine]}
    return found


@pytest.mark.parametrize("one", [STAYED, LATE, ELSEWHERE, LEFT])
@pytest.mark.parametrize("other", [STAYED, LEFT])
def test_the_proof_looks_at_no_table_that_cannot_be(one, other):
    both = {tuple(map(sum, zip(*pair, strict=True))) for pair in product(of_one(one), of_one(other))}
    can_be = {table for table in both if max(table[: len(COUNTS)]) <= MOST}
    assert allowed(people(1, **one)) == set(of_one(one))
    assert allowed([*people(1, **one), *people(1, **other)]) == can_be


@pytest.mark.parametrize("one", [NO_MORE_OPEN, TO_THE_LAST_DAY, JUST_COME])
def test_nor_one_of_students_of_whose_asks_more_is_known(one):
    both = {tuple(map(sum, zip(*pair, strict=True))) for pair in product(of_one(one), repeat=2)}
    assert allowed(people(1, **one)) == set(of_one(one))
    assert allowed(people(2, **one)) == {table for table in both if max(table[: len(COUNTS)]) <= MOST}


def test_students_of_whose_asks_more_is_known_are_kinds_of_their_own():
    rows = [row for one in ({}, NO_MORE_OPEN, TO_THE_LAST_DAY, JUST_COME) for row in people(3, **one)]
    frame = pd.DataFrame(rows).assign(enrolled=1, delivered_any=1, two_way_any=0)

    def kinds(measures):
        linked = cube.linked_sets(frame, cube.cells(frame, measures, ()))["high"]
        return {len(parts) for _, parts in linked.sums}

    assert kinds(("reach", "family_reply_rate")) == {4} and kinds(("reach", "two_way_share")) == {1}


def students_told(rows: list[dict], measure: str, n_min: int = 10) -> list[tuple]:
    """What the published cell of all students says of numbers of students: (fewest, most) of each such fact."""
    frame = pd.DataFrame(rows).assign(enrolled=1)
    frame["delivered_any"] = (frame["delivered"] > 0).astype(int)
    frame["two_way_any"] = (frame["two_way"] > 0).astype(int)
    linked = cube.linked_sets(frame, cube.cells(frame, ("reach", measure), ()), n_min)["high"]
    cell = [name and name[0] for name in linked.names].index(measure)
    return [(row.low, row.high) for row in linked.rows if row.owner == cell and set(row.factors) == {1.0}]


@pytest.mark.parametrize(("students", "n_min", "told"), [
    (16, 10, (10, 19)), (16, 15, (15, 19)), (40, 10, (40, 99)), (99, 10, (40, 99)), (100, 10, (100, 499)),
])  # fmt: skip
def test_the_width_of_a_share_tells_the_fewest_and_the_most_students(students, n_min, told):
    assert students_told(people(students), "two_way_share", n_min) == [told]


@pytest.mark.parametrize(("reached", "fewest"), [(2, 2), (3, 3), (20, 3)])
def test_a_rate_above_its_first_step_tells_that_some_were_reached(reached, fewest):
    """Nobody holds over half, so there are two at least. Two hold half each: looked at only where it is so."""
    rows = people(reached, delivered=40 // reached) + people(10, delivered=0, known=0, school_asks=0, silent=1, days=1)
    assert students_told(rows, "contact_rate") == [(fewest, np.inf)]
