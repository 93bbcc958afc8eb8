"""Every measure by hand, on a district that a pencil can redo.

2025        Sep            Oct            Nov        30 Nov: as-of date
a   grade 5 Alder ----------------------| grade 6 Birch ------
b   grade 8 Birch --------------------------------------------
c   grade 9 Cedar --------------------------------------------     no contact at all
d   grade 2 Alder ----------|                                      leaves on 30 September

enrolled days: a 61 + 30, b 91, c 91, d 30; elementary 91, middle 121, high 91, together 303

no  day    time   who  what
 1  2 Sep  09:00  a    e-mail out, positive, in Spanish           an ask, answered by 2
 2  2 Sep  10:00  a    e-mail in                                  answers 1; an ask that nobody answers
 3  9 Sep         a    phone out, no answer                       an attempt
 4  9 Sep         b    text out, concern, in Spanish              an ask, answered on the 7th day
 5  16 Sep        b    text in                                    answers 4; an ask that nobody answers
 6  1 Oct  09:00  b    e-mail out, in English, interpreter        answers 7; an ask that nobody answers
 7  1 Oct  08:00  b    e-mail in                                  an ask, answered by 6; no answer to 6
 8  20 Oct        a    conference, neutral, student there         a conversation
 9  5 Nov         a    phone, direction unknown, student began, logged by Alder, student not there
10  26 Nov        b    e-mail out, in English                     an open ask
11  30 Nov        b    robocall to everybody                      mass
12  29 Sep        d    text out                                   an ask, answered by 13
13  5 Oct         d    phone, reached                             d is no longer enrolled: counts nowhere
"""

from datetime import date

import pytest

from access.viewer import LOCAL
from analytics.answer import ask
from analytics.question import Question
from tests.support.oracle_words import Contact, Span, World

A, B, C, D = 1, 2, 3, 4


def enrolled(student, school, grade, entry, exit=None, **groups) -> Span:
    return Span(student, "North", school, grade, "2025-26", entry, exit, **groups)


def contact(no, month, day, student, channel, direction, hour=None, **known) -> Contact:
    second = None if hour is None else hour * 3600
    on = date(2025, month, day)
    return Contact((0, no), student, "North", on, second, channel, direction, **{"outcome": "sent", **known})


WORLD = World(
    [
        enrolled(A, "Alder", "5", date(2025, 9, 1), date(2025, 10, 31), home_language="english"),
        enrolled(A, "Birch", "6", date(2025, 11, 1), home_language="english"),
        enrolled(B, "Birch", "8", date(2025, 9, 1), home_language="spanish"),
        enrolled(C, "Cedar", "9", date(2025, 9, 1)),
        enrolled(D, "Alder", "2", date(2025, 9, 1), date(2025, 9, 30)),
    ],
    [
        contact(1, 9, 2, A, "email", "outbound", 9, tone="positive", language="spanish"),
        contact(2, 9, 2, A, "email", "inbound", 10),
        contact(3, 9, 9, A, "phone", "outbound", outcome="no_answer"),
        contact(4, 9, 9, B, "text", "outbound", tone="concern", language="spanish"),
        contact(5, 9, 16, B, "text", "inbound"),
        contact(6, 10, 1, B, "email", "outbound", 9, language="english", interpreter=True),
        contact(7, 10, 1, B, "email", "inbound", 8),
        contact(8, 10, 20, A, "conference", "outbound", tone="neutral", student_present=True),
        contact(9, 11, 5, A, "phone", "unknown", initiated_by="student", school="Alder", student_present=False,
                outcome="left_message"),
        contact(10, 11, 26, B, "email", "outbound", language="english"),
        contact(11, 11, 30, B, "phone", "outbound", audience="mass"),
        contact(12, 9, 29, D, "text", "outbound"),
        contact(13, 10, 5, D, "phone", "outbound", outcome="reached"),
    ],
)  # fmt: skip

# value, numerator, denominator, students, schools
WHOLE = {
    "contact_rate": (30 * 10 / 303, 10, 303, 4, 3),
    "reach": (3 / 4, 3, 4, 4, 3),
    "attempt_success": (10 / 11, 10, 11, 3, 2),
    "contacts_per_student": (2.5, 10, 4, 4, 3),  # 0, 1, 4, 5
    "silent": (1 / 3, 1, 3, 3, 2),  # c; d has left
    "two_way_share": (8 / 9, 8, 9, 3, 2),  # not 10; 9 has no direction
    "direction_known": (9 / 10, 9, 10, 3, 2),
    "two_way_reach": (3 / 4, 3, 4, 4, 3),
    "family_reply_rate": (3 / 4, 3, 4, 3, 2),  # 1, 4, 12 of 1, 4, 6, 12
    "school_reply_rate": (1 / 3, 1, 3, 2, 2),  # 7 of 2, 5, 7
    "days_to_reply": (7, 3, 5, 3, 2),  # 0, 4+, 6, 7, 30+: S = 4/5, 8/15, 4/15
    "family_initiated": (2 / 7, 2, 7, 3, 2),  # 7, 9 of 1, 4, 7, 8, 9, 10, 12
    "positive_share": (1 / 3, 1, 3, 2, 2),  # 1 of 1, 4, 8
    "positive_first": (1 / 2, 1, 2, 2, 2),  # a of a, b
    "student_present": (1 / 2, 1, 2, 1, 2),
    "language_match": (2 / 3, 2, 3, 1, 1),  # 4, 6 of 4, 6, 10
    "mass_messages": (30 * 1 / 303, 1, 303, 4, 3),
    "weeks_logged": (8 / 39, 8, 39, 4, 3),  # Alder: weeks of 1, 8, 29 Sep, 20 Oct; Birch: 8, 15, 29 Sep, 24 Nov
}

