"""`silent` counts who is enrolled at the end: of a school that closed in winter nobody is, and there is no family to
protect in a cell over nobody. It says so and hides nothing else."""

import csv
import io
from datetime import date

import pytest

from access.viewer import LOCAL
from analytics.disclosure import as_published, coding, compare, cube, proof, release, suppress
from analytics.disclosure.draft import draft
from analytics.disclosure.linked import Linked
from analytics.disclosure.shown import of_draft
from analytics.figures import released
from analytics.measures import MEASURES
from tests.analytics.disclosure.test_leaks import leaks, made, people, unreached
from tests.analytics.disclosure.test_ties import in_store
from tests.support.oracle_words import Contact, Span, World
from ui import release_shown

LEFT = {"at_end": 0, "silent": 0}
START, CLOSED, END = date(2025, 8, 18), date(2026, 1, 30), date(2026, 6, 12)


def closed_in_winter() -> World:
    """90 families of three elementary schools to the end, 30 of them reached; 40 of the only middle school, which
    closes on 30 January, 30 of them reached before, and 6 of the 40 speak Somali."""
    spans, contacts = [], []
    for number in range(130):
        stay = ("3", f"School {number % 3}", None) if number < 90 else ("7", "Middle", CLOSED)
        language = "somali" if number >= 124 else "english"
        spans.append(Span(number, "North", stay[1], stay[0], "2025-26", START, stay[2], home_language=language))
    for number in [*range(30), *range(90, 120)]:
        day = END if number < 90 else date(2025, 10, 1)
        contacts.append(Contact((0, number), number, "North", day, direction="outbound", outcome="sent"))
    return World(spans, contacts)


@pytest.fixture
def closed(tmp_path):
    store = in_store(tmp_path / "s.duckdb", closed_in_winter())
    yield draft(store, LOCAL, ["2025-26"], measures=("reach", "silent"), groups=("home_language",)), store, tmp_path
    store.close()


def test_a_school_that_closed_in_winter_hides_nothing_but_its_small_groups(closed):
    made_draft, *_ = closed
    rows = list(csv.DictReader(io.StringIO(made_draft.tables()["band.csv"])))
    assert {(row["measure"], row["band"]): (row["published"], row["flag"]) for row in rows} == {
        ("reach", "elementary"): ("30% to under 40%", ""),
        ("reach", "middle"): ("70% to under 80%", "caution"),
        ("silent", "elementary"): ("60% to under 70%", ""),
        ("silent", "middle"): ("nobody enrolled at the end", "nobody"),
    }
    rows = list(csv.DictReader(io.StringIO(made_draft.tables()["band_home_language.csv"])))
    flags = {(row["measure"], row["home_language"]): row["flag"] for row in rows if row["band"] == "middle"}
    assert flags["reach", "somali"] == flags["silent", "somali"] == "suppressed"  # one mark for what is hidden
    hidden = made_draft.hidden()
    assert set(hidden["band"]) == {"middle"} and "all students" not in set(hidden["group"])


def test_it_is_published_read_and_said(closed):
    made_draft, store, folder = closed
    found = release.publish(store, LOCAL, made_draft, folder / "out")
    assert found.about["proof_passed"]
    shown = of_draft(made_draft)
    rows = shown.rows("silent")
    assert rows.set_index("band").loc["middle", ["low", "high"]].isna().all()
    figure = released.over_years(rows, MEASURES["silent"])
    assert len(figure.data) == 1 and "nobody enrolled at the end" in str(figure.layout.annotations)
    (said,) = release_shown.signs(shown, "silent")
    assert said.endswith("because a band has nobody enrolled at the end, is hidden or has too few schools.")
    assert "middle nobody enrolled at the end" in release_shown.headline(shown, "silent")


def test_a_group_that_left_before_the_end_says_so_and_gives_nobody_away():
    """12 of `iep` left, 5 of them reached: their silent cell is over nobody, and what else is shown stays proved."""
    rows = people(40) + unreached(20) + people(5, iep="yes", **LEFT) + unreached(7, iep="yes", **LEFT)
    rows += unreached(6, english_learner="yes")
    frame, table, _, hidden = made(
        rows, ("two_way_reach", "reach", "contact_rate", "silent"), ("iep", "english_learner")
    )
    assert ("high", cube.EVERYWHERE, "iep", "yes") not in hidden
    assert leaks(frame, table, hidden, ("iep", "english_learner")) == []


@pytest.mark.parametrize("at_end", [1, 9])
def test_a_few_at_the_end_are_hidden_as_ever(at_end):
    _, _, small, _ = made(people(30, **LEFT) + people(at_end), ("reach", "silent"), ())
    assert small == {("high", cube.EVERYWHERE, cube.ALL, cube.ALL)}


def test_that_nobody_has_contacts_is_a_secret_and_hidden():
    frame, table, small, hidden = made(unreached(30), ("two_way_share",), ())
    assert not table["nobody"].any() and len(small) == 1
    (cell,) = table.itertuples()
    assert as_published.published(cell, set()) == (coding.SUPPRESSED, "suppressed")


def test_bands_with_nobody_at_the_end_are_not_compared():
    """In any of the bands, the one compared with too; the other measures are compared as ever."""
    for gone in ("elementary", "high"):
        rows = []
        for band in ("elementary", "high"):
            for school in range(3):
                away = LEFT if band == gone else {}
                rows += people(20 + school, band=band, school_id=f"{band}{school}", **away)
                rows += unreached(20, band=band, school_id=f"{band}{school}", **away)
        frame, table, *_ = made(rows, ("reach", "silent"), ())
        assert [test["measure"] for test in compare.tests(frame, table, set())] == ["reach"]


def test_hiding_a_cell_over_nobody_is_no_way_to_protect_another():
    """3 of `small` follow from 3 of all; who would hide `nobody` for that would lose it and gain nothing."""
    linked = Linked(
        [("m", "small"), ("m", "nobody"), ("m", "all")], [5, 0, 20], [5, 0, 20], [3, 0, 3], [0, 0, 3], [5, 0, 3],
        [False, True, True], [True, False, False], [(2, [0, 1])],
    )  # fmt: skip
    assert [price > 0 for price in proof.prices(linked, 0)] == [False, False, True]
    assert suppress.protect({"m": linked})[0] == {("small",), ("all",)}


@pytest.mark.parametrize(("left", "at_end"), [(1, 3), (2, 2), (3, 4)])
def test_the_end_is_the_last_day_on_which_half_are_enrolled(tmp_path, left, at_end):
    """Of 4 students 1 or 2 leave on 30 January: half are there on 12 June. Where 3 do, it is 30 January, with all 4."""
    spans = [
        Span(number, "North", "School", "3", "2025-26", START, CLOSED if number < left else None) for number in range(4)
    ]
    contacts = [Contact((0, 0), 3, "North", END, direction="outbound", outcome="sent")]
    store = in_store(tmp_path / "s.duckdb", World(spans, contacts))
    frame = cube.students(store, "2025-26")
    store.close()
    assert frame["at_end"].sum() == at_end
