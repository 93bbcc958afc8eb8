"""What a release once gave away although each number by itself was safe: one made-up district for each leak.

Each is a trap for a proof that looks at one measure, one group or one table at a time.
"""

import pandas as pd
import pytest

from analytics.disclosure import as_published, coding, compare, cube, draft, proof, suppress
from analytics.disclosure.linked import Linked
from tests.support.attacker import attack


def people(count: int, **values) -> list[dict]:
    """`count` students alike: by default reached once, in one direction, in the group `iep` "no"."""
    row = {"band": "high", "district": "D", "school_id": 1, "days": 180, "delivered": 1, "two_way": 0, "known": 1,
           "school_asks": 1, "school_asks_answered": 0, "family_asks": 0, "family_asks_answered": 0, "at_end": 1,
           "silent": 0, "elsewhere": 0, "only_then": 0, "tied": 0, "within": 0, "before": 0,
           "askable": 1, "open_asks": 1, "answered_outside": 1, "iep": "no", "english_learner": "no"}  # fmt: skip
    return [row | values for _ in range(count)]


def unreached(count: int, **values) -> list[dict]:
    return people(count, **{"delivered": 0, "known": 0, "school_asks": 0, "silent": 1, **values})


def made(rows: list[dict], measures, groups=("iep",)):
    """The students, the cells, what is hidden before any proof, and what is hidden after it."""
    frame = pd.DataFrame(rows)
    frame["enrolled"], frame["delivered_any"] = 1, (frame["delivered"] > 0).astype(int)
    frame["two_way_any"] = (frame["two_way"] > 0).astype(int)
    table = cube.cells(frame, measures, groups)
    sets = cube.linked_sets(frame, table)
    small = {suppress.key(name) for linked in sets.values()
             for name, shown in zip(linked.names, linked.published, strict=True) if name and not shown}  # fmt: skip
    hidden, _ = suppress.protect(sets)
    return frame, table, small, hidden


def leaks(frame, table, hidden, groups=("iep",)):
    return attack(frame, groups, as_published.tables({"2025-26": (table, hidden)}), "2025-26")


LEFT = {"at_end": 0, "silent": 0}

