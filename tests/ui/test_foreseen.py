"""What a screen may need next: the filters one click away are those that the sidebar then puts in force."""

from dataclasses import replace
from datetime import date

from access.viewer import LOCAL
from analytics.choices import Choices
from ui import foreseen
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


def screen(page: str) -> foreseen.Screen:
    return foreseen.Screen(page, drawn(Chosen("2026-27")), "contact_rate", "contact_rate", "iep", "light")


def test_the_pages_come_before_the_choices_of_this_one_and_a_page_without_charts_has_none():
    pages = [str(entry) for entry in foreseen.entries(screen("families"))]
    asked = [str(entry) for entry in foreseen.entries(screen("schools"))]
    assert asked[: len(pages)] == pages
    after_a_click = screen("schools").drawn.one_click_away()
    assert asked[len(pages) :] == [
        str(entry) for now in after_a_click for entry in foreseen.PAGES["schools"](screen("schools"), now)
    ]


def test_only_the_likeliest_choices_are_worked_out(monkeypatch):
    monkeypatch.setattr(foreseen, "MOST_CHOICES", 2)
    pages, asked = (list(foreseen.entries(screen(page))) for page in ("families", "equity"))
    year, band = asked[len(pages) :: 3]
    assert (year[1].start, band[1].where) == (date(2025, 8, 11), (("band", "elementary"),))
    assert len(asked) == len(pages) + 2 * 3


def test_another_district_is_one_click_away_and_is_named():
    offered = replace(OFFERED, districts=("North", "South"))
    chosen = Chosen("2026-27", district=("North",))
    in_force = chosen.filters(offered, YEARS["2026-27"])
    assert in_force.of_whom() == "all schools of North"
    found = [one.where for one in Drawn(LOCAL, offered, chosen, in_force).one_click_away()]
    assert (("district", "North"), ("district", "South")) in found and () in found
