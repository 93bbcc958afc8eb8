"""What pages say of districts that lack something: a school's log, a second school, a whole month, enough students."""

import json
from contextlib import closing
from datetime import date, timedelta
from functools import lru_cache

import pytest

from access.viewer import LOCAL
from analytics import funnel, partnership
from analytics.clustered import FEWEST_STUDENTS
from analytics.disclosure.cube import N_MIN
from analytics.figures import headlines, words
from analytics.question import Question
from data.store import open_store
from tests.pages.test_pages import filtered, read, said
from tests.support import loading, screens


@pytest.fixture
def without_log(own_home):
    """The program with a district of which one school logged nothing."""
    screens.one_without_log(own_home)
    return own_home


@lru_cache
def of_sample(page: str, **chosen: str):
    """A page of the sample district after its run; tests only read it."""
    return filtered(page, **chosen)


def under_headline(test) -> str:
    """The line of what the numbers rest on."""
    return next(read(caption.value) for caption in test.caption if "Contacts loaded up to" in caption.value)


def test_one_school_that_logs_is_not_compared_with_those_that_do_not(own_home):
    screens.schools(own_home, {"Hill ES": ("3", 40), "Vale MS": ("7", 40), "Dale HS": ("10", 40)}, ["Hill ES"])
    said_first = headline(filtered("schools"))
    assert said_first.startswith("Dale HS and Vale MS logged no personal contact. Contact rate, ")
    assert ": Hill ES 0." in said_first and "usual range" not in said_first
    assert headline(filtered("overview")).endswith(
        "; no contact with middle school and high school families was logged"
    )


@pytest.mark.parametrize("page", ["overview", "frequency", "grade_bands", "schools", "partnership"])
def test_schools_without_a_log_are_said_where_their_students_count(page, without_log):
    sentence = "1 of 8 schools logged no personal contact in these dates; its students count as not contacted."
    assert sentence in under_headline(filtered(page))
    only = under_headline(filtered(page, school="Pine HS"))
    assert "This school logged no personal contact in these dates; its students count as not contacted." in only
    assert "logged no personal contact" not in said(filtered(page, school="Alder ES"))


@pytest.mark.parametrize("page", ["overview", "frequency", "grade_bands", "schools", "partnership"])
def test_a_school_that_stopped_logging_is_said_where_its_students_seem_not_contacted(page, own_home):
    """Hill and Vale call in September alone, Dale until February."""
    store = screens.schools(own_home, {"Hill ES": ("3", 40), "Vale MS": ("7", 40)}, ["Hill ES", "Vale MS"], months=(9,))
    roster = [[f"9{n:04d}", "Bo", f"Roe{n}", "Dale HS", "10", "8/15/2025"] for n in range(40)]
    days = [date(2025, 9, 2) + timedelta(days=5 * n) for n in range(36)]
    call = ["Phone", "Outbound", "Reached", "Ms. Rivera", ""]
    log = [[roster[n][0], f"{day:%m/%d/%Y}", *call] for n, day in enumerate(days)]
    loading.load(store, loading.roster(roster))
    loading.load(store, loading.log(log))
    assert (
        "2 of 3 schools logged in under half of their weeks; their students may have been contacted more often than is "
        "shown."
    ) in under_headline(filtered(page))
    only = under_headline(filtered(page, school="Hill ES"))
    assert "This school logged in under half of its weeks; its students" in only
    assert "under half" not in under_headline(filtered(page, school="Dale HS"))


def test_before_the_first_contact_nobody_is_said_to_be_not_enrolled(own_home):
    """The log ends in July, lessons begin in August: students are enrolled, and no day of theirs is loaded."""
    store = screens.roster_only(own_home)
    loading.load(store, loading.log([["00123", "7/9/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", ""]]))
    test = filtered("overview")
    assert headline(test) == "No contact reached a family in this period under these filters"
    assert "The period has no day up to the latest contact (2025-07-09)" in said(test)


def test_of_two_schools_without_a_log_it_is_said_of_both(own_home):
    screens.schools(own_home, {"Hill ES": ("3", 40), "Vale MS": ("7", 40), "Dale HS": ("10", 40)}, ["Dale HS"])
    sentence = "Both schools logged no personal contact in these dates; their students count as not contacted."
    assert sentence in under_headline(filtered("overview", school=["Hill ES", "Vale MS"]))


