"""The order of dates is decided for the whole column and said; odd dates are problems, not guesses."""

from datetime import date, datetime

import pytest

from data.mapping import Mapping, column_of, interpret, interpret_dates, propose
from data.mapping.order import decide

CONTEXT = {"today": date(2026, 3, 1), "school_year": "2025-26", "time_zone": "America/New_York"}


def read(*texts, header="Date", context=CONTEXT):
    choice = decide(column_of(0, header, list(texts)), context)
    return choice, interpret_dates(list(texts), Mapping(dates={"contact_date": choice}), context)


def days(*texts):
    return [reading.value.date().isoformat() if reading.value else reading.problem for reading in read(*texts)[1]]


def test_one_day_above_twelve_decides_for_all():
    choice, readings = read("03/04/2025", "05/06/2025", "13/07/2025")
    assert choice.order == "dmy" and not choice.ambiguous
    assert "1 value has a day above 12 in first place" in choice.sentence
    assert [reading.value.month for reading in readings] == [4, 6, 7]


def test_day_first_told_by_one_date_of_many_is_asked_about():
    texts = [f"0{month}/0{day}/2025" for month in range(1, 6) for day in (3, 4)]
    made = [column_of(0, "Student ID", ["1"] * 11), column_of(1, "Date", [*texts, "13/9/2025"])]
    mapping = propose(made, "contacts", CONTEXT)
    assert mapping.date.order == "dmy"
    (question,) = mapping.questions
    assert question.code == "ask_date_order"
    assert "only 1 of 11 values has a day above 12 in first place (13/9/2025)" in question.sentence
    assert question.sentence.endswith("Say if the month comes first.")


def test_as_many_dates_for_one_order_as_for_the_other_are_said():
    choice, _ = read("9/13/2025", "14/9/2025")
    assert choice.order == "mdy" and choice.ambiguous
    assert "as many values have a day above 12 in first place as in second" in choice.sentence


def test_twelve_in_first_place_is_december_and_tells_no_order():
    choice, readings = read("12/3/2025", "9/4/2025")
    assert choice.order == "mdy" and choice.ambiguous
    assert readings[0].value == datetime(2025, 12, 3)


def test_us_order_where_nothing_tells_and_it_is_said():
    choice, readings = read("03/04/2025", "05/06/2025")
    assert choice.order == "mdy" and choice.ambiguous
    assert readings[0].value == datetime(2025, 3, 4)


def test_evidence_is_counted_in_rows_of_the_whole_column():
    texts = ["01/02/2025"] * 900 + [f"0{1 + i % 9}/0{1 + i % 9}/2025" for i in range(900)] + ["02/27/2025"]
    assert decide(column_of(0, "Date", texts), CONTEXT).sentence.startswith("Dates are read month first: 1 value")


def test_rows_against_the_order_are_problems():
    choice, readings = read("10/25/2025", "10/26/2025", "27/10/2025")
    assert choice.order == "mdy" and "1 does not fit" in choice.sentence
    assert [reading.problem for reading in readings] == [None, None, "impossible_date"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-09-03", "2025-09-03"),
        ("9/3/25", "2025-09-03"),
        ("09-03-2025", "2025-09-03"),
        ("9.3.2025", "2025-09-03"),
        ("20250903", "2025-09-03"),
        ("Sep 3, 2025", "2025-09-03"),
        ("Sept. 3rd, 2025", "2025-09-03"),
        ("3-Sep-25", "2025-09-03"),
        ("Wednesday, September 3, 2025", "2025-09-03"),
        ("Wed 9/3/2025", "2025-09-03"),
        ("9/3/25 at 3pm", "2025-09-03"),
        ("9/3/2025 @ 3:15 pm", "2025-09-03"),
        ("9/3/2025 (Wed)", "2025-09-03"),
        ("3 de septiembre de 2025", "2025-09-03"),
        ("martes 3 de marzo de 2025", "2025-03-03"),
        ("Mar 3, 2025", "2025-03-03"),
        ("45903", "2025-09-03"),
        ("10/1", "2025-10-01"),
        ("2/1", "2026-02-01"),
        ("1-Oct", "2025-10-01"),
    ],
)
def test_forms_of_dates(text, day):
    assert days(text) == [day]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2/30/2025", "impossible_date"),
        ("13/13/2025", "impossible_date"),
        ("1/1/1999", "date_before_2000"),
        ("3/2/2026", "date_in_future"),
        ("last week", "unreadable_date"),
        ("9/3-9/5", "unreadable_date"),
        ("9/3/2025 25:00", "unreadable_date"),
    ],
)
def test_dates_that_are_problems(text, problem):
    assert days(text) == [problem]


def test_a_contact_of_today_is_no_contact_of_the_future():
    assert days("3/1/2026") == ["2026-03-01"]


def test_a_school_year_begins_on_the_first_of_july_for_days_without_a_year():
    assert days("7/1", "2/28") == ["2025-07-01", "2026-02-28"]


