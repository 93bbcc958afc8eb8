"""The scope, proved: a measure's SQL names scoped tables only, and those let nothing of another school through."""

import re
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from access.viewer import LOCAL, Viewer
from analytics import filters, scoped
from analytics.answer import ask
from analytics.lookups import School
from analytics.measures import CUTS, FOLDER, MEASURES
from analytics.question import Question
from analytics.school_sums import school_sums
from analytics.scope import scope_of, visible_schools
from data.errors import Refusal
from tests.support.oracle_words import Contact, Span, World

PARSER = duckdb.connect()
SCOPED = {name for name in dir(scoped._Tables) if name.startswith("scoped_")}
FACTS = {"span", "reply", "ask_month", "student_day", "student_month", "student_month_channel", "student_first"}
SMALL = {"calendar", "reply_rule"}
TALLY = re.compile(r"FROM tally_\d+ AS f")
WIDE = Viewer("principal", schools=("Alder Elementary", "Birch K-8"))
ALDER = Viewer("principal", schools=("Alder Elementary",))


def tables_of(sql: str) -> set[str]:
    """The tables that a SELECT reads, its own steps left out."""
    return set(PARSER.get_table_names(re.sub(r"\$\w+", "[]", sql)))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_a_measure_reads_scoped_tables_only(path):
    sql = path.read_text(encoding="utf-8")
    assert path.stem in MEASURES
    assert len(PARSER.extract_statements(sql)) == 1
    assert tables_of(sql) and tables_of(sql) <= SCOPED
    tree = PARSER.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0]
    assert '"error":false' in tree and "TABLE_FUNCTION" not in tree


def test_every_measure_has_its_file():
    assert {path.stem for path in FOLDER.glob("*.sql")} == set(MEASURES)


@pytest.mark.parametrize("by", [(), ("channel",), ("month", "topic"), ("week", "band"), ("school", "channel")])
def test_every_row_of_a_fact_is_joined_to_the_spans_in_scope(small_store, by):
    """Each scoped table, written out: a fact is read beside scope_member, or looked back at from the roll."""
    tables = scoped._Tables(scope_of(small_store, ALDER, Question("reach", by)))
    for name in (name for name in dir(tables) if name.startswith("scope")):
        if name == "scope":
            continue
        facts = tables_of(getattr(tables, name)()) & FACTS
        if name == "scope_member":
            assert tables_of(tables.scope_member()) == {"span", "scope_school"}
        elif name == "scope_recent":  # any school's contacts, but only of students on the roll
            assert {"scope_roll", "scope_recent"} <= tables_of(tables.scoped_heard())
        elif facts:
            assert "scope_member" in tables_of(getattr(tables, name)()), name
            text = getattr(tables, name)()
            read = sum(text.count(f"FROM {fact} AS f") for fact in FACTS) + len(TALLY.findall(text))
            assert text.count("JOIN scope_member AS m ON") == read


@pytest.mark.parametrize("by", [(), ("month",), ("channel",), ("topic",), ("school_year", "band")])
def test_a_tally_holds_no_viewer_and_is_joined_to_the_spans_in_scope(small_store, by):
    """What the store keeps for all who ask is the same whoever asks; only then it meets the asker's schools."""
    for name in sorted(SCOPED):
        asked, others = (scoped._Tables(scope_of(small_store, who, Question("reach", by))) for who in (ALDER, WIDE))
        text = getattr(asked, name)()
        getattr(others, name)()
        assert asked.tallies == others.tallies, name
        assert text.count("JOIN scope_member AS m ON") >= len(TALLY.findall(text))
        for select in asked.tallies.values():
            assert tables_of(select) <= {*FACTS, *SMALL, "staff_month", "contact_row", "upload"}
            assert "$" not in select


@pytest.mark.parametrize("measure", MEASURES)
def test_a_principal_gets_what_the_district_gets_for_that_school(small_store, measure):
    for by in ((), ("school",), ("channel", "band")):
        own = ask(small_store, ALDER, Question(measure, by)).table
        district = ask(small_store, LOCAL, Question(measure, by, schools=("Alder Elementary",))).table
        assert own.equals(district)


@pytest.mark.parametrize("measure", ["contact_rate", "reach", "silent", "weeks_logged", "days_to_reply"])
def test_what_other_schools_do_changes_nothing(tmp_path, small_world, loaded, measure):
    """The same world without a row of the students who were never at Alder gives a principal the same answers."""
    mine = {span.student for span in small_world.spans if span.school == "Alder Elementary"}
    last = max((c for c in small_world.contacts if c.district == "North"), key=lambda c: c.day)
    kept = [c for c in small_world.contacts if c.student in mine]
    kept.append(replace(last, student=min(mine), audience="mass", channel="other", row=(99, 0)))
    less = replace(small_world, spans=[s for s in small_world.spans if s.student in mine], contacts=kept)
    store, whole = loaded(less), loaded(replace(small_world, contacts=[*small_world.contacts, kept[-1]]))
    for by in ((), ("month",), ("grade",)):
        ours, theirs = (ask(s, ALDER, Question(measure, by)).table for s in (store, whole))
        if measure != "weeks_logged" or by != ("month",):
            theirs = theirs[theirs[by[0]].isin(ours[by[0]])].reset_index(drop=True) if by else theirs
        assert ours.equals(theirs), by