BY_BAND = {
    "contact_rate": {"elementary": (4, 91), "middle": (6, 121), "high": (0, 91)},
    "reach": {"elementary": (2, 2), "middle": (2, 2), "high": (0, 1)},
    "attempt_success": {"elementary": (4, 5), "middle": (6, 6), "high": (0, 0)},
    "silent": {"elementary": (0, 0), "middle": (0, 2), "high": (1, 1)},
    "family_reply_rate": {"elementary": (2, 2), "middle": (1, 2), "high": (0, 0)},
    "positive_first": {"elementary": (1, 1), "middle": (0, 1), "high": (0, 0)},
}

SILENT_BY_MONTH = {"2025-09": (1, 4), "2025-10": (1, 3), "2025-11": (1, 3)}


@pytest.mark.parametrize("measure", WHOLE)
def test_whole_period(loaded, row_of, measure):
    row = row_of(loaded(WORLD), measure)
    found = tuple(row[name] for name in ("value", "numerator", "denominator", "students", "schools"))
    assert found == pytest.approx(WHOLE[measure], rel=1e-12)


def test_quantiles_and_the_share_at_zero(loaded, row_of):
    row = row_of(loaded(WORLD), "contacts_per_student")
    assert [row[name] for name in ("p25", "p50", "p75", "p90")] == pytest.approx([0.75, 2.5, 4.25, 4.7])
    assert row["share_at_zero"] == 0.25


@pytest.mark.parametrize("measure", BY_BAND)
def test_by_band(loaded, measure):
    table = ask(loaded(WORLD), LOCAL, Question(measure, by=("band",))).table
    found = {row["band"]: (row["numerator"], row["denominator"]) for row in table.to_dict("records")}
    assert found == BY_BAND[measure]
    assert list(table["band"]) == ["elementary", "middle", "high"]


def test_silence_is_asked_at_the_end_of_each_month(loaded):
    table = ask(loaded(WORLD), LOCAL, Question("silent", by=("month",))).table
    assert {r["month"]: (r["numerator"], r["denominator"]) for r in table.to_dict("records")} == SILENT_BY_MONTH


def test_silence_looks_back_before_the_period(loaded, row_of):
    store = loaded(WORLD)
    one_day = row_of(store, "silent", start=date(2025, 11, 3), end=date(2025, 11, 3))
    assert (one_day["numerator"], one_day["denominator"]) == (1, 3)  # a: 20 Oct, b: 1 Oct
    later = row_of(store, "silent", start=date(2025, 11, 25), end=date(2025, 11, 25))
    assert later["numerator"] == 1  # a: 5 Nov, b: 1 Oct, 56 days ago
    longer = row_of(store, "silent", where=(("channel", "text"),))
    assert longer["numerator"] == 3  # b's last text was on 16 September, 76 days ago


def test_silence_by_channel_lists_the_channels_that_it_looks_back_on(loaded):
    day = date(2025, 11, 3)  # nobody was contacted on it; the 60 days before begin on 5 September
    table = ask(loaded(WORLD), LOCAL, Question("silent", by=("channel",), start=day, end=day)).table
    assert {r["channel"]: (r["numerator"], r["denominator"]) for r in table.to_dict("records")} == {
        "email": (2, 3), "text": (2, 3), "conference": (2, 3),
    }  # fmt: skip
    pairs = ask(loaded(WORLD), LOCAL, Question("silent", by=("channel", "band"), start=day, end=day)).table
    heard = {(r["channel"], r["band"]): (r["numerator"], r["denominator"]) for r in pairs.to_dict("records")}
    assert heard["email", "middle"] == (1, 2)
    assert heard["email", "high"] == (1, 1)


def test_a_channel_splits_contacts_and_never_days(loaded):
    table = ask(loaded(WORLD), LOCAL, Question("contact_rate", by=("channel",))).table
    assert {r["channel"]: (r["numerator"], r["denominator"]) for r in table.to_dict("records")} == {
        "phone": (1, 303), "email": (5, 303), "text": (3, 303), "conference": (1, 303),
    }  # fmt: skip


