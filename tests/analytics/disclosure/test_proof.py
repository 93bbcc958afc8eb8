"""The prover's ranges are exact: against a published test table, against brute force, and when more is hidden."""

import itertools

import numpy as np
import pytest

from analytics.disclosure import coding, proof, suppress
from analytics.disclosure.linked import Linked, Row

# The 4 x 4 table of sdcTable's test problems: rows w to z, columns a to d, with exact margins published.
ROWS, COLUMNS = "wxyz", "abcd"
VALUES = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
HIDDEN = ("wa", "wb", "wc", "xa", "xc", "yb", "yd", "zb", "zd")


def four_by_four(also_hidden=()):
    inner = [r + c for r in ROWS for c in COLUMNS]
    names = inner + list(ROWS) + list(COLUMNS)
    true = [v for row in VALUES for v in row] + np.sum(VALUES, 1).tolist() + np.sum(VALUES, 0).tolist()
    at = {name: index for index, name in enumerate(names)}
    sums = [(at[r], [at[r + c] for c in COLUMNS]) for r in ROWS] + [(at[c], [at[r + c] for r in ROWS]) for c in COLUMNS]
    gone = {*HIDDEN, *also_hidden}
    return at, Linked(
        names=[("count", name) for name in names],
        students=true,
        most=[10_000] * len(names),
        true=true,
        low=true,
        high=true,
        published=[name not in gone for name in names],
        protected=[name in HIDDEN for name in names],
        sums=sums,
    )


def ranges(linked, cells):
    prover = proof.Prover(linked)
    for cell in cells:
        prover.reach_out(cell, 10**9)
    return [(int(prover.low[cell]), int(prover.high[cell])) for cell in cells]


def test_two_hidden_in_every_row_and_column_still_gives_one_cell_away():
    at, linked = four_by_four()
    found = dict(zip(HIDDEN, ranges(linked, [at[name] for name in HIDDEN]), strict=True))
    assert found["wb"] == (47, 47)
    assert found["wa"] == (25, 94) and found["zb"] == (906, 1091) and found["zd"] == (585, 770)
    assert at["wb"] in proof.audit(linked).failed


def test_one_more_hidden_cell_protects_it():
    at, linked = four_by_four(["xd"])
    assert ranges(linked, [at["wb"]]) == [(0, 78)]
    at, linked = four_by_four(["xb"])
    assert ranges(linked, [at["wb"]]) == [(0, 141)]


