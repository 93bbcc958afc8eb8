"""How long a contact took: units, clocks, and lengths that are none."""

import pytest

from data.mapping import Mapping, column_of, interpret, propose


def value(field, text, **units):
    return interpret(field, [text], Mapping(units=units))[0]


@pytest.mark.parametrize(
    ("text", "minutes"), [("12", 12), ("12 min", 12), ("1 hr 5 min", 65), ("0:12:30", 12.5), ("90 seconds", 1.5)]
)
def test_minutes(text, minutes):
    assert value("minutes", text).value == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h5m", 65), ("1 h 05", 65), ("1.5 hrs", 90), ("about 15 min", 15), ("~15", 15), ("1 hour and 5 minutes", 65),
     ("5:30 min", 5.5), ("1:05 hr", 65), ("1,200 sec", 20), ("half an hour", 30), ("About 1/2 hr.", 30),
     ("one hour", 60), ("an hour and a half", 90), ("a quarter of an hour", 15), ("media hora", 30)],
)  # fmt: skip
def test_minutes_in_more_words(text, minutes):
    assert value("minutes", text).value == minutes


@pytest.mark.parametrize("text", ["15-20", "10 to 15", "15+", "<5", "2 x 10", "1:05", ":05", "5 min 10", "10, 15"])
def test_minutes_of_two_meanings_are_left_out_with_a_word(text):
    reading = value("minutes", text)
    assert (reading.value, reading.problem) == (None, "unclear_minutes")


@pytest.mark.parametrize("text", ["lunch", "2 calls 5 min", "10 pages", "1,5 hours"])
def test_what_is_no_length_of_time_is_left_out_with_a_word(text):
    reading = value("minutes", text)
    assert (reading.value, reading.problem) == (None, "unknown_value")


@pytest.mark.parametrize(
    ("header", "texts", "read"),
    [
        ("Duration", ["1:05", "0:47", "12:30"], 65 / 60),
        ("Duration", ["1:05", "0:15"], None),
        ("Duration (h:mm)", ["1:05", "0:15"], 65),
        ("Duration (mm:ss)", ["1:05", "0:15"], 65 / 60),
        ("Duration (hh:mm)", ["1:05", ":15"], 65),
    ],
)
def test_minutes_with_a_colon_are_read_by_their_column(header, texts, read):
    made = [
        column_of(0, "Student ID", ["01", "02", "03"][: len(texts)]),
        column_of(1, "Date", ["1/2/2025"] * len(texts)),
        column_of(2, header, texts),
    ]
    mapping = propose(made, "contacts")
    assert mapping.header_of("minutes") == header
    reading = interpret("minutes", ["1:05"], mapping)[0]
    assert reading.value == pytest.approx(read) if read else reading.problem == "unclear_minutes"


@pytest.mark.parametrize(
    ("header", "texts", "text", "read"),
    [
        ("Duration", ["12:30:00", "01:05:00", "75:10:00"], "12:30:00", 12.5),
        ("Duration", ["12:30:00", "01:05:00", "75:10:00"], "01:05:00", 65 / 60),
        ("Minutes", ["12:30:00", "01:05:00"], "01:05:00", 65 / 60),
        ("Minutes", ["12:30:00", "10", "15"], "12:30:00", 12.5),
        ("Minutes", ["01:05:00", "00:45:00"], "01:05:00", None),
        ("Minutes", ["01:05:00", "00:45:00"], "00:45:00", None),
        ("Minutes", ["09:15:00", "01:05:00", "00:45:00", "00:30:00"], "09:15:00", None),
        ("Minutes", ["09:15:00", "01:05:00", "00:45:00", "00:30:00"], "00:45:00", None),
        ("Minutes", ["00:45:00", "00:30:00"], "00:45:00", 45),
        ("Duration", ["01:05:20", "00:45:00"], "00:45:00", 45),
        ("Duration", ["12:30:15", "00:45:00"], "12:30:15", None),
        ("Duration (h:mm)", ["01:05:00", "00:45:00"], "01:05:00", 65),
        ("Duration (mm:ss)", ["01:05:00", "00:45:00"], "00:45:00", 0.75),
        ("Duration (hh:mm:ss)", ["01:05:00", "12:45:00"], "01:05:00", 65),
        ("Duration (hh:mm:ss)", ["01:05:00", "12:45:00"], "12:45:00", None),
    ],
)  # fmt: skip
def test_minutes_that_excel_keeps_as_times_are_read_by_their_column(header, texts, text, read):
    made = [
        column_of(0, "Student ID", ["01", "02", "03", "04"][: len(texts)]),
        column_of(1, "Date", ["1/2/2025"] * len(texts)),
        column_of(2, header, texts),
    ]
    mapping = propose(made, "contacts")
    assert mapping.header_of("minutes") == header
    reading = interpret("minutes", [text], mapping)[0]
    assert reading.value == pytest.approx(read) if read else reading.problem == "unclear_minutes"


def test_seconds_where_the_header_says_so():
    made = [
        column_of(0, "Student ID", ["1", "2"]),
        column_of(1, "Date", ["1/2/2025", "1/3/2025"]),
        column_of(2, "Duration (sec)", ["90", "30"]),
    ]
    assert interpret("minutes", ["90"], propose(made, "contacts"))[0].value == 1.5


@pytest.mark.parametrize(
    ("text", "units", "meant", "problem"),
    [
        ("600", {}, None, "long_minutes"),
        ("600", {"minutes": "seconds"}, 10, None),
        ("6 hours", {}, None, "long_minutes"),
        ("240", {}, 240, None),
        ("3", {"minutes": "hours"}, 180, None),
    ],
)
def test_lengths_that_no_contact_takes_are_told(text, units, meant, problem):
    reading = value("minutes", text, **units)
    assert (reading.value, reading.problem) == (meant, problem)


def seconds_log(header, lengths):
    days = [f"9/{place + 1}/2025" for place in range(len(lengths))]
    columns = [("Student ID", [f"00{place}7" for place in range(len(days))]), ("Date", days),
               ("Method", ["Phone"] * len(days)), (header, lengths)]  # fmt: skip
    return propose([column_of(place, *column) for place, column in enumerate(columns)], "contacts")


def test_lengths_too_long_for_minutes_under_a_header_without_a_unit_are_seconds_and_told():
    lengths = ["754", "61", "312", "480", "95", "1210"]
    mapping = seconds_log("Duration", lengths)
    assert [reading.value for reading in interpret("minutes", ["480", "90"], mapping)] == [8.0, 1.5]
    (asked,) = [question for question in mapping.questions if question.code == "in_seconds"]
    assert "such as 1210" in asked.sentence and "“Duration (minutes)”" in asked.sentence


@pytest.mark.parametrize(
    ("header", "lengths"),
    [("Duration (minutes)", ["754", "61", "312", "480", "95", "1210"]),
     ("Duration", ["5", "10", "15", "300", "20", "45"]), ("Duration", ["754", "312"])],
)  # fmt: skip
def test_a_unit_or_lengths_of_minutes_or_too_few_of_them_stay_minutes(header, lengths):
    mapping = seconds_log(header, lengths)
    assert mapping.units["minutes"] == "minutes"
    assert not [question for question in mapping.questions if question.code == "in_seconds"]
