"""Random states with small groups, attacked by a reader who knows every head count, the rules and the code."""

import pandas as pd
import pytest

from analytics.disclosure import as_published, coding, cube, draft, suppress
from tests.support.attacker import attack
from tests.support.states import students

MEASURES = ("two_way_reach", "reach", "contact_rate", "silent")
GROUPS = ("home_language", "iep", "race_ethnicity")


def state(districts=1, seed=0, size=60, measures=MEASURES):
    """A made-up state: its students, its cells, its linked sets."""
    frame = students(districts, seed, size=size)
    table = cube.cells(frame, measures, GROUPS)
    return frame, table, cube.linked_sets(frame, table)


def hidden_at_first(sets):
    """The primary cells: what is hidden before any proof."""
    return {
        suppress.key(name)
        for linked in sets.values()
        for name, shown in zip(linked.names, linked.published, strict=True)
        if name is not None and not shown
    }


def given_away(frame, table, hidden):
    """What a reader of the released texts, with programs and rules of their own, gets back."""
    return attack(frame, GROUPS, as_published.tables({"2025-26": (table, hidden)}), "2025-26")


# In each of these states small cells hidden alone are not enough; found by attacking many.
ATTACKED = [(1, 2, 60), (1, 4, 60), (1, 7, 60), (1, 19, 60), (1, 23, 60)]


@pytest.mark.parametrize("which", [*ATTACKED, (2, 12, 20), (1, 3, 200)])
def test_the_attack_finds_no_family(which):
    frame, table, sets = state(*which)
    hidden, _ = suppress.protect(sets)
    assert given_away(frame, table, hidden) == []


@pytest.mark.parametrize("which", ATTACKED)
def test_hiding_small_cells_alone_fails_the_same_attack(which):
    frame, table, sets = state(*which, measures=MEASURES[:3])
    assert given_away(frame, table, hidden_at_first(sets))


@pytest.mark.parametrize("which", [which for which in ATTACKED if which[1] != 19])
def test_a_mask_made_for_another_measure_fails_the_same_attack(which):
    other, _ = suppress.protect(state(*which, measures=("silent",))[2])
    frame, table, sets = state(*which, measures=MEASURES[:3])
    assert given_away(frame, table, hidden_at_first(sets) | other)


def test_every_witness_publishes_the_release_byte_for_byte():
    frame = students(1, 2, size=90)
    table = cube.cells(frame, draft.MEASURES, GROUPS)
    sets = cube.linked_sets(frame, table)
    hidden, proofs = suppress.protect(sets)
    year = draft.Year("2025-26", table, hidden, sets, proofs)
    seen = changed = 0
    for label, found in proofs.items():
        cells = draft.cells_of(year, label)
        released = as_published.tables({"2025-26": (cells, hidden)})
        for witness in found.witnesses:
            told = draft.as_witnessed(cells, sets[label], witness)
            assert as_published.tables({"2025-26": (told, hidden)}) == released
            seen += 1
            changed += (told["denominator"] != cells["denominator"]).any()
    assert seen > len(proofs) and changed


def test_the_same_input_gives_the_same_pattern():
    patterns = [suppress.protect(state(seed=3)[2])[0] for _ in range(2)]
    assert patterns[0] == patterns[1] and patterns[0]


def test_one_pattern_serves_all_measures_and_one_mark_stands_everywhere():
    _, table, sets = state(seed=1)
    hidden, _ = suppress.protect(sets)
    flags = {}
    for text in as_published.tables({"2025-26": (table, hidden)}).values():
        header, *lines = [line.split(",") for line in text.strip().split("\n")]
        for line in lines:
            row = dict(zip(header, line, strict=True))
            assert (row["published"] == coding.SUPPRESSED) == (row["flag"] == "suppressed")
            cell = tuple(row[name] for name in header if name not in ("measure", "published", "flag"))
            flags.setdefault((tuple(header), cell), set()).add(row["flag"] == "suppressed")
    assert all(len(seen) == 1 for seen in flags.values())