# name -> (students, measures, groups): the cells of 10 and more students are fine by themselves.
LEAKS = {
    "the contacts of one student, left over from those of others, say that the family was reached": (
        people(11, delivered=4) + people(1, iep="yes", delivered=20), ("reach", "contact_rate"), ("iep",),
    ),
    "who is not silent was reached": (
        people(10) + unreached(1) + people(7, iep="yes") + unreached(2, iep="yes"),
        ("reach", "silent"), ("iep",),
    ),
    # 44 at the end: 36 to 39 are silent and 0 to 5 reached, so it is 39 and 5, and nobody is both or has left reached.
    "who left for another band takes nothing from what is sure of those who stayed": (
        people(4) + unreached(37) + unreached(5, **LEFT, elsewhere=1)
        + people(1, iep="yes") + unreached(2, iep="yes") + unreached(5, iep="yes", **LEFT),
        ("reach", "silent"), ("iep",),
    ),
    # 4 of 40 are "10 to 20 %", and 36 "90 to 100 %": each may be others, both together are 4 and 36.
    "in the first weeks of a year who is silent was never reached": (
        people(4, only_then=1) + unreached(36, only_then=1), ("reach", "silent"), (),
    ),
    "the width of a share of contacts tells how many were reached": (
        people(40, delivered=3, two_way=1, known=3, iep="no") + unreached(5), ("reach", "two_way_share"), ("iep",),
    ),
    # 40 or more of 60 were asked, and the 20 who had just come by none that counts: so all 40 others, the 9 too.
    "who has just come has no ask that counts": (
        people(31, two_way=1) + people(9, iep="yes", two_way=1)
        + people(20, askable=0, delivered=1, known=0, school_asks=0), ("reach", "family_reply_rate"), ("iep",),
    ),
    "two groups of the same students are one group": (
        people(9, english_learner="yes", iep="yes") + people(1, english_learner="yes") + people(49) + unreached(49),
        ("reach",), ("iep", "english_learner"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAKS)
def test_small_cells_hidden_alone_leak_and_the_proof_mends_it(name):
    rows, measures, groups = LEAKS[name]
    frame, table, small, hidden = made(rows, measures, groups)
    assert leaks(frame, table, small, groups), "the trap does not work"
    assert leaks(frame, table, hidden, groups) == []


def test_asks_of_both_sides_are_counted_together_where_the_share_between_them_is_not_released():
    """Of 12 families 10 or more were asked and 10 or more asked, and an ask is of one side: at least 20 contacts of the
    18 to 23 that the rate says."""
    rows = people(10, delivered=2, known=2, family_asks=1, days=30) + unreached(2, days=30)
    frame, table, small, _ = made(rows, ("contact_rate", "family_reply_rate", "school_reply_rate"), ())
    assert not small and set(table["students"]) == {10, 12}
    linked = cube.linked_sets(frame, table)["high"]
    prover = proof.Prover(linked)
    prover.reach_out(0, 99)
    assert linked.names[0][0] == "contact_rate" and linked.low[0] == 18
    assert (prover.low[0], prover.high[0]) == (20, 23)


def test_a_reader_who_knows_all_numbers_of_contacts_finds_nothing():
    """31 of 40 contacts are 70 to 80 %, so 28 to 31; 40 of all 49 are 80 to 90 %, so 40 at least: the other 9 are all
    two-way. Who does not know that there are 40 and 9 contacts cannot tell."""
    rows = people(31, two_way=1) + people(9) + people(9, iep="yes", two_way=1)
    _, _, small, hidden = made(rows, ("two_way_share",))
    assert small == {("high", cube.EVERYWHERE, "iep", "yes")} and len(hidden) == 2


def test_a_group_nobody_wrote_to_has_its_rows_like_any_other():
    """Were the row of a share of contacts missing, nobody in the group was reached."""
    rows = people(30, two_way=1) + unreached(30, iep="yes")
    _, table, small, _ = made(rows, draft.MEASURES)
    per_measure = table.groupby("measure").size()
    assert set(per_measure.index) == set(draft.MEASURES) and per_measure.nunique() == 1
    nobody = table[(table["measure"] == "two_way_share") & (table["member"] == "yes")].iloc[0]
    assert nobody["students"] == 0 and "fewer than 10 students" in cube.reasons(nobody, 10)
    assert ("high", cube.EVERYWHERE, "iep", "yes") in small


def test_the_sign_of_few_schools_counts_schools_not_those_that_wrote():
    """Three schools, one of which reached nobody: a sign on the share of contacts alone would say so."""
    rows = [row for school in (1, 2, 3) for row in (people if school < 3 else unreached)(40, school_id=school)]
    _, table, _, _ = made(rows, ("reach", "two_way_share"), ())
    assert set(table["schools"]) == {3}


def test_a_published_rate_above_zero_means_that_two_families_were_reached():
    """One student with all contacts would have hidden the rate, so a reach of 0 to 2 families would be exactly 2."""
    rows = people(2, delivered=30) + unreached(10)
    frame, table, small, hidden = made(rows, ("reach", "contact_rate"), ())
    assert [low == high == 2 for _, _, low, high, _ in leaks(frame, table, small, ())] == [True]
    assert leaks(frame, table, hidden, ()) == []


def test_a_published_rate_means_that_nobody_holds_over_half():
    """24 to 29 contacts of all, up to 12 of the 20 others: one student has the rest, at most half: 12 and 12."""
    rows = people(12, days=37) + unreached(8, days=37) + people(1, iep="yes", days=160, delivered=12)
    for measures in (("contact_rate",), ("reach", "contact_rate")):
        frame, table, small, hidden = made(rows, measures)
        linked = cube.linked_sets(frame, table)["high"]
        cells = {name[0:1] + name[3:]: at for at, name in enumerate(linked.names) if name}
        others, one = cells["contact_rate", "iep", "no"], cells["contact_rate", "iep", "yes"]
        everybody = cells["contact_rate", cube.ALL, cube.ALL]
        assert [linked.low[everybody], linked.high[everybody], linked.high[others]] == [24, 29, 12]
        assert {one, others} <= set(proof.audit(linked).failed)
        assert len(small) == 1 and len(hidden) > 1


@pytest.mark.parametrize("movers", [1, 9])
def test_a_second_release_of_a_year_would_give_the_movers_away(movers):
    """31 of 39 were reached, shown as 60 to 80 %; the movers too, so it is 80 to 90 % now: all of them were reached.

    Each release by itself is safe, the two together are not. That is why the second one is refused.
    """
    n, both = 39 + movers, 31 + movers
    first, second = coding.share(31, 39, 39), coding.share(both, n, n)
    linked = Linked(
        [("m", "first"), ("m", "movers"), ("m", "second")], [39, movers, n], [39, movers, n], [31, movers, both],
        [first.low, 0, second.low], [first.high, movers, second.high],
        [True, False, True], [False, True, False], [(2, [0, 1])],
    )  # fmt: skip
    assert 1 in proof.audit(linked).failed
    linked.published[2] = False
    assert proof.audit(linked).passed


def schools_of(rates: dict[str, list[int]], students: int = 60, year: str = "2025-26", hidden=frozenset()):
    """The tests of a state whose schools reach that many of their students; bands by name, one number a school."""
    rows = []
    for at, (band, reached) in enumerate(rates.items()):
        for number, count in enumerate(reached):
            here = {"band": band, "school_id": at * 100 + number}
            rows += people(count, **here) + unreached(students - count, **here)
    frame, table, _, _ = made(rows, ("reach",), ())
    return [{"year": year, **test} for test in compare.tests(frame, table, set(hidden))]


def test_a_sign_says_nothing_that_the_bands_do_not_say():
    """90 % against 92 %, every school alike: significant, but both bands are 90 to 95, and a sign would narrow them."""
    (near,) = schools_of({"elementary": [55, 56, 55, 55], "high": [54, 54, 54, 55]})
    assert near["p"] < 0.05 and not near["apart"]
    assert [one["sign"] for one in compare.signs([near])] == [compare.NOTHING]
    (far,) = schools_of({"elementary": [55, 56, 55, 55], "high": [30, 31, 30, 29]})
    assert [one["sign"] for one in compare.signs([far])] == ["lower"]
    (beside,) = schools_of({"elementary": [36, 37, 36, 36], "high": [35, 35, 34, 35]})  # 60 to 65 and 55 to 60
    assert beside["p"] < 0.05 and beside["apart"]
    (above,) = schools_of({"elementary": [35, 35, 34, 35], "high": [36, 37, 36, 36]})
    assert [one["sign"] for one in compare.signs([above])] == ["higher"]


def test_a_band_in_which_nobody_was_reached_is_compared_like_any_other():
    """No interval can be had of it; a missing comparison would say "nobody"."""
    (none,) = schools_of({"elementary": [40, 45, 50], "high": [0, 0, 0]})
    assert none["p"] is None
    assert [one["sign"] for one in compare.signs([none])] == [compare.NOTHING]


def test_signs_are_corrected_over_all_years_of_the_page():
    """A p of 0.04 holds by itself, and no more beside another year in which nothing differs."""
    one = {"measure": "reach", "band": "high", "ratio": 0.8, "apart": True}
    alone = compare.signs([{**one, "year": "2025-26", "p": 0.04}])
    beside = compare.signs([{**one, "year": "2024-25", "p": 0.9}, {**one, "year": "2025-26", "p": 0.04}])
    assert [sign["sign"] for sign in alone] == ["lower"]
    assert [sign["sign"] for sign in beside] == [compare.NOTHING] * 2
    near = {**one, "apart": False, "year": "2024-25", "p": 0.9}  # compared as well, though its bands overlap
    assert [sign["sign"] for sign in compare.signs([near, {**one, "year": "2025-26", "p": 0.04}])] == [
        compare.NOTHING
    ] * 2


@pytest.mark.parametrize("band", ["elementary", "high"])
def test_a_hidden_band_carries_no_sign(band):
    rates = {"elementary": [55, 56, 55, 55], "high": [30, 31, 30, 29]}
    assert schools_of(rates)
    assert schools_of(rates, hidden={(band, cube.EVERYWHERE, cube.ALL, cube.ALL)}) == []


def test_what_is_not_in_the_cube_is_never_released():
    """No quantiles and no days to reply, so none of under 100 students; no complement of a measure of the cube."""
    assert not {"contacts_per_student", "days_to_reply", "weeks_logged"} & set(draft.MEASURES)
    numerators = [measure.numerator for measure in cube.MEASURES]
    assert len(set(numerators)) == len(numerators)
