"""What a number leaves out adds up with what it counts, within the question's own scope, and says why.

Everything in the log is either counted by a measure or among its reasons: that is the identity below.
"""

from datetime import date

import pandas as pd
import pytest

from access.viewer import LOCAL, Viewer
from analytics import left_out
from analytics.answer import ask
from analytics.left_out import LeftOut
from analytics.measures import MEASURES
from analytics.question import Question
from data.derive import derive
from data.store import open_store
from tests.support import districts, loading
from tests.support.oracle_words import Contact, Span, World

# measure -> the reasons that, with its denominator, add up to the delivered contacts
OF_DELIVERED = {
    "two_way_share": ("no_side",), "family_reply_rate": ("no_school_ask", "school_open"),
    "school_reply_rate": ("no_family_ask", "family_open"), "days_to_reply": ("no_school_ask",),
    "family_initiated": ("no_beginner",), "positive_share": ("no_tone",), "student_present": ("no_presence",),
    "language_match": ("no_language",), "positive_first": ("later", "first_no_tone"), "direction_known": (),
}  # fmt: skip
QUESTIONS = {
    "everything": {},
    "a stretch": {"start": date(2025, 9, 10), "end": date(2026, 2, 20)},
    "a channel": {"where": (("channel", "phone"),)},
    "a band and group": {"where": (("band", "middle"), ("iep", "yes"))},
    "a school": {"schools": ("Birch K-8",)},
}


def counts(store, measure: str, viewer=LOCAL, **asked) -> dict[str, int]:
    """Reason -> how many, for the reasons of a measure that left anything out."""
    names = {what: reason for reason, (what, _, _) in left_out._REASONS.items()}
    return {names[one.what]: one.count for one in left_out.answer(store, viewer, Question(measure, **asked))}


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("measure", OF_DELIVERED)
def test_what_is_counted_and_what_is_left_out_make_the_whole(small_store, measure, asked):
    delivered = ask(small_store, LOCAL, Question("contact_rate", **asked)).table["numerator"][0]
    denominator = ask(small_store, LOCAL, Question(measure, **asked)).table["denominator"][0]
    found = counts(small_store, measure, **asked)
    assert denominator + sum(found.get(reason, 0) for reason in OF_DELIVERED[measure]) == delivered
    attempts = ask(small_store, LOCAL, Question("attempt_success", **asked)).table["denominator"][0]
    assert delivered + found.get("failed", 0) == attempts


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS)
def test_mass_messages_count_where_personal_contacts_do_not(small_store, asked):
    mass = ask(small_store, LOCAL, Question("mass_messages", **asked)).table["numerator"][0]
    assert counts(small_store, "contact_rate", **asked).get("mass", 0) == mass
    attempts = ask(small_store, LOCAL, Question("attempt_success", **asked)).table["denominator"][0]
    assert counts(small_store, "mass_messages", **asked).get("personal", 0) == attempts


def test_the_small_world_has_every_reason(small_store):
    """So that none of the sums above is one of nothing."""
    seen = {reason for measure in MEASURES for reason in counts(small_store, measure)}
    # Nobody waits as a whole in this world but personal contacts; a mass row outside enrolment does not occur.
    assert set(left_out._REASONS) - seen <= {"waiting_mass", "outside_mass"}


def test_no_measure_is_without_reasons():
    """A new measure has to say what it leaves out: it gets those of delivered contacts unless it names its own."""
    every = {name: 1 for _, _, name in left_out._REASONS.values() if isinstance(name, str)}
    every |= dict.fromkeys(("delivered", "attempts_own", "known", "school_asks", "family_asks", "began_known"), 1)
    every |= dict.fromkeys(("tone_known", "present_known", "language_known", "firsts", "firsts_known"), 1)
    for measure in MEASURES:
        assert left_out.of(measure, every), measure
    assert set(left_out._OF) <= set(MEASURES)


def test_a_reason_reads_as_a_sentence():
    one = LeftOut("attempts that were not delivered", 1592, "nobody was reached by them")
    assert str(one) == "Attempts that were not delivered: 1,592. Nobody was reached by them."
    assert left_out.of("reach", dict.fromkeys(("outside", "waiting", "mass", "attempts", "delivered"), 0)) == ()


SPAN = Span(1, "North", "Alder", "5", "2025-26", date(2025, 9, 1), date(2025, 12, 31))


def contact(no, month, day, **known) -> Contact:
    known = {"direction": "outbound", "outcome": "sent", **known}
    return Contact((0, no), 1, "North", date(2025, month, day), **known)


def test_silent_counts_the_days_that_it_looks_at(loaded):
    """The last day is 31 December, so that a missed call of September is none of the 60 days' business."""
    attempts = [contact(1, 9, 5, outcome="no_answer"), contact(2, 12, 20, outcome="no_answer"), contact(3, 12, 31)]
    store = loaded(World([SPAN], attempts))
    assert counts(store, "silent") == {"failed": 1}
    assert counts(store, "reach") == {"failed": 2}


def test_silent_looks_at_sixty_days_and_no_more(loaded):
    """2 November is the first of the 60 days that end on 31 December: 29 of November and 31 of December."""
    attempts = [contact(1, 11, 1, outcome="no_answer"), contact(2, 11, 2, outcome="not_delivered"), contact(3, 12, 31)]
    assert counts(loaded(World([SPAN], attempts)), "silent") == {"failed": 1}