def test_blank_is_no_date_and_no_problem():
    assert interpret_dates(["", None, "  "], Mapping(), CONTEXT) == [type(read("1/1/2025")[1][0])()] * 3


def test_times_and_midnight():
    _, readings = read("9/3/2025 2:05 PM", "9/3/2025 14:05", "9/3/2025 12:00 AM", "9/3/2025")
    assert [reading.has_time for reading in readings] == [True, True, False, False]
    assert readings[0].value == readings[1].value == datetime(2025, 9, 3, 14, 5)


def test_a_zone_is_brought_to_the_district():
    choice, readings = read("2025-10-02T03:30:00Z", "2025-12-02T03:30:00+00:00", "2025-10-02T10:00:00-07:00")
    assert choice.zone == "America/New_York" and choice.formats == []
    assert [reading.value.isoformat() for reading in readings] == [
        "2025-10-01T23:30:00", "2025-12-01T22:30:00", "2025-10-02T13:00:00",
    ]  # fmt: skip


def test_names_of_zones_in_summer_and_winter():
    """4 p.m. in Los Angeles is 7 p.m. in New York, in summer and in winter."""
    _, readings = read("7/2/2025 16:00 PDT", "12/2/2025 16:00 PST", "7/2/2025 16:00 EDT", "12/2/2025 16:00 EST")
    assert [reading.value.hour for reading in readings] == [19, 19, 16, 16]


def test_midnight_with_a_zone_is_a_date_and_keeps_its_day():
    choice, readings = read("2025-10-02T00:00:00Z", "2025-10-03T00:00:00Z")
    assert choice.zone is None
    assert [reading.value.day for reading in readings] == [2, 3] and not readings[0].has_time


def test_a_header_that_says_utc():
    _, readings = read("2025-10-02 03:30:00", header="UTCSentDate")
    assert readings[0].value == datetime(2025, 10, 1, 23, 30)


def test_formats_read_the_column_as_interpret_dates_does():
    texts = [f"{1 + i % 12}/{1 + i % 28}/2025 {1 + i % 12}:{i % 60:02d} {'AP'[i % 2]}M" for i in range(200)]
    choice, readings = read(*texts)
    assert choice.formats == ["%m/%d/%Y %I:%M %p"]
    for text, reading in zip(texts, readings, strict=True):
        assert reading.value is None or datetime.strptime(text, choice.formats[0]) == reading.value


@pytest.mark.parametrize(
    ("text", "second"),
    [("2:05 PM", 50700), ("14:05", 50700), ("14:05:30", 50730), ("1405", 50700), ("2 pm", 50400), ("2:05 p.m.", 50700),
     ("00:00", None), ("12:00 AM", None), ("0.5", 43200), ("1899-12-31 14:05:00", 50700), ("", None), ("N/A", None)],
)  # fmt: skip
def test_times_of_day(text, second):
    reading = interpret("contact_time", [text], Mapping())[0]
    assert (reading.value, reading.problem) == (second, None)


def test_what_is_no_time_is_said():
    readings = interpret("contact_time", ["after lunch", "25:10", "9:75"], Mapping())
    assert [reading.problem for reading in readings] == ["unreadable_time"] * 3


def test_date_and_time_in_two_columns():
    made = [
        column_of(0, "Student ID", ["001", "002"]),
        column_of(1, "Date", ["9/3/2025", "9/14/2025"]),
        column_of(2, "Time", ["2:05 PM", "8:00 AM"]),
    ]
    assert propose(made, "contacts").date.time_column == "Time"


@pytest.mark.parametrize(
    ("times", "read"),
    [
        (["9:15", "1:15", "3:00", "12:10"], [9.25, 13.25, 15, 12 + 1 / 6]),
        (["09:15:00", "01:15:00"], [9.25, 13.25]),  # as a spreadsheet keeps what was typed as 1:15
        (["9:15", "1:15", "13:00"], [9.25, 1.25, 13]),  # of 24 hours
        (["0:15", "1:15"], [0.25, 1.25]),
        (["9:15", "1:15", "0:00"], [9.25, 1.25, None]),  # of 24 hours, which alone have a 0:00
        (["9:15 AM", "1:15"], [9.25, 1.25]),
        (["6:45", "7:10"], [6.75, 7 + 1 / 6]),
    ],
)
def test_times_of_a_twelve_hour_clock_are_told_by_their_column(times, read):
    table = {"Student ID": ["1"] * len(times), "Date": ["9/13/2025"] * len(times), "Time": times}
    mapping = propose([column_of(place, *one) for place, one in enumerate(table.items())], "contacts", CONTEXT)
    found = [reading.value and reading.value / 3600 for reading in interpret("contact_time", times, mapping)]
    assert found == [hour and pytest.approx(hour) for hour in read]
    assert ("Times from 1:00 to 5:59 are read as afternoon." in mapping.date.sentence) == (13.25 in read)