def random_linked(seed):
    """Two districts by three groups, tiny counts, some cells hidden."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 5, (2, 3))
    counts = random.integers(0, sizes + 1)
    full_n = np.vstack([np.column_stack([sizes, sizes.sum(1)]), np.append(sizes.sum(0), sizes.sum())]).ravel()
    full_y = np.vstack([np.column_stack([counts, counts.sum(1)]), np.append(counts.sum(0), counts.sum())]).ravel()
    at = np.arange(12).reshape(3, 4)
    sums = [(int(row[3]), row[:3].tolist()) for row in at] + [(int(at[2, j]), at[:2, j].tolist()) for j in range(4)]
    coded = [coding.share(int(y), int(n), max(int(n), 20)) for y, n in zip(full_y, full_n, strict=True)]
    published = random.random(12) < 0.5
    return at, Linked(
        [("m", i) for i in range(12)], full_n, full_n, full_y, [c.low for c in coded], [c.high for c in coded],
        published, ~published, sums,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_ranges_equal_brute_force_over_every_table(seed):
    at, linked = random_linked(seed)
    possible = []
    for inner in itertools.product(*(range(n + 1) for n in linked.most[at[:2, :3].ravel()])):
        grid = np.array(inner).reshape(2, 3)
        table = np.vstack([np.column_stack([grid, grid.sum(1)]), np.append(grid.sum(0), grid.sum())]).ravel()
        if linked.holds(table):
            possible.append(table)
    possible = np.array(possible)
    expected = list(zip(possible.min(0).tolist(), possible.max(0).tolist(), strict=True))
    assert ranges(linked, range(12)) == expected


@pytest.mark.parametrize("seed", range(8))
def test_hiding_more_never_narrows_a_range(seed):
    _, linked = random_linked(seed)
    before = ranges(linked, range(12))
    linked.published[np.flatnonzero(linked.published)[:2]] = False
    after = ranges(linked, range(12))
    assert all(a[0] <= b[0] and a[1] >= b[1] for a, b in zip(after, before, strict=True))


def test_an_audit_that_goes_on_from_an_earlier_one_finds_the_same():
    for seed in range(8):
        _, linked = random_linked(seed)
        before = proof.audit(linked)
        linked.published[np.flatnonzero(linked.published)[:2]] = False
        again, fresh = proof.audit(linked, known=before), proof.audit(linked)
        assert again.failed == fresh.failed
        assert all(linked.holds(witness) for witness in again.witnesses)


def test_the_tables_that_are_kept_prove_as_much_as_all_that_were_found():
    proved = 0
    for seed in range(8):
        _, linked = random_linked(seed)
        found = proof.audit(linked)
        spans = np.ptp(found.witnesses, axis=0)
        safe = np.setdiff1d(np.flatnonzero(linked.protected), found.failed)
        assert (spans[safe] >= linked.needs(coding.need)[safe]).all()
        shown = np.setdiff1d(np.flatnonzero(linked.published), found.failed)
        assert (spans[shown] >= 1).all() and all(linked.holds(witness) for witness in found.witnesses)
        proved += len(safe) + len(shown)
    assert proved > 10


def test_a_table_of_the_solver_that_does_not_add_up_is_no_proof(monkeypatch):
    """Solvers work with rounded numbers: what they call a solution is looked at once more in whole numbers."""
    solve = proof.milp

    def wrong(*args, **more):
        found = solve(*args, **more)
        if found.x is not None and np.any(more["integrality"]):
            found.x = found.x + 1
        return found

    monkeypatch.setattr(proof, "milp", wrong)
    _, linked = four_by_four()
    with pytest.raises(proof.SolverGaveUp, match="does not add up"):
        proof.audit(linked)


def test_the_contacts_of_others_leave_a_rate_no_lower_end():
    """All students made 50 to 54 contacts; what 9 of them made can be anything from 0 to 54."""
    linked = Linked(
        [("m", "all"), ("m", "yes"), ("m", "no")], [60, 9, 51], [400] * 3, [52, 4, 48], [50, 0, 0], [54, 400, 400],
        [True, False, False], [False, True, False], [(0, [1, 2])], total_of=[-1, 0, 0], endless=[True] * 3,
    )  # fmt: skip
    assert linked.needs(coding.need).tolist() == [0, 5, 0]
    # Were 400 the end that a reader knows, the others could hold none of the 50, and 50 to 54 were left.
    linked.endless[:] = False
    assert linked.needs(coding.need).tolist() == [0, 4, 0]


def test_numbers_that_do_not_add_up_are_not_proved():
    _, linked = random_linked(0)
    linked.published[:] = False
    linked.true[0] += 1
    with pytest.raises(proof.SolverGaveUp):
        proof.audit(linked)


def test_a_solver_without_time_is_a_failure():
    at, linked = four_by_four()
    with pytest.raises(proof.SolverGaveUp):
        proof.audit(linked, time_limit=0.0)


def test_a_lone_hidden_complement_fails():
    """12 in the IEP group published, 8 of the rest hidden, the total published exactly: the rest is the answer."""
    linked = Linked(
        [("m", "all"), ("m", "yes"), ("m", "no")], [20, 12, 8], [20, 12, 8], [11, 6, 5], [11, 6, 0], [11, 6, 8],
        [True, True, False], [False, False, True], [(0, [1, 2])],
    )  # fmt: skip
    assert 2 in proof.audit(linked).failed


def test_a_complement_beside_its_share_fails():
    """The head count of 12 is known, so a share and its complement are two bands of one numerator."""
    linked = Linked(
        [("m", "share"), ("m", "complement"), ("m", "head count")], [12, 12, 12], [12, 12, 12], [2, 10, 12],
        [2, 9, 12], [4, 10, 12], [True, True, True], [False, False, False], [(2, [0, 1])],
    )  # fmt: skip
    # The share alone allows 2 to 4, the complement 9 to 10 of the 12: (2, 10) and (3, 9) are both possible.
    assert not {0, 1} & set(proof.audit(linked).failed)
    linked.low[1] = 10  # the complement's band begins at 10 now: only (2, 10) is left
    assert {0, 1} <= set(proof.audit(linked).failed)


@pytest.mark.parametrize("ends", [{"low": 1}, {"high": 3}])
def test_what_a_published_cell_says_in_a_row_has_its_price_at_either_end(ends):
    """The first cell says something of the unknown that is all of the hidden one; the last says nothing of it."""
    linked = Linked(
        [("m", "shown"), ("m", "hidden"), ("m", "other"), None], [20, 5, 20, 0], [20, 5, 20, 5], [10, 2, 10, 2],
        [0, 0, 8, 0], [20, 5, 12, 5], [True, False, True, False], [False, True, False, False], [(1, [3])],
        rows=[Row(0, [3], [1.0], **ends)],
    )  # fmt: skip
    price = proof.prices(linked, 1)
    assert price[0] > 0 and price[1:].tolist() == [0, 0, 0]


@pytest.mark.parametrize("ends", [(3, 20), (0, 4)])
def test_the_band_of_a_sum_has_its_price_at_either_end(ends):
    low, high = ends
    linked = Linked(
        [("m", "all"), ("m", "hidden"), ("m", "rest")], [25, 5, 20], [25, 5, 20], [4, 3, 1], [low, 0, 0], [high, 5, 1],
        [True, False, True], [False, True, False], [(0, [1, 2])],
    )  # fmt: skip
    price = proof.prices(linked, 1)
    assert price[0] > 0 and price[1] == 0


def test_a_cell_that_one_set_hides_has_the_others_proved_again(monkeypatch):
    """Both measures have a cell of grades 6-8 and one of 9-12. The second measure's proof hides 9-12 in both."""

    def of(measure):
        names = [(measure, "middle", "North"), (measure, "high", "North")]
        return Linked(names, *([[20, 20]] * 2), [5, 5], [0, 0], [20, 20], [True, True], [False, False])

    def audited(linked, *_):
        asked.append(linked.names[0][0])
        failed = [1] if asked[-1] == "reach" and linked.published[1] else []
        return proof.Proof(linked.true, linked.true, [], failed)

    asked, sets = [], {name: of(name) for name in ("two_way_reach", "reach")}
    monkeypatch.setattr(suppress, "audit", audited)
    hidden, _ = suppress.protect(sets)
    assert hidden == {("high", "North")} and asked == ["two_way_reach", "reach"] * 2