def test_grades_schools_and_months_are_there_when_empty(loaded):
    store = loaded(WORLD)
    grades = ask(store, LOCAL, Question("reach", by=("grade",))).table
    assert list(grades["grade"]) == ["TK", "K", *map(str, range(1, 13))]
    empty = grades[grades["grade"] == "K"].iloc[0]
    assert (empty["numerator"], empty["denominator"]) == (0, 0)
    assert empty.isna()["value"]
    pairs = ask(store, LOCAL, Question("attempt_success", by=("month", "school"))).table
    assert len(pairs) == 9
    assert list(pairs["month"].unique()) == ["2025-09", "2025-10", "2025-11"]


def test_the_period_ends_at_the_as_of_date(loaded, row_of):
    store = loaded(WORLD)
    asked = ask(store, LOCAL, Question("contact_rate", end=date(2026, 6, 30)))
    assert (asked.start, asked.end, asked.as_of) == (date(2025, 9, 1), date(2025, 11, 30), date(2025, 11, 30))
    assert asked.table.loc[0, "denominator"] == 303


def test_part_of_a_month_equals_the_days_in_it(loaded, row_of):
    row = row_of(loaded(WORLD), "contact_rate", start=date(2025, 9, 10), end=date(2025, 10, 1))
    assert (row["numerator"], row["denominator"]) == (4, 22 * 3 + 21)


def test_the_day_before_the_as_of_date_is_counted_without_it(loaded, row_of):
    """A period that ends a day early leaves the last day's contacts out, also where the whole month could be read.

    a: e-mail on Monday 3 and Monday 24 November, texts on Tuesday 25, the as-of date; the month goes on after it.
    """
    days = [(1, 3, "email"), (2, 24, "email"), (3, 25, "text"), (4, 25, "text")]
    rows = [contact(no, 11, day, A, channel, "outbound") for no, day, channel in days]
    store = loaded(World([enrolled(A, "Alder", "5", date(2025, 9, 1))], rows))
    early, whole = {"end": date(2025, 11, 24)}, {"end": date(2025, 11, 25)}
    for asked, delivered, texts, asks in ((early, 2, [], 1), (whole, 4, [2], 1)):
        for by in ((), ("month",), ("school_year",), ("grade",), ("week",)):
            table = ask(store, LOCAL, Question("contact_rate", by=by, **asked)).table
            assert table["numerator"].sum() == delivered, (asked, by)
        by_channel = ask(store, LOCAL, Question("contact_rate", by=("channel",), **asked)).table
        assert by_channel.set_index("channel")["numerator"].filter(["text"]).tolist() == texts
        # Only what was asked up to 18 November is old enough to say whether an answer comes.
        assert row_of(store, "family_reply_rate", **asked)["denominator"] == asks


def test_weeks_from_the_first_friday_of_lessons_to_each_districts_last_monday(loaded, row_of):
    """Lessons begin on Friday 15 August, so that the week of the 11th is one of lessons; July is none.

    North's last contact is a robocall on Monday 25 August: weeks of 11, 18, 25 August, logged in the first only.
    South's are of Sunday 24 August and Monday 8 September: weeks of 11, 18, 25 August, 1, 8 September, logged in two.
    """
    spans = [
        enrolled(A, "Alder", "5", date(2025, 7, 1)),
        Span(B, "South", "Elm", "5", "2025-26", date(2025, 7, 1), None),
    ]
    rows = [
        contact(1, 7, 10, A, "phone", "outbound"),
        contact(2, 8, 15, A, "phone", "outbound"),
        contact(3, 8, 25, A, "phone", "outbound", audience="mass"),
        Contact((0, 4), B, "South", date(2025, 8, 24), channel="phone", direction="outbound", outcome="no_answer"),
        Contact((0, 5), B, "South", date(2025, 9, 8), channel="phone", direction="outbound", outcome="sent"),
    ]
    store = loaded(World(spans, rows))
    whole = row_of(store, "weeks_logged")
    assert (whole["numerator"], whole["denominator"]) == (3, 8)
    table = ask(store, LOCAL, Question("weeks_logged", by=("school",))).table
    assert dict(zip(table["school"], zip(table["numerator"], table["denominator"], strict=True), strict=True)) == {
        "Alder": (1, 3), "Elm": (2, 5),
    }  # fmt: skip
    table = ask(store, LOCAL, Question("weeks_logged", by=("month",))).table
    assert list(table[["month", "numerator", "denominator"]].itertuples(index=False, name=None)) == [
        ("2025-07", 0, 0), ("2025-08", 2, 6), ("2025-09", 1, 2),
    ]  # fmt: skip
    friday = row_of(store, "weeks_logged", start=date(2025, 8, 1), end=date(2025, 8, 17))
    assert (friday["numerator"], friday["denominator"]) == (1, 2)
    for channel, logged in (("phone", 3), ("text", 0)):
        only = row_of(store, "weeks_logged", where=(("channel", channel),))
        assert (only["numerator"], only["denominator"]) == (logged, 8)
