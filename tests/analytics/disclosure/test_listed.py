"""What is released is listed in the settings; a setting can release less or coarser, never more or finer."""

import json

import pytest

from access.viewer import LOCAL
from analytics import commands
from analytics.disclosure import as_published, coding, cube, draft, listed
from analytics.disclosure.release import publish
from data import demo, settings
from data.errors import Refusal
from data.store import open_store
from tests.support.attacker import attack
from tests.support.states import students

COARSER = [[500, 5], [40, 10], [10, 25]]


def with_(**given) -> dict:
    return {**settings.DEFAULTS, **given}


def test_the_defaults_are_the_whole_cube_and_the_finest_widths():
    now = listed.of(settings.DEFAULTS)
    assert now == listed.Listed(draft.MEASURES, cube.GROUPS, coding.SHARE_WIDTHS, cube.N_MIN)


@pytest.mark.parametrize("widths", [
    [[100, 1], [10, 25]],                                        # finer than 5 from 100
    [[10, 20]],                                                  # finer than 25 from 10
    [[1000, 1], [500, 2], [100, 5], [39, 10], [20, 20], [10, 25]],  # one student early
    [[500, 1], [100, 5], [40, 10], [20, 20], [10, 25]],          # finer than 2 from 500
    [[100, 50], [10, 25]],                                       # a smaller group finer than a larger, both coarse
    [[1000, 10], [40, 5], [10, 25]],                             # a smaller group finer than a larger
    [[40, 10]],                                                  # no width for 10 to 39
    [[9, 50]], [[10, 30]], [[10, 100]], [[10, 0]], [[10, -25]], [[10, 25], [10, 50]], [],
    [[10.5, 25]], [[10, True]], [["10", "25"]], [10, 25], "10:25", None, {"10": 25},
])  # fmt: skip
def test_widths_that_are_finer_or_no_widths_release_nothing(widths):
    with pytest.raises(Refusal) as refused:
        listed.of(with_(share_widths=widths))
    assert refused.value.code == "bad_release_setting"


@pytest.mark.parametrize(("name", "value"), [
    ("release_measures", []), ("release_measures", ["days_to_reply"]), ("release_measures", "reach"),
    ("release_groups", ["gender"]), ("release_groups", ["month"]), ("release_groups", [1]), ("release_groups", None),
])  # fmt: skip
def test_what_is_not_in_the_cube_cannot_be_listed(name, value):
    with pytest.raises(Refusal) as refused:
        listed.of(with_(**{name: value}))
    assert refused.value.code == "bad_release_setting" and name in refused.value.sentence


def test_the_number_of_students_can_only_be_raised():
    assert listed.of(with_(n_min=3)).n_min == 10 and listed.of(with_(n_min=20)).n_min == 20


@pytest.mark.parametrize("widths", [tuple(map(tuple, COARSER)), ((500, 5), (100, 5), (10, 25)), ((10, 50),)])
def test_coarser_widths_hold_no_single_numerator_and_say_which_sizes_they_mean(widths):
    for n in range(10, 700):
        width = coding.share_width(n, widths)
        least, most = coding.students_of(width, widths)
        assert least <= n <= most and coding.share_width(least, widths) == width
        for y in range(n + 1):
            coded = coding.share(y, n, n, widths)
            assert coded.low <= y <= coded.high and coded.low < coded.high


@pytest.mark.parametrize("seed", [1, 2])
def test_a_state_released_coarser_is_proved_and_gives_nothing_away(seed):
    """The attacker reads the sizes that a width gives away from its own list of the default ones, so only measures of
    students are asked for here."""
    from analytics.disclosure import suppress

    frame, groups = students(1, seed), ("iep", "race_ethnicity")
    table = cube.cells(frame, ("two_way_reach", "reach"), groups, tuple(map(tuple, COARSER)))
    hidden, proofs = suppress.protect(cube.linked_sets(frame, table))
    assert all(proof.passed for proof in proofs.values())
    texts = as_published.tables({"2025-26": (table, hidden)})
    fine = as_published.tables({"2025-26": (table.assign(widths=[coding.SHARE_WIDTHS] * len(table)), hidden)})
    assert texts != fine
    assert attack(frame, groups, texts, "2025-26") == []


@pytest.fixture
def store(tmp_path):
    demo.create(str(tmp_path / "s.duckdb"), students=300, schools=6, years=2, seed=3)
    opened = open_store(tmp_path / "s.duckdb")
    yield opened
    opened.close()


def test_a_release_holds_what_the_settings_list_and_says_so(store, tmp_path):
    listed.keep(store, measures=["reach"], groups=["iep"], widths=COARSER)
    made = draft.draft(store, LOCAL)
    found = publish(store, LOCAL, made, tmp_path / "out")
    assert set(found.tables) == {"band", "band_iep"} and set(found.tables["band"]["measure"]) == {"reach"}
    kept = found.about["settings"]
    assert (kept["measures"], kept["groups"], kept["share_widths"]) == (["reach"], ["iep"], COARSER)
    listed.keep(store, groups=[])
    with pytest.raises(Refusal) as refused:
        publish(store, LOCAL, draft.draft(store, LOCAL), tmp_path / "again")
    assert refused.value.code == "already_released"


def test_a_setting_that_cannot_be_used_is_not_kept_and_one_in_the_store_releases_nothing(store):
    with pytest.raises(Refusal):
        listed.keep(store, widths=[[10, 1]])
    assert store.rows("SELECT 1 FROM setting WHERE name = 'share_widths'") == []
    with store.writing() as write:
        write.execute("INSERT INTO setting (name, value) VALUES ('share_widths', ?)", [json.dumps([[10, 1]])])
    with pytest.raises(Refusal) as refused:
        draft.draft(store, LOCAL)
    assert refused.value.code == "bad_release_setting"


def test_a_look_from_the_command_line_says_how_many_are_hidden_and_publishes_nothing(store, tmp_path, monkeypatch):
    from analytics.__main__ import parser

    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path / "home"))
    said = commands.release(store, LOCAL, parser().parse_args(["release", "--look"]), None)
    hidden = draft.draft(store, LOCAL).hidden()
    assert f"{len(hidden):,} of " in said and all(f": {why}" in said for why in hidden["why"].unique())
    assert "not published" in said and store.rows("SELECT 1 FROM release_year") == []
