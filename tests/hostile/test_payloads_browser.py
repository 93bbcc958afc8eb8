"""Scripts, images and markdown in school, student, staff and file names: nothing runs, nothing is fetched."""

from urllib.parse import urlsplit

import pytest

from data.store import open_store
from tests.support import browser, loading

pytestmark = pytest.mark.skipif(not browser.chromium(), reason=browser.WHY)

PAYLOADS = [
    "<script>window.__ran=1</script>",
    '<img src="http://evil.example/i.png" onerror="window.__ran=1">',
    "![x](http://evil.example/m.png)",
    "[click](javascript:window.__ran=1)",
    '<svg onload="window.__ran=1">',
    '"><iframe src="http://evil.example/"></iframe>',
    '<a href="http://evil.example/">x</a> $\\href{http://evil.example}{x}$ :red[c]',
    "</title><script>window.__ran=1</script>",
]
# Elements that lead to a payload's address or run its script; an own address may carry a name in its query.
LEADS_OUT = """() => [...document.querySelectorAll('[src], [href]')].filter(element => {
    const to = new URL(element.src || element.href.baseVal || element.href, document.baseURI);
    return to.host === 'evil.example' || to.protocol === 'javascript:';
}).map(element => element.outerHTML)"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A district's own store in which every name is a payload."""
    home = tmp_path_factory.mktemp("payload_home")
    store = open_store(home / "district.duckdb")
    grades = ["3", "5", "7", "9", "11", "2", "6", "8"]
    roster, log = [], []
    for n, (bad, grade) in enumerate(zip(PAYLOADS, grades, strict=True)):
        roster.append([f"9{n:04d}", bad, bad, PAYLOADS[(n + 1) % 4], grade, "8/15/2025"])
        log += [[f"9{n:04d}", f"9/{day}/2025", "Phone", "Outbound", "Reached", bad, bad] for day in range(3, 20, 4)]
    loading.load(store, loading.roster(roster, name=f"{PAYLOADS[1]}.csv"), PAYLOADS[1])
    loading.load(store, loading.log(log, name=f"{PAYLOADS[2]}.csv"), PAYLOADS[2])
    store.close()
    return home


def test_nothing_runs_and_nothing_is_fetched_on_any_page(home):
    asked, seen, headline, tables = set(), {}, None, 0
    with browser.running(home) as address, browser.page() as opened:
        opened.context.on("request", lambda request: asked.add(request.url))
        opened.goto(address, wait_until="commit")
        browser.settled(opened)
        for page in browser.MENU:
            opened.get_by_test_id("stSidebarNav").get_by_text(page, exact=True).click()
            headline = browser.settled(opened, headline)
            for button in opened.get_by_role("button", name="Table", exact=True).all()[:1]:
                button.click()
                opened.get_by_test_id("stPopoverBody").wait_for()
                tables += 1
            assert opened.evaluate("window.__ran") is None, page
            assert opened.evaluate(LEADS_OUT) == [], page
            seen[page] = opened.locator("body").inner_text()
            opened.keyboard.press("Escape")
            opened.get_by_test_id("stPopoverBody").wait_for(state="detached")  # left open, the next click closes it
    assert tables > 3
    own = urlsplit(address).netloc
    assert {urlsplit(url).netloc for url in asked if url.startswith(("http", "ws"))} == {own}
    assert any("<script>" in said or "![x]" in said for said in seen.values())  # the names were there to be read