def test_another_school_is_unknown_to_a_principal(small_store):
    for asked in ({"schools": ("Ivy High",)}, {"where": (("school", "Ivy High"),)}):
        with pytest.raises(Refusal, match="no school 'Ivy High'"):
            ask(small_store, ALDER, Question("reach", **asked))


def test_a_district_viewer_of_one_district_sees_its_schools(small_store):
    south = Viewer("district", districts=("South",))
    assert {school.district for school in visible_schools(small_store, south)} == {"South"}
    table = ask(small_store, south, Question("reach", by=("district",))).table
    assert list(table["district"]) == ["South"]


def test_a_name_that_two_districts_share_opens_neither_school(loaded):
    spans = [
        Span(number, district, f"Lincoln {number}", "3", "2025-26", date(2025, 9, 1), None)
        for number, district in enumerate(("North", "South"))
    ]
    contacts = [Contact((0, span.student), span.student, span.district, date(2025, 9, 9)) for span in spans]
    store = loaded(World(spans, contacts))
    with store.writing() as cursor:
        cursor.execute("UPDATE school SET name = 'Lincoln'")
    assert visible_schools(store, Viewer("principal", schools=("Lincoln",))) == ()
    for own in (
        Viewer("principal", schools=("Lincoln",), districts=("South",)),
        Viewer("principal", schools=("Lincoln (South)",)),
    ):
        table = ask(store, own, Question("reach", ("school",))).table
        assert list(table["school"]) == ["Lincoln (South)"] and list(table["denominator"]) == [1]
    both = ask(store, LOCAL, Question("reach", ("school",), schools=("Lincoln",))).table
    assert list(both["school"]) == ["Lincoln (North)", "Lincoln (South)"]


@pytest.mark.parametrize("viewer", [Viewer("panel"), Viewer("panel", schools=("Alder Elementary",))])
def test_a_panel_reads_no_row(small_store, viewer):
    assert visible_schools(small_store, viewer) == ()
    for door in (ask, school_sums):
        with pytest.raises(Refusal, match="released"):
            door(small_store, viewer, Question("reach"))


@pytest.mark.parametrize("cut", [cut for cut, about in CUTS.items() if about.of != "time"])
def test_values_that_people_write_never_become_sql(small_store, cut):
    with pytest.raises(Refusal):
        ask(small_store, LOCAL, Question("reach", where=((cut, "x' OR 1=1 --"),)))


def test_the_spans_that_are_kept_for_a_scope_are_those_of_its_schools_and_groups(small_store):
    """Each scope names its own table by its schools and groups; whoever asks next does not get its rows."""
    asked = [
        (who, where) for who in (ALDER, WIDE) for where in ((), (("grade", "2"),), (("home_language", "Spanish"),))
    ]
    kept = []
    for who, where in asked:
        scope = scope_of(small_store, who, Question("reach", ("band",), where=where))
        text, parameters, selects = scoped.complete(scope, MEASURES["reach"].sql)
        assert tables_of(selects["scope_member"].text) == {"span"}
        assert not set(parameters) & set(selects["scope_member"].parameters)
        assert selects["scope_member"].parameters["school_ids"] == [school.school_id for school in scope.schools]
        kept.append(selects["scope_member"])
    assert len(set(kept)) == len(asked)
    own = [{s.school_id for s in visible_schools(small_store, who)} for who, _ in asked]
    for select, schools in zip(kept, own, strict=True):
        table = small_store.kept.narrowed(select, small_store.version)
        assert {school for (school,) in small_store.rows(f"SELECT DISTINCT school_id FROM {table}")} <= schools


@pytest.mark.parametrize(
    ("asked", "where", "left"),
    [
        ((), (("district", "north"),), [1, 2]),
        (("Oak",), (), [2]),
        (("Oak",), (("school", "Elm"),), []),  # both hold at once: no school is Oak and Elm
        (("Oak", "Elm"), (("school", "Elm"), ("district", "South")), [3]),
        (("Lincoln (North)",), (), [1]),
        (("Lincoln",), (("district", "South"),), [4]),
    ],
)
def test_schools_and_filters_on_schools_and_districts_hold_together(asked, where, left):
    visible = (
        School(1, "Lincoln", "North", "Lincoln (North)"),
        School(2, "Oak", "North", "Oak"),
        School(3, "Elm", "South", "Elm"),
        School(4, "Lincoln", "South", "Lincoln (South)"),
    )
    question = Question("contacts", schools=asked, where=where)
    assert [school.school_id for school in filters.schools(question, visible)] == left