def test_the_list_of_a_school_without_a_log_says_so_and_not_that_nobody_was_reached(without_log):
    assert headline(filtered("families", list_school="Pine HS")) == (
        "No contact with any of the 40 families at Pine HS was logged"
    )
    reached = filtered("families", list_school="Alder ES")
    assert headline(reached).startswith("0 of 40 families at Alder ES were not") and not reached.dataframe
    assert "No student of 40 is left: not reached in the last 60 days. Choose “All students”" in said(reached)


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("schools", "Contact rate: nothing to count under these filters"),
        ("equity", "Contact rate: nothing to count under these filters"),
        ("two_way", "No student was enrolled in this period under these filters"),
        ("partnership", "No student was enrolled in this period under these filters"),
        ("overview", "No student was enrolled in this period under these filters"),
        ("frequency", "No student was enrolled in this period under these filters"),
        ("grade_bands", "No student was enrolled in this period under these filters"),
    ],
)
def test_in_the_summer_no_headline_says_more_than_that_nothing_is_counted(page, wanted, at_sample):
    test = of_sample(page, year="Chosen dates", **{"from": "2025-07-01", "to": "2025-07-31"})
    assert headline(test) == wanted
    assert "too few schools" not in said(test) and said(test).count("Nothing is counted under these filters") == 1


@pytest.mark.parametrize("measure", ["contact_rate", "silent"])
def test_a_school_without_a_log_is_no_outlier_in_words(measure, without_log):
    with closing(open_store(without_log / "district.duckdb")) as store:
        _, limits = funnel.answer(store, LOCAL, Question(measure))
    pine = limits.schools.set_index("school").loc["Pine HS"]
    assert pine["value"] < pine["low_998"] or pine["value"] > pine["high_998"], "by its number it is one"
    test = filtered("schools", measure=measure)
    assert test.title[0].value.startswith("Pine HS logged no personal contact. No other school lies outside")
    assert "Outside the 99.8 % limits" not in said(test)
    drawn = json.loads(test.get("plotly_chart")[0].proto.spec)
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["Pine HS, no log"]


def test_a_school_for_which_another_logged_is_not_said_to_have_no_log(own_home):
    """Pine's families were called by the staff of another school: they do not count as not contacted."""
    store = screens.one_without_log(own_home)
    assert not funnel.answer(store, LOCAL, Question("reach"))[1].without_log().empty
    headers = [*loading.LOG_HEADERS, "School"]
    row = ["00280", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics", "Alder ES"]
    loading.load(store, loading.log([row], name="called.csv", headers=headers))
    assert funnel.answer(store, LOCAL, Question("reach"))[1].without_log().empty


def headline(test) -> str:
    """The headline as it is read."""
    return read(test.title[0].value)


def some_days(page: str):
    """A page over a few days of one month of the sample."""
    return filtered(page, year="Chosen dates", **{"from": "2025-10-06", "to": "2025-10-20"})


@pytest.mark.parametrize("page", ["overview", "frequency", "two_way"])
def test_a_month_that_is_not_whole_is_drawn_as_points_and_named_so(page, at_sample):
    test = some_days(page)
    drawn = json.loads(test.get("plotly_chart")[0].proto.spec)["data"]
    for name in ("Elementary", "Middle", "High"):
        circles = [one for one in drawn if one["name"] == name and one["marker"].get("symbol") == "circle-open"]
        assert [len(one["x"]) for one in circles] == [1] and "markers" in circles[0]["mode"]
        earlier = next(one for one in drawn if one["name"] == f"{name}, a year earlier")
        assert earlier["mode"] == "markers"
    text = said(test)
    assert "Hollow circle: Oct 2025 is not a whole month of lessons or log." in text
    assert "Gray circle: the same days a year earlier." in text
    for absent in ("Dashed: Oct", "Gray, thin", "Lines: by month"):
        assert absent not in text


def test_no_line_begins_with_a_per_cent_sign(at_sample):
    test = of_sample("two_way")
    texts = [element.value for kind in (test.title, test.subheader, test.caption) for element in kind]
    assert any("\u00a0%" in text for text in texts) and not any(" %" in text for text in texts)


def test_how_often_families_were_contacted_is_a_sentence(at_sample):
    said_first = headline(some_days("frequency"))
    assert "of families were reached; elementary families were contacted 1." in said_first
    assert " times per 30 days, middle school 0." in said_first


@pytest.mark.parametrize("chosen", [{}, {"school": "Alder Elementary School"}])
def test_what_limits_say_of_schools_is_not_said_a_third_time_under_the_headline(chosen, at_sample):
    """The headline says it, and the chart of the schools."""
    test = of_sample("schools", **chosen)
    for again in ("usual spread", "99.8 %", "too few schools"):
        assert again not in under_headline(test)
    assert "usual spread" in said(test) or "too few schools for limits" in said(test)


ONE = {"school": "Alder Elementary School"}  # of the sample; its only grade band is elementary
TWO_BANDS = {"school": "Locust K-8 School"}


@pytest.mark.parametrize("page", ["overview", "two_way"])
def test_at_one_school_it_is_said_once_why_no_change_is_told_from_chance(page, at_sample):
    test = of_sample(page, **ONE)
    assert said(test).count("Whether they are more than chance cannot be told: that takes three schools.") == 1
    assert not [metric.delta for metric in test.metric if "clear" in metric.delta]
    assert "clear" not in test.title[0].value


def test_the_headline_at_one_school_names_both_years(at_sample):
    assert ", against 1.8 times a year earlier" in of_sample("overview", **ONE).title[0].value
    assert "higher" not in of_sample("overview", **TWO_BANDS).title[0].value
    assert of_sample("overview", **TWO_BANDS).title[0].value.endswith("which chance may explain")


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("schools", "Contact rate, contacts per student per 30 enrolled days: Alder Elementary School 1.7"),
        ("grade_bands", "Contact rate: elementary 1.7, without later grades to compare with"),
        ("equity", "Contact rate: too few schools to tell a difference between groups from chance"),
    ],
)
def test_the_headline_at_one_school_is_no_question(page, wanted, at_sample):
    assert headline(of_sample(page, **ONE)) == wanted


