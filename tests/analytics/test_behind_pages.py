"""What stands behind the pages beside the measures: filters, the list of families, buckets, quality, which store.

00123 Ana, grade 3, Lincoln      reached on 3 Sep; tried on 10 Sep, nobody answered
00124 Ben, grade 5, Lincoln      never tried
00125 Cy,  grade 7, Roosevelt    e-mail on 4 Sep, answered on 6 Sep: two-way; a call on 20 Sep (the as-of date)
"""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from access.viewer import LOCAL, Viewer
from analytics import choices, families, partnership, quality, spread
from analytics.answer import ask
from analytics.measures import MEASURES
from analytics.question import Question
from data.errors import Refusal
from data.store import open_store
from data.which import in_use
from tests.support import loading, screens

LOG = [
    ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"],
    ["00123", "9/10/2025", "Phone", "Outbound", "No answer", "Ms. Rivera", "Academics"],
    ["00125", "9/4/2025", "Email", "Outbound", "Sent", "Mr. Chen", "Attendance"],
    ["00125", "9/6/2025", "Email", "Inbound", "", "Mr. Chen", "Attendance"],
    ["00125", "9/20/2025", "Phone", "Outbound", "Left message", "Mr. Chen", "Attendance"],
    ["00999", "9/5/2025", "Phone", "Outbound", "Reached", "Mr. Chen", "Attendance"],
    ["00124", "7/20/2025", "Phone", "Outbound", "Reached", "Mr. Chen", "Attendance"],
]
YEAR = Question("contact_rate", start=date(2025, 7, 1), end=date(2026, 6, 30))
AT_LINCOLN = Viewer("principal", schools=("Lincoln ES",), students=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = open_store(tmp_path_factory.mktemp("behind") / "district.duckdb")
    loading.load(made, loading.roster())
    loading.load(made, loading.log(LOG))
    return made


def test_the_list_counts_days_and_attempts_since(store):
    lincoln = store.value("SELECT name FROM school WHERE name LIKE 'Lincoln%'")
    table, as_of = families.to_reach(store, LOCAL, lincoln)
    assert as_of == date(2025, 9, 20)
    ben, ana = table.to_dict("records")
    assert (ben["student_id"], ana["student_id"]) == ("00124", "00123")
    assert pd.isna(ben["days_since_contact"]) and ben["attempts_since"] == 0
    assert ana["days_since_contact"] == 17 and ana["last_contact"] == date(2025, 9, 3)
    assert ana["attempts_since"] == 1 and ana["last_attempt"] == date(2025, 9, 10)
    assert families.not_reached(table, 17) == 2 and families.not_reached(table, 18) == 1


def test_who_was_never_reached_is_not_said_to_wait_longer_than_enrolled(store):
    """Ben enrolled on 15 August, 36 days before the as-of date."""
    lincoln = store.value("SELECT name FROM school WHERE name LIKE 'Lincoln%'")
    table, _ = families.to_reach(store, LOCAL, lincoln)
    assert list(table["days_enrolled"]) == [36, 36]
    assert families.not_reached(table, 60) == 1
    assert families.new_and_not_reached(table, 60) == 1 and families.new_and_not_reached(table, 36) == 0


def test_the_list_knows_a_two_way_exchange(store):
    roosevelt = store.value("SELECT name FROM school WHERE name LIKE 'Roosevelt%'")
    cy = families.to_reach(store, LOCAL, roosevelt)[0].to_dict("records")[0]
    assert cy["days_since_contact"] == 0 and cy["days_since_two_way"] == 14
    assert cy["last_two_way"] == date(2025, 9, 6) and cy["attempts_since"] == 0


def test_the_list_knows_nothing_of_days_before_the_student_was_enrolled(tmp_path):
    """Ana enrolled on 15 August: a talk on the 5th counts nowhere, a message of the 20th was not answered."""
    made = open_store(tmp_path / "district.duckdb")
    loading.load(made, loading.roster())
    before = ["00123", "8/5/2025", "In person", "", "Reached", "Ms. Rivera", "Academics"]
    ben = ["00124", "8/6/2025", "Phone", "Outbound", "No answer", "Ms. Rivera", "Academics"]
    loading.load(
        made, loading.log([before, ben, ["00123", "8/20/2025", "Email", "Outbound", "Sent", "Ms. Rivera", ""]])
    )
    lincoln = made.value("SELECT name FROM school WHERE name LIKE 'Lincoln%'")
    ben, ana = families.to_reach(made, LOCAL, lincoln)[0].to_dict("records")
    assert ana["last_contact"] == ana["last_attempt"] == date(2025, 8, 20) and ana["last_two_way"] is None
    assert ben["last_attempt"] is None and ben["attempts_since"] == 0
    made.close()


def test_the_list_holds_who_is_enrolled_on_the_day_of_the_last_contact(tmp_path):
    """The last contact of the log is of 20 September: the first and the last day of a stay count."""
    made = open_store(tmp_path / "district.duckdb")
    stays = {"1": ("8/15/2025", "9/19/2025"), "2": ("8/15/2025", "9/20/2025"), "3": ("8/15/2025", "9/21/2025"),
             "4": ("9/20/2025", ""), "5": ("9/21/2025", "")}  # fmt: skip
    rows = [[number, f"Ana {number}", "Lopez", "Lincoln ES", "3", *stay] for number, stay in stays.items()]
    headers = [*loading.ROSTER_HEADERS, "Exit Date"]
    loading.load(made, loading.workbook(loading.sheet(rows, headers=headers), name="roster.csv"))
    loading.load(made, loading.log([["3", "9/20/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", ""]]))
    table, as_of = families.to_reach(made, LOCAL, "Lincoln ES")
    assert as_of == date(2025, 9, 20) and set(table["student_id"]) == {"2", "3", "4"}
    made.close()


def test_the_list_narrows(store):
    lincoln = store.value("SELECT name FROM school WHERE name LIKE 'Lincoln%'")
    table = families.to_reach(store, LOCAL, lincoln)[0]
    assert list(families.narrowed(table, 18, [], [])["student_id"]) == ["00124"]
    assert list(families.narrowed(table, 0, ["3"], [])["student_id"]) == ["00123"]
    assert families.narrowed(table, 0, [], ["spanish"]).empty


@pytest.mark.parametrize(
    ("viewer", "school", "code"),
    [
        (Viewer("panel"), "Lincoln", "no_students"),
        (Viewer("district"), "Lincoln", "no_students"),
        (Viewer("principal", schools=("Elsewhere",), students=True), "Lincoln", "unknown_school"),
        (LOCAL, "Nowhere", "unknown_school"),
    ],
)
def test_the_list_is_refused(store, viewer, school, code):
    name = store.value("SELECT name FROM school WHERE name LIKE ?", [f"{school}%"]) or school
    with pytest.raises(Refusal) as refused:
        families.to_reach(store, viewer, name)
    assert refused.value.code == code


def test_the_first_days_of_lessons_in_words():
    def said(days):
        return partnership.first_days_in_words(date(2025, 8, 15), date(2025, 8, 15) + timedelta(days - 1))

    assert said(1) == "on the first day of lessons" and said(2) == "in the 2 days since lessons began"
    assert said(29) == "in the 29 days since lessons began"
    assert said(30) == said(31) == partnership.first_days_in_words(None, None) == "in the first 30 days of lessons"


def test_a_viewer_is_offered_own_schools_only(store):
    everything = choices.offered(store, LOCAL)
    assert len(everything.schools) == 2 and everything.bands == ("elementary", "middle")
    assert everything.students == 3 and everything.has_contacts and everything.waiting == 1
    assert everything.years["2025-26"] == (date(2025, 8, 15), date(2025, 9, 20))
    own = choices.offered(store, Viewer("principal", schools=everything.schools[:1], students=True))
    assert own.schools == everything.schools[:1] and own.bands == ("elementary",) and own.students == 2
    assert choices.offered(store, Viewer("panel")).schools == ()


def test_an_empty_store_offers_nothing(tmp_path):
    nothing = choices.offered(open_store(tmp_path / "empty.duckdb"), LOCAL)
    assert nothing.years == {} and nothing.students == 0 and not nothing.has_contacts and nothing.waiting == 0


def test_the_buckets_add_up_to_the_students_and_agree_with_reach(store):
    question = Question("contact_rate")
    table = spread.by_band(store, LOCAL, question).table
    middle = table[table["band"] == "middle"].set_index("bucket")
    assert middle["numerator"].to_dict() == {"0": 0, "1": 0, "2": 0, "3-5": 1, "6+": 0}
    reach = ask(store, LOCAL, Question("reach", by=("band",))).table.set_index("band")
    for band, here in table.groupby("band"):
        assert here["numerator"].sum() == here["denominator"].iloc[0] == reach.loc[band, "denominator"]
        assert here.set_index("bucket").loc["0", "value"] == pytest.approx(1 - reach.loc[band, "value"])


def test_what_does_not_count_is_counted(store):
    found = quality.checks(store, LOCAL, YEAR)
    rows = dict(zip(quality.CHECKS, found.checks["rows"], strict=False))
    assert found.contacts == 6 and found.staff == 2
    assert rows["outside"] == 1 and rows["unmatched"] == 1 and rows["no_time"] == 6
    assert rows["no_outcome"] == 1 and rows["no_direction"] == 0 and rows["twins"] == 0
    assert rows["staff"] == 2
    waits = found.checks.set_index("check").loc["Contacts that wait for their student"]
    assert (waits["of"], waits["share"]) == (7, 1 / 7), "what waits is none of the six that came in"
    # Two schools and the six weeks of 15 August to 20 September: Lincoln logged in two of them, Roosevelt too.
    assert (rows["weeks"], found.checks["of"][0]) == (8, 12)


def test_every_line_says_what_it_does_to_which_measures(store):
    lines = quality.checks(store, LOCAL, YEAR).checks
    assert (lines["effect"].str.len() > 15).all()
    for names in lines["measures"]:
        assert names and set(names.split(", ")) <= set(MEASURES)


def test_the_filters_narrow_what_is_counted(store):
    lincoln = quality.checks(store, LOCAL, replace(YEAR, where=(("band", "elementary"),)))
    assert lincoln.contacts == 3 and lincoln.staff == 1


def test_a_week_that_filters_leave_empty_is_not_said_to_be_one_without_a_log(store):
    def said(asked):
        return quality.checks(store, LOCAL, asked).checks.iloc[0]

    assert said(YEAR)["check"] == "Weeks of lessons in which a school logged no contact"
    filtered = said(replace(YEAR, where=(("channel", "phone"),)))
    assert filtered["check"].endswith("logged no contact that these filters count")
    assert filtered["effect"].startswith("The school may have logged others")


def test_how_late_contacts_are_loaded(store):
    """The five contacts that count are of 3, 4, 6, 10 and 20 September; their file was loaded on 8 October."""
    with store.writing() as cursor:
        cursor.execute("UPDATE upload SET loaded_at = TIMESTAMP '2025-10-08 09:00:00' WHERE kind = 'contacts'")
    found = quality.checks(store, LOCAL, YEAR)
    assert (found.half_days, found.most_days) == (32, 35)
    late = found.checks.iloc[list(quality.CHECKS).index("lag")]
    assert (late["rows"], late["of"]) == (3, 5)
    assert "half within 32 days, nine in ten within 35" in late["check"]
    early = quality.checks(store, LOCAL, replace(YEAR, start=date(2025, 9, 11)))
    assert (early.half_days, early.checks.iloc[2]["rows"]) == (18, 0)
    empty = quality.checks(store, LOCAL, replace(YEAR, start=date(2025, 9, 21)))
    assert empty.half_days is None


def test_the_same_call_in_two_files_is_a_likely_twin(tmp_path):
    made = open_store(tmp_path / "district.duckdb")
    loading.load(made, loading.roster())
    loading.load(made, loading.log(LOG[:1]))
    loading.load(made, loading.log([[*LOG[0][:5], "Rivera, M.", "Attendance"]], name="other.csv"))
    found = quality.checks(made, LOCAL, YEAR)
    assert dict(zip(quality.CHECKS, found.checks["rows"], strict=False))["twins"] == 1


def test_the_sample_is_shown_until_the_districts_own_store_has_an_upload(tmp_path, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path))
    screens.sample(tmp_path)
    assert in_use().sample
    open_store(tmp_path / "district.duckdb")
    assert in_use().sample
    screens.roster_only(tmp_path)
    assert not in_use().sample and in_use().store.path.name == "district.duckdb"


