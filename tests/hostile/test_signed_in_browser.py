"""The sign-in end to end: a real provider, a real server, Chromium. Pages are asked for directly, before "/".

What needs no browser is in test_forged_socket.py.
"""

import re
import urllib.request

import pytest

from access.directory import Directory
from data.home import PROJECT
from tests.support import browser, provider, screens

pytestmark = [
    pytest.mark.skipif(not browser.chromium(), reason=browser.WHY),
    pytest.mark.skipif(not provider.installed(), reason=provider.WHY),
]

PAGES = sorted(path.stem for path in (PROJECT / "pages").glob("*.py"))
SIGN_IN = "Please sign in."


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with the sample district and a directory of people; its first two schools are A and B."""
    home = tmp_path_factory.mktemp("browser_home")
    store = screens.sample(home)
    own, other = (name for (name,) in store.rows("SELECT name FROM school ORDER BY 1 LIMIT 2"))
    store.close()
    people = Directory(home / "access.sqlite")
    people.add("a@x.org", "principal", [own])
    people.add("leader@x.org", "district")
    home.joinpath("names").write_text(f"{own}\n{other}")
    return home


@pytest.fixture(scope="module")
def schools(home) -> list[str]:
    """The names of school A and school B."""
    return home.joinpath("names").read_text().split("\n")


@pytest.fixture(scope="module")
def chrome():
    """One Chromium for the module."""
    with browser.page() as page:
        yield page.context.browser


@pytest.fixture
def context(chrome):
    """Somebody's browser, without any cookie."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="module")
def vouching(home):
    """The port of the provider, which knows two people."""
    with provider.provider() as port:
        for email in ("a@x.org", "leader@x.org"):
            provider.knows(port, email, roles=["district"], groups=["district"])
        yield port


@pytest.fixture(scope="module")
def address(home, vouching, chrome):
    """The program: a fresh server, whose first requests are the pages, logged out (see the first test)."""
    with provider.signed_in_program(home, vouching) as address:
        _FRESH[address] = _first_look(chrome, address)
        yield address


_FRESH: dict = {}


def _first_look(chrome, address: str) -> dict[str, tuple[str, str]]:
    """What a fresh server says to somebody who is logged out, page by page, before anybody opened "/"."""
    context = chrome.new_context()
    seen = {}
    for page, opened in all_at_once(context, address, [*(page for page in PAGES if page != "overview"), ""]):
        with urllib.request.urlopen(f"{address}/{page}", timeout=20) as answer:
            raw = answer.read().decode()
        opened.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
        seen[page] = (raw, opened.locator("body").inner_text())
    context.close()
    return seen


def all_at_once(context, address: str, pages: list[str]) -> list[tuple]:
    """Each page in a tab of its own, asked for and not yet waited for."""
    tabs = [(page, context.new_page()) for page in pages]
    for page, opened in tabs:
        opened.goto(f"{address}/{page}", wait_until="commit")
    return tabs


def text(opened, expected: str | re.Pattern) -> str:
    """The page's text once `expected` is in it."""
    opened.get_by_text(expected).first.wait_for(timeout=60_000)
    return opened.locator("body").inner_text()


def signed_in(context) -> bool:
    """Does this browser hold a sign-in cookie?"""
    return any(cookie["name"] == "_streamlit_user" and cookie["value"] for cookie in context.cookies())


def test_a_fresh_server_gives_a_stranger_the_sign_in_and_nothing_else(address, home, schools):
    for page, (raw, seen) in _FRESH[address].items():
        lines = [line.strip() for line in seen.splitlines() if line.strip()]
        words = [line for line in lines if line not in ("login", "lock", "Skip to main content")]  # icons, Streamlit's
        assert [w for w in words if SIGN_IN not in w] == ["Sign in"], (page, seen)
        assert not any(school in raw for school in schools)


def test_a_principal_sees_the_own_school_only(address, context, schools):
    own, other = schools
    opened = context.new_page()
    provider.sign_in(opened, address, "a@x.org")
    browser.settled(opened)
    opened.goto(f"{address}/families?list_school={other.replace(' ', '+')}&school={other.replace(' ', '+')}")
    browser.settled(opened)
    seen = opened.locator("body").inner_text()
    assert own in seen and other not in seen


def test_a_cookie_played_again_after_the_sign_out_and_the_revocation_is_denied(address, context, chrome, home):
    opened = context.new_page()
    provider.sign_in(opened, address, "leader@x.org")
    browser.settled(opened)
    kept = context.cookies()
    opened.get_by_role("button", name="Sign out").click()
    for _ in range(60):  # the provider may keep the browser after a sign-out, so only the cookie tells
        if not signed_in(context):
            break
        opened.wait_for_timeout(250)
    assert not signed_in(context)
    assert all(cookie["httpOnly"] for cookie in kept if cookie["name"].startswith("_streamlit_user"))
    Directory(home / "access.sqlite").revoke("leader@x.org")
    thief = chrome.new_context()  # somebody who copied the cookie before the sign-out
    thief.add_cookies(kept)
    for _, stolen in all_at_once(thief, address, ["overview", "administration", "families"]):
        seen = text(stolen, re.compile("Your sign-in was ended"))
        assert "Signed in as" not in seen and stolen.locator("h1").count() == 0
    thief.close()