@pytest.mark.parametrize("page", ["schools", "grade_bands", "equity", "moving_up", "two_way", "frequency"])
def test_no_note_speaks_of_lines_that_one_school_does_not_have(page, at_sample):
    text = said(of_sample(page, **TWO_BANDS))
    for absent in ("Lines: limits", "Thin lines", "Lines: 95 %", "Shaded: 95 %", "all of these schools together"):
        assert absent not in text
    assert ("No limits are drawn: they take three schools that differ." in text) == (page == "schools")


def test_a_school_at_which_nothing_was_logged_is_painted_lowest(own_home):
    screens.one_without_log(own_home)
    drawn = json.loads(filtered("overview", school="Pine HS").get("plotly_chart")[-1].proto.spec)
    table = next(trace for trace in drawn["data"] if trace["type"] == "heatmap")
    assert {cell for line in table["z"] for cell in line} == {0} and (table["zmin"], table["zmax"]) == (0, 1)


EIGHT = (
    "3 elementary students had 3 contacts, 3 middle school students had no contacts and 2 high school students had 2 "
    "contacts: too few to compare"
)


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("overview", f"Families were contacted 0.4 times per 30 days; {EIGHT}"),
        ("frequency", f"5 of 8 families were reached; {EIGHT}"),
        ("grade_bands", f"Contact rate: {EIGHT}"),
    ],
)
def test_eight_students_are_counted_and_not_compared(page, wanted, own_home):
    screens.schools(own_home, {"Hill ES": ("3", 3), "Vale MS": ("7", 3), "Dale HS": ("10", 2)}, ["Hill ES", "Dale HS"])
    assert headline(filtered(page)) == wanted


def test_a_school_with_one_student_is_not_counted_to_one(own_home):
    screens.schools(own_home, {"Hill ES": ("3", 1)}, ["Hill ES"])
    assert headline(filtered("frequency")).startswith("The only family was reached; ")
    assert headline(filtered("two_way")).startswith("The only contact went ")
    said = headline(filtered("partnership"))
    assert said.startswith("The only family was reached in the ") and " and the only contact was " in said
    assert headline(filtered("families")).startswith("The only family at Hill ES was ")