@pytest.mark.parametrize(
    ("odd", "read"), [("lunch", 13.25), ("N/A", 13.25), ("9ish", 13.25), ("14h30", 1.25), ("1:15-2:00 pm", 1.25)]
)
def test_a_text_that_is_no_time_does_not_stop_the_reading_of_the_others(odd, read):
    times = ["9:15", "1:15", "3:00", "12:10", odd]
    table = {"Student ID": ["1"] * 5, "Date": ["9/13/2025"] * 5, "Time": times}
    mapping = propose([column_of(place, *one) for place, one in enumerate(table.items())], "contacts", CONTEXT)
    found = interpret("contact_time", times, mapping)
    assert found[1].value / 3600 == read
    assert found[4].problem == (None if odd == "N/A" else "unreadable_time")


def test_a_person_chooses_the_order():
    made = [column_of(0, "Student ID", ["001"]), column_of(1, "Date", ["03/04/2025"])]
    asked = propose(made, "contacts")
    assert [question.code for question in asked.questions] == ["ask_date_order"]
    told = propose(made, "contacts", {"choices": {"date_order": "dmy"}})
    assert told.questions == [] and told.date.order == "dmy"
    assert interpret_dates(["03/04/2025"], told, CONTEXT)[0].value == datetime(2025, 4, 3)


def test_without_a_school_year_the_latest_that_leaves_no_date_in_the_future():
    today = {"today": date(2026, 11, 23)}
    assert read("10/1", "5/20", context=today)[0].school_year == "2025-26"
    assert read("10/1", "11/23", context=today)[0].school_year == "2026-27"
    # A slip that has its year says nothing of those that have none.
    assert read("10/1", "10/2", "12/1/2026", context=today)[0].school_year == "2026-27"
    assert read("10/1", "5/20", context=today)[1][1].value == datetime(2026, 5, 20)


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["9/3/2024", "9/4", "1/8/2025"], "2024-25"),
        (["9/3/24", "Sept 4"], "2024-25"),
        (["9/3/2024", "9/4", "9/5"], "2025-26"),
        (["9/3/2024", "9/4", "9/3/2023"], "2025-26"),
    ],
)
def test_dates_without_a_year_are_of_the_year_of_most_others_of_their_column(texts, year):
    choice, _ = read(*texts, context={"today": date(2025, 11, 3)})
    assert choice.school_year == year
    assert f"read in the school year {year}" in choice.sentence


def test_an_exit_in_the_year_9999_is_none_yet():
    mapping = Mapping(kind="roster", dates={"exit_date": decide(column_of(0, "Exit", ["12/31/9999"]), CONTEXT)})
    (reading,) = interpret_dates(["12/31/9999"], mapping, CONTEXT, "exit_date")
    assert (reading.value, reading.problem) == (None, None)
    assert read("12/31/9999")[1][0].problem == "date_in_future"


def enrollment_day(text, field):
    mapping = Mapping(kind="roster", dates={field: decide(column_of(0, field, ["8/20/2025", "9/30/2025"]), CONTEXT)})
    (reading,) = interpret_dates([text], mapping, CONTEXT, field)
    return reading


@pytest.mark.parametrize("field", ["entry_date", "exit_date"])
@pytest.mark.parametrize("text", ["-", "--", "N/A", "None", "00/00/0000", "0000-00-00", "0/0/0", "1/0/1900", "1/1/1900",
                                  "1900-01-01", "1899-12-30 00:00:00", "0"])  # fmt: skip
def test_signs_of_no_date_in_an_enrollment_are_none(text, field):
    assert (enrollment_day(text, field).value, enrollment_day(text, field).problem) == (None, None)


@pytest.mark.parametrize("text", ["current", "Currently Enrolled", "Present", "still enrolled", "Active", "to date",
                                  "not withdrawn", "Actual", "12/31/2099", "6/30/2050"])  # fmt: skip
def test_an_exit_of_those_who_are_here_is_none(text):
    assert (enrollment_day(text, "exit_date").value, enrollment_day(text, "exit_date").problem) == (None, None)
    assert enrollment_day(text, "entry_date").problem


@pytest.mark.parametrize("text", ["transferred", "moved to TX", "13/45/2025", "1/5/1999"])
def test_an_exit_that_says_something_else_is_still_told(text):
    assert enrollment_day(text, "exit_date").problem


@pytest.mark.parametrize(
    ("times", "told"),
    [(["3:15 PM", "1:15"], True), (["3:15 PM", "1:15 PM", "9:30"], False), (["3:15 PM", "1:15", "15:30"], False),
     (["3:15", "1:15"], False)],
)  # fmt: skip
def test_a_time_of_one_to_six_beside_others_with_pm_is_told(times, told):
    table = {"Student ID": ["1"] * len(times), "Date": ["9/13/2025"] * len(times), "Time": times}
    mapping = propose([column_of(place, *one) for place, one in enumerate(table.items())], "contacts", CONTEXT)
    assert ("Times such as 1:15 do not say a.m. or p.m." in mapping.date.sentence) is told
