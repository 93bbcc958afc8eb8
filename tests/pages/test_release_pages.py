"""The district's release page from years to publishing, and the panel's page, which opens no store."""

import itertools
import json
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from access.viewer import Viewer
from analytics.disclosure import coding, cube, listed, release, years
from analytics.disclosure.shown import Shown
from analytics.figures import words
from data import demo
from data.home import PROJECT
from data.store import open_store
from tests.pages.test_pages import read
from tests.support import clock
from ui import cache, gate, release_shown


def direct(page: str) -> AppTest:
    return AppTest.from_file(str(PROJECT / "pages" / f"{page}.py"), default_timeout=480).run()


def said(test: AppTest) -> str:
    kinds = (test.title, test.header, test.subheader, test.markdown, test.caption, test.info, test.error, test.success,
             test.warning)  # fmt: skip
    return "\n".join(read(element.value) for kind in kinds for element in kind)


def as_shown(home) -> set[str]:
    """Every published text of the release, in the one form that a panel's page has for it."""
    tables = release.releases(home / "releases")[0].tables.values()
    return {words.published(row) for table in tables for row in table["published"]}


def button(test: AppTest, begins: str):
    (found,) = [one for one in test.button if one.label.startswith(begins)]
    return found


def sample(home) -> str:
    path = str(home / "sample.duckdb")
    demo.create(path, students=300, schools=6, years=1, seed=3, until=date(2026, 3, 13))
    return path


@pytest.fixture(scope="module")
def released_home(tmp_path_factory):
    """A home whose sample district was released on the page itself, and what the page said on the way."""
    home = tmp_path_factory.mktemp("released")
    sample(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOTHWAYS_HOME", str(home))
        clock.set_to(patch, years, date(2026, 8, 3))
        cache.MEMORY.forget()
        test = direct("release")
        steps = [said(test)]
        button(test, "Prove").click().run()
        steps.append(said(test))
        labels = [chart.proto.alt for chart in test.get("plotly_chart")]
        button(test, "Publish").click().run()
        steps.append(said(test))
        assert not test.exception and not test.error
    return home, steps, labels


@pytest.fixture
def at_released(released_home, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_HOME", str(released_home[0]))
    clock.set_to(monkeypatch, years, date(2026, 8, 3))
    cache.MEMORY.forget()
    return released_home[0]


def test_a_district_is_told_before_that_a_running_year_can_be_released_once_only(released_home):
    before, _, _ = released_home[1]
    assert "contacts are loaded up to 13 March 2026" in before and "released once only" in before
    assert "What will be hidden" not in before and "Earlier releases" not in before


@pytest.fixture
def brief(tmp_path, monkeypatch):
    """The store of a home that releases two measures and one group, which are proved in a moment; nothing is yet."""
    store = open_store(sample(tmp_path))
    listed.keep(store, measures=["reach", "contact_rate"], groups=["iep"])
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path))
    clock.set_to(monkeypatch, years, date(2026, 8, 3))
    cache.MEMORY.forget()
    yield store
    store.close()


def test_a_year_that_is_not_over_is_released_only_when_somebody_says_so(brief, monkeypatch):
    clock.set_to(monkeypatch, years, date(2026, 3, 20))
    test = direct("release")
    assert test.multiselect[0].value == []
    test.multiselect[0].set_value(["2025-26"]).run()
    button(test, "Prove").click().run()
    assert "2025-26 is not over" in said(test) and "What a panel will see" not in said(test)
    test.checkbox[0].check().run()
    button(test, "Prove").click().run()
    assert "What a panel will see" in said(test)


def test_a_district_sees_what_will_be_hidden_and_why_and_what_a_panel_will_see(released_home):
    _, proved, _ = released_home[1]
    assert "The proof passed" in proved and "because there are fewer than 10 students" in proved
    assert "What a panel will see" in proved and "Differences that hold" in proved