def test_open_asks_and_contacts_outside_enrolment_by_hand(loaded):
    rows = [contact(1, 8, 20), contact(2, 10, 1), contact(3, 12, 3), contact(4, 12, 9), contact(5, 12, 10)]
    store = loaded(World([SPAN], rows))  # the as-of date is 10 December: asks from 4 December on are open
    assert counts(store, "family_reply_rate") == {"school_open": 2}
    assert ask(store, LOCAL, Question("family_reply_rate")).table["denominator"][0] == 2
    assert counts(store, "contact_rate", start=date(2025, 8, 1)) == {"outside": 1}


def test_messages_to_many_outside_enrolment_are_told_apart_from_contacts(loaded):
    """Of 20 August, before the entry: one contact and two newsletters, each told where its kind is counted."""
    mass = [contact(no, 8, 20, audience="mass") for no in (2, 3)]
    store = loaded(World([SPAN], [contact(1, 8, 20), *mass, contact(4, 10, 1)]))
    assert counts(store, "mass_messages", start=date(2025, 8, 1)) == {"outside_mass": 2, "personal": 1}
    assert counts(store, "reach", start=date(2025, 8, 1)) == {"outside": 1}


def test_waiting_contacts_by_channel_period_and_viewer(tmp_path):
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster())
    strangers = [[f"0099{n}", date_, how, "Outbound", "Reached", "Ms. Rivera", about]
                 for n, (date_, how, about) in enumerate((("9/3/2025", "Phone", "Attendance"),
                                                          ("9/9/2025", "Email", "Behavior")))]  # fmt: skip
    known = ["00123", "9/30/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", ""]
    loading.load(store, loading.log([*strangers, known]))
    assert counts(store, "reach") == {"waiting": 2}
    assert counts(store, "reach", where=(("channel", "email"),)) == {"waiting": 1}
    assert counts(store, "reach", where=(("topic", "attendance"),)) == {"waiting": 1}
    assert counts(store, "reach", end=date(2025, 9, 8)) == {"waiting": 1}
    assert counts(store, "reach", start=date(2025, 9, 9), end=date(2025, 9, 9)) == {"waiting": 1}
    # The log names no school, so that no question about schools can know of these rows.
    assert counts(store, "reach", schools=("Lincoln ES",)) == counts(store, "reach", where=(("school", "Lincoln ES"),))
    assert counts(store, "reach", where=(("school", "Lincoln ES"),)) == {}
    assert counts(store, "reach", Viewer("principal", schools=("Lincoln ES",))) == {}
    store.close()


def test_rows_that_never_became_a_contact(tmp_path):
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster())
    row = ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", ""]
    days = ["9/3/2025", *[f"9/{day}/2025" for day in range(4, 25)], "soon"]
    loading.load(store, loading.log([[row[0], day, *row[2:]] for day in days]))
    loading.load(store, loading.log([row], name="again.csv"))
    said = [str(one) for one in left_out.set_aside(store, LOCAL)]
    assert [words.split(".")[0] for words in said] == [
        "Rows that were set aside: 1", "Rows that an earlier file already had: 1",
    ]  # fmt: skip
    assert left_out.set_aside(store, Viewer("principal", schools=("Roosevelt MS",))) == ()
    store.close()


def test_rows_of_a_school_of_the_same_name_elsewhere_are_not_told(tmp_path):
    """Both districts have a Lincoln ES. North loads a log for its own (1 row set aside) and one without a school (2),
    South one for its own (4)."""
    store = open_store(tmp_path / "district.duckdb")
    for district, number in (("North", "1"), ("South", "2")):
        student = [number, "Ana", "Lopez", "Lincoln ES", "3", "8/15/2025"]
        loading.load(store, loading.roster([student], name=f"{district}.csv"), district=district)
    for district, number, school, wrong in (("North", "1", "Lincoln ES", 1), ("North", "1", None, 2),
                                            ("South", "2", "Lincoln ES", 4)):  # fmt: skip
        days = [*(f"9/{n}/2025" for n in range(1, 31)), *["soon"] * wrong]
        lines = [[number, day, "Phone", "Outbound", "Reached", "Ms. Rivera", ""] for day in days]
        loading.load(store, loading.log(lines, name=f"{wrong}.csv"), district=district, school=school)
    told = {
        LOCAL: 7,
        Viewer("district", districts=("North",)): 3,
        Viewer("district", districts=("South",)): 4,
        Viewer("principal", schools=("Lincoln ES (North)",)): 1,
        Viewer("principal", schools=("Lincoln ES",), districts=("South",)): 4,
        Viewer("principal", schools=("Lincoln ES",), districts=("North",)): 1,  # not the log of the whole district
    }
    for viewer, rows in told.items():
        assert [one.count for one in left_out.set_aside(store, viewer) if "set aside" in one.what] == [rows], viewer
    store.close()


def test_another_schools_gaps_are_not_told(small_store):
    """A principal's reasons are those of the own school, as the district's are when it asks for that school."""
    viewer = Viewer("principal", schools=("Dogwood Middle",))
    for measure in ("two_way_share", "family_reply_rate", "positive_first", "weeks_logged"):
        district = counts(small_store, measure, schools=("Dogwood Middle",))
        assert counts(small_store, measure, viewer) == district


def test_a_store_without_anything_leaves_nothing_out(tmp_path):
    store = open_store(tmp_path / "empty.duckdb")
    assert left_out.answer(store, LOCAL, Question("silent")) == ()
    districts.write(store, World([SPAN], []))
    with store.writing() as cursor:
        derive(cursor)
    assert left_out.answer(store, LOCAL, Question("reach")) == ()
    assert isinstance(ask(store, LOCAL, Question("reach")).table, pd.DataFrame)
    store.close()