@pytest.mark.parametrize(
    ("link", "listed"),
    [
        ({"school": ["Vale MS"]}, "Vale MS"),
        ({"school": ["Dale HS", "Vale MS"]}, "Dale HS"),
        ({"school": ["Vale MS"], "list_school": ["Dale HS"]}, "Dale HS"),
    ],
)
def test_a_link_to_the_list_may_name_its_school_as_links_to_other_pages_do(link, listed, own_home):
    screens.schools(own_home, {"Hill ES": ("3", 3), "Vale MS": ("7", 3), "Dale HS": ("10", 2)}, ["Hill ES"])
    test = filtered("families", **link)
    assert f" {listed} " in f" {headline(test)} " and test.sidebar.selectbox[0].value == listed


def test_partnership_counts_a_handful_instead_of_per_cents(own_home):
    screens.schools(own_home, {"Hill ES": ("3", 3), "Vale MS": ("7", 3), "Dale HS": ("10", 2)}, ["Hill ES", "Dale HS"])
    said = headline(filtered("partnership"))
    assert (
        said
        == "3 of 8 families were reached in the first 30 days of lessons and 0 of 5 contacts were begun by the family"
    )


def test_a_group_that_no_roster_tells_is_said_to_be_unknown_and_not_to_have_no_contacts(own_home):
    screens.schools(own_home, {"Hill ES": ("3", 12), "Vale MS": ("7", 10)}, ["Hill ES", "Vale MS"])
    test = filtered("equity")
    assert headline(test) == "Home language: no roster says it of these students"
    drawn = json.loads(test.get("plotly_chart")[0].proto.spec)["layout"]["annotations"][0]["text"].replace("<br>", " ")
    assert drawn.endswith("Choose another group, or load a roster that does.")
    assert "longer period" not in drawn and "no roster" not in under_headline(test)


def test_a_small_band_is_counted_beside_one_that_is_compared(own_home):
    """Ten students are enough for a comparison, nine are not."""
    students = {"Hill ES": ("3", 12), "Vale MS": ("7", 10), "Dale HS": ("10", 9)}
    screens.schools(own_home, students, list(students))
    assert headline(filtered("grade_bands", measure="reach")) == (
        "Families reached: high school 9 of 9: too few to compare; against elementary the same in middle school, "
        "which chance may explain"
    )
    said_first = headline(filtered("overview"))
    assert "middle school about as often as elementary" in said_first
    assert said_first.endswith("; 9 high school students had 9 contacts: too few to compare")


def test_a_band_is_compared_from_as_many_students_as_a_group_is_released():
    assert FEWEST_STUDENTS == N_MIN


@pytest.mark.parametrize(
    ("page", "chosen"),
    [
        ("overview", {}),
        ("overview", ONE),
        ("frequency", {}),
        ("frequency", ONE),
        ("two_way", ONE),
        ("grade_bands", {}),
        ("grade_bands", {"measure": "weeks_logged"}),
        ("schools", ONE),
        ("schools", {"measure": "weeks_logged"}),
        ("partnership", {}),
        ("data_quality", ONE),
    ],
)
def test_each_chart_of_a_page_has_a_title_of_its_own(page, chosen, at_sample):
    titles = [title.value for title in of_sample(page, **chosen).subheader]
    assert len(titles) == len(set(titles))


FILTERED = tuple(page for page in screens.MEASURED if page not in ("families", "definitions"))


@pytest.mark.parametrize("page", FILTERED)
def test_the_headline_names_the_channel_that_alone_is_counted(page, at_sample):
    assert headline(of_sample(page, channel="phone")).startswith("By phone: ")
    assert not headline(of_sample(page)).startswith("By phone")


def test_every_channel_has_its_words_for_a_headline():
    assert set(words.WAYS) == set(words.CHANNELS)
    assert headlines.by_channel("Families were contacted", ("phone", "in_person")) == (
        "By phone or in person: Families were contacted"
    )
    assert headlines.by_channel("By letter", ("letter",)) == "By letter or note: By letter"


def test_a_chart_that_compares_all_channels_says_so_beside_a_filter_of_them(at_sample):
    every = "This chart compares all channels, whichever are chosen in the filter."
    assert said(of_sample("grade_bands", channel="phone")).count(every) == 1
    assert every not in said(of_sample("grade_bands"))