def test_publishing_writes_one_folder_that_reads_back(released_home):
    home, steps, _ = released_home
    (found,) = release.releases(home / "releases")
    assert found.folder.name.startswith(date.today().isoformat())
    assert found.about["years"] == ["2025-26"] and found.about["sample"] is True
    assert "Released 2025-26" in steps[2] and found.folder.name in steps[2]


def test_a_second_release_of_changed_data_is_refused_in_a_sentence(brief):
    first = direct("release")
    button(first, "Prove").click().run()
    button(first, "Publish").click().run()
    assert "Released 2025-26" in said(first)
    test = direct("release")
    test.multiselect[0].set_value(["2025-26"]).run()
    assert "released already" in said(test)
    with brief.writing() as write:
        write.execute("UPDATE release_year SET sha256 = 'another'")
    button(test, "Prove").click().run()
    button(test, "Publish").click().run()
    assert not test.exception
    assert "Two releases of one year could give a family away" in said(test)
    assert len(release.releases(brief.path.parent / "releases")) == 1


def test_a_draft_of_data_that_changed_since_is_not_shown(brief):
    test = direct("release")
    button(test, "Prove").click().run()
    assert "What a panel will see" in said(test)
    with brief.writing() as write:
        write.execute("DELETE FROM release_witness WHERE false")
    test.run()
    assert "The data have changed since the proof" in said(test) and "What a panel will see" not in said(test)


@pytest.fixture
def panel(at_released, monkeypatch):
    """A panel viewer on a machine on which no store can be opened."""

    def refuse(*_, **__):
        raise AssertionError("a panel's page opened a store")

    monkeypatch.setattr(gate, "_viewer", lambda: Viewer("panel", name="Ms. Chair"))
    for place in ("data.store.open_store", "data.store.Store.__init__", "data.which.open_store", "data.which.in_use",
                  "ui.stores.current", "ui.stores.in_use"):  # fmt: skip
        monkeypatch.setattr(place, refuse)
    return at_released


def test_a_panel_reads_the_release_and_no_store(panel):
    test = direct("panel")
    assert not test.exception and not test.error
    text = said(test)
    assert "2025-26: elementary" in text and "Sample district" in text
    assert "Differences that hold" in text and "Context, not a target" in text
    assert len(test.get("plotly_chart")) == 4


def test_a_panels_page_has_one_form_for_a_band_and_no_word_of_the_trade(panel):
    test = direct("panel")
    shown = [said(test), str([chart.proto.spec for chart in test.get("plotly_chart")[:2]])]
    test.toggle(key="panel_paper").set_value(True).run()
    shown += [said(test), test.table[0].value.to_string()]
    for text in shown:
        assert "Benjamini" not in text and "outbound" not in text and "inbound" not in text
        assert "to under" not in text
    assert "no more than about 5 in 100" in shown[0] and "25 % or more, but under 30 %" in shown[0]
    assert "Always shown with" not in shown[0], "a release does not hold the share of known directions"


def test_the_sheet_to_print_offers_no_choice_that_it_ignores(panel):
    test = direct("panel")
    assert [box.label for box in test.selectbox] == ["Measure", "Student group"]
    test.selectbox(key="panel_measure").set_value("contact_rate").run()
    test.toggle(key="panel_paper").set_value(True).run()
    assert not test.exception and not test.selectbox and "Contact rate in" not in test.title[0].value
    test.toggle(key="panel_paper").set_value(False).run()
    assert test.selectbox(key="panel_measure").value == "contact_rate"