def test_what_is_hidden_in_one_measure_is_hidden_in_all_and_stays_so():
    """9-12 is small in the first measure only. In the second set it is published, in the first hidden already."""

    def of(measures, shown):
        names = [(measure, band) for measure in measures for band in ("middle", "high")]
        many = len(names)
        return Linked(
            names, [20] * many, [20] * many, [5] * many, [0] * many, [20] * many, shown, np.logical_not(shown)
        )

    sets = {"one": of(("reach", "silent"), [True, False, True, True]), "two": of(("contact_rate",), [True, True])}
    hidden, proofs = suppress.protect(sets)
    assert hidden == {("high",)} and all(proof.passed for proof in proofs.values())
    assert sets["one"].published.tolist() == [True, False, True, False]
    assert sets["two"].published.tolist() == [True, False]


def test_a_published_cell_with_one_possible_number_is_hidden_itself():
    linked = Linked(
        [("m", "all"), ("m", "one"), ("m", "other")], [40, 20, 20], [40, 20, 20], [20, 9, 11], [16, 9, 8],
        [23, 9, 15], [True, True, True], [False, False, False], [(0, [1, 2])],
    )  # fmt: skip
    hidden, _ = suppress.protect({"m": linked})
    assert hidden == {("one",)}


def test_of_cells_that_would_do_the_one_with_fewest_students_is_hidden():
    """7 are small, and owed a range of 4: each other band leaves two numbers, which makes a range of 3."""
    linked = Linked(
        [("m", "all"), ("m", "few"), ("m", "some"), ("m", "many")], [102, 7, 20, 75], [102, 7, 20, 75],
        [50, 2, 10, 38], [49, 0, 9, 37], [50, 7, 10, 38], [True, False, True, True], [False, True, False, False],
        [(0, [1, 2, 3])],
    )  # fmt: skip
    hidden, _ = suppress.protect({"m": linked})
    assert hidden == {("few",), ("some",)}
