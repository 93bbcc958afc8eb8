"""Witnesses that take no program: single counts of the true table moved by one. Each has to publish the release."""

import numpy as np
import pytest

from analytics.disclosure import cube, draft, proof, suppress
from analytics.disclosure.coding import need
from analytics.disclosure.linked import Linked, Row
from analytics.disclosure.nudge import ROUNDS, Nudge
from tests.support.states import students

GROUPS = ("home_language", "iep")


def of(low, high, true, rows=(), parts=((0, [3, 4]), (1, [3]), (2, [4]))):
    """All students, in two groups of 10, each of one kind: the unknowns 3 and 4."""
    names = [("m", "all"), ("m", "yes"), ("m", "no"), None, None]
    return Linked(
        names, [20, 10, 10, 0, 0], [20, 10, 10, 10, 10], true, low, high, [True] * 3 + [False] * 2, [False] * 5,
        [*parts], rows=[*rows],
    )  # fmt: skip


def alone(linked: Linked, cell: int, wanted: int) -> list[list[int]]:
    at = int(linked.true[cell])
    return [table.tolist() for table in Nudge(linked).alone(cell, at, at, wanted)]


def test_a_count_moves_as_far_as_its_bands_let_it():
    linked = of([5, 2, 0, 0, 0], [12, 7, 10, 10, 10], [9, 5, 4, 5, 4])
    assert alone(linked, 1, 9) == [[11, 7, 4, 7, 4], [6, 2, 4, 2, 4]]  # to its own ends, 7 and 2
    assert alone(linked, 1, 1) == [[10, 6, 4, 6, 4], [9, 5, 4, 5, 4]]  # no further than is asked
    # To 10: with 12 of all students at most the others give way, to their 2. Then down to 1, which is 9 below.
    assert alone(linked, 2, 9) == [[12, 2, 10, 2, 10], [6, 5, 1, 5, 1]]


def test_another_count_mends_what_one_would_break():
    """All students are exactly 9, so one of the one group is one fewer of the other."""
    linked = of([9, 2, 0, 0, 0], [9, 7, 10, 10, 10], [9, 5, 4, 5, 4])
    assert alone(linked, 1, 2) == [[9, 7, 2, 7, 2], [9, 5, 4, 5, 4]]
    tied = of([0, 0, 0, 0, 0], [20, 10, 10, 10, 10], [9, 5, 4, 5, 4], [Row(-1, [3, 4], [1.0, -1.0], 1, 1)])
    assert alone(tied, 1, 1)[0] == [11, 6, 5, 6, 5]  # a fact that ties both up


def test_what_nothing_can_move_stays():
    linked = of([9, 0, 4, 0, 0], [9, 10, 4, 10, 10], [9, 5, 4, 5, 4])
    assert alone(linked, 1, 3) == [[9, 5, 4, 5, 4]] * 2
    bare = Linked([("m", "all")], [20], [20], [9], [5], [12], [True], [False])  # nothing is known that it is made of
    assert alone(bare, 0, 1) == [[9], [9]]


@pytest.mark.parametrize(("districts", "seed"), [(1, 2), (2, 7), (3, 4)])
def test_every_table_publishes_the_release_and_most_of_a_large_one_is_proved_by_them(districts, seed):
    frame = students(districts, seed, size=120)
    table = cube.cells(frame, draft.MEASURES, GROUPS)
    sets = cube.linked_sets(frame, table)
    hidden, _ = suppress.protect(sets)
    asked = left = 0
    for linked in sets.values():
        wanted = np.maximum(linked.needs(need), linked.published & (linked.most > 0))
        low, high = linked.true.copy(), linked.true.copy()
        tables = [make(low, high) for make in Nudge(linked).tables(wanted)]
        assert len(tables) == ROUNDS and all(linked.holds(one) for one in tables)
        low, high = np.min([low, *tables], axis=0), np.max([high, *tables], axis=0)
        asked, left = asked + int((wanted > 0).sum()), left + int((high - low < wanted).sum())
        for cell in np.flatnonzero(high - low < wanted)[:5]:
            assert all(linked.holds(one) for one in Nudge(linked).alone(cell, low[cell], high[cell], wanted[cell]))
    assert left < asked / 2


def test_a_proof_without_programs_is_the_same_proof(monkeypatch):
    """The pattern does not hang on which way a witness was found."""

    def pattern():
        frame = students(2, 12, size=40)
        return suppress.protect(cube.linked_sets(frame, cube.cells(frame, draft.MEASURES[:4], GROUPS)))[0]

    with_it = pattern()
    monkeypatch.setattr(proof.Prover, "nudge", lambda *_: None)
    assert pattern() == with_it


def test_a_table_that_does_not_add_up_is_no_proof(monkeypatch):
    monkeypatch.setattr(Nudge, "_move", lambda self, moves: self.table.__setitem__(moves[0][0], -1) or False)
    linked = of([5, 2, 0, 0, 0], [12, 7, 10, 10, 10], [9, 5, 4, 5, 4])
    with pytest.raises(proof.SolverGaveUp, match="does not add up"):
        proof.audit(linked)