def test_a_sample_is_made_whole_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path))
    (tmp_path / "sample-in-the-making.duckdb").write_bytes(b"half of a file")
    steps = []
    assert in_use(lambda step, share: steps.append(share)).sample
    assert steps and steps[-1] == 1.0
    assert (tmp_path / "sample.duckdb.truth.json").exists()
    assert not list(tmp_path.glob("sample-in-the-making*"))


def test_a_sample_whose_making_was_stopped_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path))
    monkeypatch.setattr("data.which.SIZE", {"students": 60, "schools": 3})

    def stopped(step, share):
        raise InterruptedError("somebody clicked")

    with pytest.raises(InterruptedError) as held:  # its traceback keeps the half-made store open
        in_use(stopped)
    assert in_use().sample and (tmp_path / "sample.duckdb").exists()
    assert held.value.args == ("somebody clicked",)


CALLS = {
    "a.csv": [LOG[0]],
    "b.csv": [[*LOG[0][:5], "Rivera, M.", "Attendance"], [*LOG[0][:5], "Rivera, M.", "Academics"]],
    "both.csv": [LOG[0], [*LOG[0][:5], "Rivera, M.", "Attendance"]],
}


@pytest.mark.parametrize(
    ("files", "twins"),
    [
        (("a.csv", "b.csv"), 1),  # one of three calls may be one of the other file's two
        (("b.csv", "a.csv"), 1),
        (("a.csv", "both.csv"), 0),  # the second file holds both: two calls
        (("both.csv", "a.csv"), 0),
    ],
)
def test_likely_twins_do_not_depend_on_the_file_that_came_first(tmp_path, files, twins):
    made = open_store(tmp_path / "district.duckdb")
    loading.load(made, loading.roster())
    for name in files:
        loading.load(made, loading.log(CALLS[name], name=name))
    found = quality.checks(made, LOCAL, YEAR)
    assert dict(zip(quality.CHECKS, found.checks["rows"], strict=False))["twins"] == twins