def test_the_first_days_of_lessons_are_those_that_are_loaded(own_home):
    """Lessons began on 15 August, and the last contact is of the 28th."""
    screens.schools(own_home, {"Hill ES": ("3", 40), "Vale MS": ("7", 40)}, ["Hill ES", "Vale MS"], months=(8,))
    test = filtered("partnership")
    assert "of families were reached in the 14 days since lessons began" in headline(test)
    text = said(test)
    assert "Prepared to partner: families reached in the 14 days since lessons began" in text
    assert "reached in the first 30 days" not in text.replace("reached in the first 30 days of lessons, before", "")
    assert "First days of lessons: 15 August 2025 to 28 August 2025, whatever dates are chosen" in text


def test_the_first_thirty_days_are_said_with_their_dates(at_sample):
    test = some_days("partnership")
    assert "of families were reached in the first 30 days of lessons" in headline(test)
    assert "First days of lessons: 18 August 2025 to 16 September 2025, whatever dates are chosen" in said(test)


@pytest.mark.parametrize(
    ("entered", "first"), [("8/1/2025", 15), ("8/15/2025", 15), ("8/20/2025", 20), ("1/12/2026", 15)]
)
def test_lessons_begin_when_the_roster_says_so_or_on_the_day_of_the_settings(entered, first, own_home):
    """A roster that begins in January is of a part of the year: it says nothing of the first lessons."""
    store = open_store(own_home / "district.duckdb")
    rows = [[f"{n:05d}", "Ana", f"Lopez{n}", "Hill ES", "3", entered] for n in range(3)]
    loading.load(store, loading.roster(rows))
    asked = partnership.first_days_of_lessons(store, Question("reach", end=date(2026, 3, 1)))
    assert (asked.start, (asked.end - asked.start).days) == (date(2025, 8, first), 29)


@pytest.mark.parametrize(("day", "reached"), [("8/20/2025", "none"), ("10/1/2025", "1")])
def test_the_list_of_a_school_that_logs_nothing_itself_says_what_others_logged(day, reached, own_home):
    """Alder called one of Pine's families; whom Pine called nobody knows."""
    store = screens.schools(own_home, {"Alder ES": ("3", 40), "Pine HS": ("10", 48)}, ["Alder ES"])
    row = ["00045", day, "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics", "Alder ES"]
    loading.load(store, loading.log([row], name="called.csv", headers=[*loading.LOG_HEADERS, "School"]))
    assert headline(filtered("families", list_school="Pine HS")) == (
        f"Pine HS logged no contact in the 60 days up to 28 October 2025; other logs show {reached} of its 48 families "
        "reached"
    )
    assert headline(filtered("families", list_school="Alder ES")).startswith("0 of 40 families at Alder ES were not")


def test_schools_without_a_log_a_year_earlier_are_said_beside_the_changes(own_home):
    """Hill and Vale began to log this year: that they reach more families than last year is no news of the families."""
    store = open_store(own_home / "district.duckdb")
    schools = {"Hill ES": "3", "Vale MS": "7", "Dale HS": "10"}
    for year in (2024, 2025):
        students = [
            [f"{place}{n:03d}", "Ana", f"Lopez{n}", school, grade, f"8/15/{year}"]
            for place, (school, grade) in enumerate(schools.items())
            for n in range(20)
        ]
        loading.load(store, loading.roster(students))
        logged = [row[0] for row in students if year == 2025 or row[3] == "Dale HS"]
        days = [[student, f"9/{1 + n % 28}/{year}", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"]
                for n, student in enumerate(logged)]  # fmt: skip
        loading.load(store, loading.log(days))
    told = [read(caption.value) for caption in filtered("overview").caption if "Changes:" in caption.value]
    assert "A year earlier 2 of 3 schools logged no personal contact." in told[0]
    one = [read(caption.value) for caption in filtered("overview", school="Hill ES").caption]
    assert any("A year earlier this school logged no personal contact." in line for line in one)
    assert not any("A year earlier" in read(caption.value) for caption in filtered("two_way").caption)


def test_how_many_directions_are_known_ends_as_a_sentence(at_sample):
    notes = [read(caption.value) for caption in of_sample("two_way").caption]
    (note,) = [note for note in notes if "Direction known: " in note]
    assert note.endswith(" %.")
