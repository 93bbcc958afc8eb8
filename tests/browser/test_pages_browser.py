"""In Chromium: every page stands, without an error box, a console error or a request off the machine."""

from urllib.parse import urlparse

import pytest

from tests.support import browser, screens

pytestmark = pytest.mark.skipif(browser.chromium() is None, reason=browser.WHY)

MAY_BE_ASKED = ("127.0.0.1", "")  # "" is data: and blob:


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The program with the small sample district."""
    home = tmp_path_factory.mktemp("browser_home")
    store = screens.sample(home)
    store.close()
    with browser.running(home) as address:
        yield address


def watch(opened) -> tuple[list, list]:
    """(console errors, addresses off the machine) as they come."""
    errors, outside = [], []
    opened.on("console", lambda said: said.type == "error" and errors.append(said.text))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "request",
        lambda asked: urlparse(asked.url).hostname not in (*MAY_BE_ASKED, None) and outside.append(asked.url),
    )
    return errors, outside


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_stands(program, width, scheme):
    with browser.page(width, scheme) as opened:
        errors, outside = watch(opened)
        opened.goto(program)
        headline = browser.settled(opened)
        for name in browser.MENU:
            if opened.get_by_test_id("stExpandSidebarButton").is_visible():
                opened.get_by_test_id("stExpandSidebarButton").click()
            opened.get_by_test_id("stSidebarNav").get_by_text(name, exact=True).click()
            headline = browser.settled(opened, headline)
            assert len(headline) > 10
            assert opened.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
            wider = "() => document.querySelector('[data-testid=stMain]').scrollWidth"
            assert opened.evaluate(wider) <= width, f"{name} is wider than {width} pixels"
        assert errors == [] and outside == []


@pytest.mark.parametrize("page", screens.PAGES)
def test_a_page_requested_directly_on_a_fresh_server_stands_in_the_menu(page, program):
    with browser.page() as opened:
        opened.goto(f"{program}/{'' if page == 'overview' else page}?year=2024-25")
        browser.settled(opened)
        assert opened.get_by_test_id("stSidebarNav").count() == 1
        if page in screens.MEASURED and page not in ("families", "definitions", "moving_up"):
            assert "School year 2024-25" in opened.locator("[data-testid=stMain]").inner_text()


def test_the_first_page_of_a_fresh_server_may_be_any(tmp_path):
    screens.sample(tmp_path).close()
    with browser.running(tmp_path) as address, browser.page() as opened:
        opened.goto(f"{address}/two_way")
        assert "both ways" in browser.settled(opened)
        assert opened.get_by_test_id("stSidebarNav").get_by_text("Grade bands", exact=True).count() == 1


def test_the_first_start_makes_the_sample_district(tmp_path):
    with browser.running(tmp_path) as address, browser.page() as opened:
        opened.goto(address)
        browser.settled(opened)
        assert "Sample district" in opened.locator("[data-testid=stMain]").inner_text()
        assert (tmp_path / "sample.duckdb").exists() and not (tmp_path / "district.duckdb").exists()


def test_filters_stay_in_sight_and_in_force_while_somebody_goes_from_page_to_page(program):
    """Also past a page without filters."""
    lists = "[data-testid=stSidebar] [data-testid=stMultiSelect]"
    fewest = f"""() => {{
        const look = () => window.fewest = Math.min(window.fewest, document.querySelectorAll("{lists}").length);
        window.fewest = 99;
        new MutationObserver(look).observe(document, {{subtree: true, childList: true}});
    }}"""
    with browser.page() as opened:
        opened.goto(f"{program}/?band=high")
        headline = browser.settled(opened)
        chosen = opened.locator(lists).filter(has_text="Grade band").get_by_text("High", exact=True)
        chosen.wait_for()  # what a script sends last is there a moment after it is done
        opened.evaluate(fewest)
        for name in ("Two-way", "Equity"):
            opened.get_by_test_id("stSidebarNav").get_by_text(name, exact=True).click()
            headline = browser.settled(opened, headline)
        assert opened.evaluate("() => window.fewest") == 4 and chosen.count() == 1
        for name, state in (("Definitions", "detached"), ("Schools", "visible")):
            opened.get_by_test_id("stSidebarNav").get_by_text(name, exact=True).click()
            headline = browser.settled(opened, headline)
            chosen.wait_for(state=state)
        assert opened.locator(lists).count() == 4 and "band=high" in opened.url