def test_a_panel_prints_every_measure_on_one_sheet_as_published(panel):
    test = direct("panel")
    test.toggle(key="panel_paper").set_value(True).run()
    assert not test.exception and len(test.get("plotly_chart")) == 2  # the national figures
    (sheet,) = test.table
    published = as_shown(panel)
    assert len(sheet.value) == len(cube.MEASURES)
    assert list(sheet.value.columns) == ["Measure", "Elementary", "Middle", "High"], "a phone has room for them"
    cells = sheet.value[["Elementary", "Middle", "High"]].to_numpy().ravel()
    parts = [read(cell).replace("\N{WORD JOINER}", "").split(", ") for cell in cells]
    shown = {part[0].removesuffix(" (with caution)") for part in parts}
    assert shown <= {*published, "hidden"} and shown & published
    signs = [part[1] for part in parts if len(part) > 1]
    assert set(signs) <= {"lower", "higher", "no clear difference"}
    (made,) = release.releases(panel / "releases")
    assert sorted(signs) == sorted(one["sign"] for one in made.about["comparisons"])
    assert not any(part[0] == "hidden" and len(part) > 1 for part in parts), "a hidden cell has no sign"


def test_the_release_page_says_in_words_what_the_settings_release(at_released):
    text = said(direct("release"))
    assert "Families reached" in text and "1 from 1,000 students, 2 from 500" in text
    assert "fewer than 10 students" in text


def test_a_panel_sees_every_measure_and_group_without_a_count(panel):
    test = direct("panel")
    published = as_shown(panel)
    measures = [measure.name for measure in cube.MEASURES]
    assert len(test.selectbox(key="panel_measure").options) == len(measures)
    assert len(test.selectbox(key="panel_group").options) == len(cube.GROUPS)
    for measure, group in zip(measures, itertools.cycle(cube.GROUPS), strict=False):
        test.session_state["panel_measure"], test.session_state["panel_group"] = measure, group
        test.run()
        assert not test.exception and not test.error
        for chart in test.get("plotly_chart")[:2]:
            cells = json.loads(json.loads(chart.proto.spec)["layout"]["meta"])["alt"]
            for cell in cells.split(". ", 1)[1].removesuffix(".").split("; "):
                value = cell.split(": ", 1)[1].removesuffix(", interpret with caution")
                assert value == "hidden" or value in published
    assert coding.SUPPRESSED in published


def test_the_definitions_open_no_store_for_a_panel(panel):
    test = direct("definitions")
    assert not test.exception and not test.error and "What every number means" in said(test)


def test_the_release_page_is_closed_to_a_panel(panel):
    test = direct("release")
    assert "not for your role" in said(test) and not test.button


def test_a_principal_sees_neither(at_released, monkeypatch):
    monkeypatch.setattr(gate, "_viewer", lambda: Viewer("principal", name="Mr. P", schools=("Oak",)))
    for page in ("release", "panel"):
        assert "not for your role" in said(direct(page))


def test_a_release_that_was_changed_is_not_shown_to_a_panel(panel):
    (found,) = release.releases(panel / "releases")
    table = found.folder / "band.csv"
    kept = table.read_text(encoding="utf-8")
    table.write_text(kept.replace("2025-26", "2024-25", 1), encoding="utf-8")
    try:
        assert "Nothing is released yet" in said(direct("panel"))
    finally:
        table.write_text(kept, encoding="utf-8")


def test_a_band_that_is_not_compared_is_said_beside_one_that_is():
    cells = [
        ("elementary", "85% to under 90%", ""),
        ("middle", "55% to under 60%", ""),
        ("high", "50% to under 60%", ""),
    ]
    table = pd.DataFrame(cells, columns=["band", "published", "flag"]).assign(year="2025-26", measure="reach")
    sign = {"year": "2025-26", "measure": "reach", "band": "middle", "against": "elementary", "sign": "lower"}
    assert release_shown.signs(Shown(["2025-26"], {"band": table}, [sign]), "reach") == [
        "**2025-26**, against elementary: lower in middle school, no comparison in high school, which is hidden or has "
        "too few schools."
    ]
    both = [sign, sign | {"band": "high"}]
    assert release_shown.signs(Shown(["2025-26"], {"band": table}, both), "reach") == [
        "**2025-26**, against elementary: lower in middle and high school."
    ]
    no_high = Shown(["2025-26"], {"band": table[:2]}, [sign])
    assert release_shown.signs(no_high, "reach") == ["**2025-26**, against elementary: lower in middle school."]