def unit(band="elementary", school=1, district="D", **values):
    row = {"band": band, "district": district, "school_id": school, "days": 150, "delivered": 1, "two_way": 0,
           "known": 1, "at_end": 1, "silent": 0, "home_language": "english", "iep": "no",
           "race_ethnicity": "a"}  # fmt: skip
    row |= values
    return row | {"enrolled": 1, "delivered_any": int(row["delivered"] > 0), "two_way_any": int(row["two_way"] > 0)}


def cell_of(rows, measure, **where):
    table = cube.cells(pd.DataFrame(rows), (measure,), ("iep",))
    for column, value in where.items():
        table = table[table[column] == value]
    (found,) = [cell for _, cell in table.iterrows()]
    return found


def test_nine_students_are_primary_and_ten_are_not():
    nine = cell_of([unit() for _ in range(9)], "reach", group=cube.ALL)
    ten = cell_of([unit() for _ in range(10)], "reach", group=cube.ALL)
    assert cube.reasons(nine, 10) == "fewer than 10 students" and cube.reasons(ten, 10) is None


def test_a_principal_who_knows_the_own_school_learns_nothing_of_the_other():
    rows = [unit(school=1) for _ in range(30)] + [unit(school=2) for _ in range(4)]
    assert "one school" in cube.reasons(cell_of(rows, "reach", group=cube.ALL), 10)
    alone = cell_of(rows[:30], "reach", group=cube.ALL)
    assert cube.reasons(alone, 10) is None and alone["rest"] == 0


@pytest.mark.parametrize(("others", "primary"), [(1, True), (9, True), (10, False)])
def test_students_of_other_schools_are_few_up_to_nine(others, primary):
    """Only those with a denominator count: 20 who left a school before the end hide nobody."""
    rows = [unit(school=1) for _ in range(30)] + [unit(school=2) for _ in range(others)]
    rows += [unit(school=1, at_end=0) for _ in range(20)]
    why = cube.reasons(cell_of(rows, "silent", group=cube.ALL), 10)
    assert (why is not None and "one school" in why) == primary


@pytest.mark.parametrize(("most", "primary"), [(19, False), (20, False), (21, True)])
def test_half_of_the_contacts_is_not_over_half(most, primary):
    """20 contacts of 20 others: of a share the contacts of the denominator count, of a rate those that came."""
    rows = [unit() for _ in range(20)] + [unit(delivered=most, known=most)]
    for measure in ("two_way_share", "contact_rate"):
        why = cube.reasons(cell_of(rows, measure, group=cube.ALL), 10)
        assert (why == "one student holds over half of the contacts") == primary, measure


def test_one_student_with_over_half_of_the_contacts_hides_a_rate_but_not_a_reach():
    rows = [unit(delivered=1) for _ in range(20)] + [unit(delivered=30)]
    assert "over half" in cube.reasons(cell_of(rows, "contact_rate", group=cube.ALL), 10)
    assert cube.reasons(cell_of(rows, "reach", group=cube.ALL), 10) is None


def test_a_group_nobody_is_in_has_no_cell_and_nobody_reached_is_a_band_like_any_other():
    rows = [unit(delivered=0) for _ in range(40)]
    table = cube.cells(pd.DataFrame(rows), ("reach",), ("iep",))
    assert set(table["member"]) == {cube.ALL, "no"}  # no "yes": a structural zero is not a secret
    assert as_published.published(next(table.itertuples()), set()) == ("0% to under 10%", "caution")


def test_a_formula_in_a_name_stays_text():
    rows = [unit(district="=cmd|' /C calc'!A1") for _ in range(20)] + [unit(district="B") for _ in range(20)]
    table = cube.cells(pd.DataFrame(rows), ("reach",), ())
    assert "\n'=cmd" in as_published.tables({"2025-26": (table, set())})["district_band.csv"]
