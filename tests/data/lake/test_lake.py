"""The facts of a district, row for row the same from DuckDB and from a cluster; a lake answers like its store."""

import os
import shutil

import pandas as pd
import pytest

from access.viewer import LOCAL
from analytics.answer import ask
from analytics.measures import MEASURES
from analytics.question import Question
from data import which
from data.derive import FACTS, derive
from data.errors import Refusal
from data.lake import facts
from data.lake.export import export
from data.lake.layout import Lake
from data.lake.store import LakeStore
from data.store import open_store
from tests.support.districts import small, write
from tests.support.spark import server


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """A small two-district store full of traps, with staff, and its lake."""
    folder = tmp_path_factory.mktemp("lake")
    store = open_store(folder / "state.duckdb")
    write(store, small(seed=7, students=90))
    with store.writing() as cursor:
        cursor.execute("UPDATE contact_row SET staff = 'Staff ' || (source_row % 5) WHERE source_row % 3 > 0")
        derive(cursor)
    yield store, export(store, folder / "lake")
    store.close()


@pytest.fixture(scope="module")
def engine():
    with server() as address:
        yield address


@pytest.fixture(scope="module")
def derived(district, engine):
    store, lake = district
    about = facts.derive(lake, engine)
    return store, lake, about


def rows(store, fact):
    frame = store.query(f"SELECT * FROM {fact}")
    return frame.sort_values(list(frame.columns)).reset_index(drop=True)


@pytest.mark.parametrize("fact", FACTS)
def test_a_cluster_derives_the_very_same_rows(derived, fact):
    store, lake, _ = derived
    here, there = rows(store, fact), rows(LakeStore(lake), fact)
    assert len(here) > 0
    pd.testing.assert_frame_equal(here, there)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_a_lake_answers_like_the_store_it_came_from(derived, measure):
    store, lake, _ = derived
    for by in ((), ("band",), ("school", "month")):
        question = Question(measure, by)
        pd.testing.assert_frame_equal(ask(store, LOCAL, question).table, ask(LakeStore(lake), LOCAL, question).table)


def test_only_what_changed_is_derived_again(derived, engine):
    store, lake, first = derived
    again = facts.derive(lake, engine)
    assert (again["made"], again["kept"]) == (0, first["made"] + first["kept"])
    months = list(lake.months())
    late = lake.months()[months[-1]][0]
    os.utime(late, ns=(0, 1))  # the last month's file was written anew
    changed = facts.derive(lake, engine)
    assert 0 < changed["made"] < changed["kept"]


def test_a_run_that_died_goes_on_where_it_stopped(derived, engine, tmp_path):
    _, lake, _ = derived
    copy = Lake(shutil.copytree(lake.root, tmp_path / "lake"))
    whole = facts.derive(copy, engine)
    shutil.rmtree(copy.root / "facts")
    stopped = []

    def dies(share, words):
        stopped.append(words)
        if len(stopped) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        facts.derive(copy, engine, dies)
    assert copy.current() is None  # a reader sees no half-made facts
    resumed = facts.derive(copy, engine)
    assert resumed["kept"] > 10 and resumed["made"] + resumed["kept"] == whole["made"] + whole["kept"]


def test_new_facts_are_seen_and_old_ones_never_half(derived):
    _, lake, _ = derived
    store = LakeStore(lake)
    before = store.version
    about = lake.current()
    about["made_at"] = "later"
    lake.make_current(about)
    os.utime(lake.current_file, ns=(1, 1))
    assert store.version != before
    assert store.value("SELECT count(*) FROM reply") > 0


def test_facts_of_another_version_are_refused_with_what_to_do(derived, tmp_path):
    about = derived[1].current()
    copy = Lake(shutil.copytree(derived[1].root, tmp_path / "lake"))
    del about["facts"]["contact_mark"]
    copy.make_current(about)
    with pytest.raises(Refusal, match="another version of Both Ways. Derive them again"):
        LakeStore(copy)


def test_nothing_can_be_written_and_no_other_file_read(derived):
    store = LakeStore(derived[1])
    with pytest.raises(Refusal, match="nothing is loaded here"), store.writing():
        pass
    with pytest.raises(Exception, match="Permission"):
        store.rows(f"SELECT * FROM read_csv('{__file__}')")


def test_the_dashboard_shows_the_lake_that_is_named(derived, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_LAKE", str(derived[1].root))
    assert isinstance(which.in_use().store, LakeStore) and not which.in_use().sample
    assert "lake" in which.uploads_off()


def test_exporting_twice_leaves_the_files_alone(district):
    store, lake = district
    before = {path: path.stat().st_mtime_ns for path in lake.tables.rglob("*.parquet")}
    export(store, lake.root)
    assert {path: path.stat().st_mtime_ns for path in lake.tables.rglob("*.parquet")} == before


def test_what_is_not_there_is_said(tmp_path, district):
    with pytest.raises(Refusal, match="no school"):
        Lake(tmp_path).check()
    with pytest.raises(Refusal, match="Mount the storage"):
        Lake("s3://bucket/lake")
    fresh = export(district[0], tmp_path / "without-facts")
    with pytest.raises(Refusal, match="no facts yet"):
        LakeStore(fresh)
    with pytest.raises(Refusal, match="sc://127.0.0.1:1|not installed"):
        facts.derive(fresh, "sc://127.0.0.1:1")
    empty = open_store(tmp_path / "empty.duckdb")
    with pytest.raises(Refusal, match="no contacts"):
        export(empty, tmp_path / "nothing")
    empty.close()
