"""What a screen may need next: the filters one click away are those that the sidebar then puts in force."""

from datetime import date

from access.viewer import LOCAL
from analytics.choices import Choices
from ui import filters, foreseen
from ui.filters import Chosen, Drawn, Filters

YEARS = {
    "2026-27": (date(2026, 8, 10), date(2026, 11, 27)),
    "2025-26": (date(2025, 8, 11), date(2026, 6, 12)),
}
OFFERED = Choices(
    YEARS, date(2025, 8, 11), date(2026, 11, 27), ("Elm", "Oak"), ("elementary", "middle", "high"), ("phone", "text"),
    {"IEP: no": ("iep", "no"), "IEP: yes": ("iep", "yes")}, 300, True, 0,
)  # fmt: skip


def drawn(chosen: Chosen, days=(date(2026, 1, 5), date(2026, 1, 9))) -> Drawn:
    return Drawn(LOCAL, OFFERED, chosen, chosen.filters(OFFERED, days))


def test_one_click_is_another_year_or_one_more_or_less_of_a_list():
    found = list(drawn(Chosen("2026-27", band=("high",), channel=("text",))).one_click_away())
    now, before = YEARS.values()
    high, text = ("band", "high"), ("channel", "text")
    assert found == [
        Filters(*before, "2025-26", (), (high, text)),
        Filters(*now, "2026-27", (), (("band", "elementary"), high, text)),
        Filters(*now, "2026-27", (), (("band", "middle"), high, text)),
        Filters(*now, "2026-27", (), (text,)),
        Filters(*now, "2026-27", (), (high, text, ("iep", "no"))),
        Filters(*now, "2026-27", (), (high, text, ("iep", "yes"))),
        Filters(*now, "2026-27", (), (high, ("channel", "phone"), text)),
        Filters(*now, "2026-27", (), (high,)),
        Filters(*now, "2026-27", ("Elm",), (high, text)),
        Filters(*now, "2026-27", ("Oak",), (high, text)),
    ]


def test_chosen_dates_stay_and_every_year_is_one_click_away():
    first, second, *others = drawn(Chosen(None)).one_click_away()
    assert (first.year, second.year) == tuple(YEARS)
    assert {(one.start, one.end, one.year) for one in others} == {(date(2026, 1, 5), date(2026, 1, 9), None)}


def test_of_a_long_list_nothing_is_worked_out_before_it_is_chosen(monkeypatch):
    monkeypatch.setattr(filters, "MOST_FORESEEN", 2)
    found = list(drawn(Chosen("2026-27")).one_click_away())
    assert not any(cut == "band" for one in found for cut, _ in one.where) and len(found) == 1 + 2 + 2 + 2


def test_the_other_pages_come_before_the_choices_of_this_one():
    screen = foreseen.Screen("schools", drawn(Chosen("2026-27")), "contact_rate", "contact_rate", "iep", "light")
    asked = [str(entry) for entry in foreseen.entries(screen)]
    pages = [str(entry) for page in foreseen.PAGES.values() for entry in page(screen, screen.drawn.filters)]
    assert asked[: len(pages)] == pages
    behind = asked[len(pages) :]
    assert len(behind) == 10 * len(list(foreseen.PAGES["schools"](screen, screen.drawn.filters)))
    assert all("contact_rate" in entry or "weeks_logged" in entry for entry in behind)


def test_a_page_without_charts_of_its_own_has_no_choices_worked_out():
    screen = foreseen.Screen("families", drawn(Chosen("2026-27")), "contact_rate", "contact_rate", "iep", "light")
    other = foreseen.Screen("overview", drawn(Chosen("2026-27")), "contact_rate", "contact_rate", "iep", "light")
    assert len(list(foreseen.entries(screen))) < len(list(foreseen.entries(other)))
