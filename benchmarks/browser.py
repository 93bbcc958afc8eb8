"""In Chromium: from a filter's change, and from a link to a page, to the last chart repainted; and the bytes sent.

Ours with a store beside a bare Streamlit page (`bare_page`) with the same number of Plotly charts, each with a server
of its own, in turn. A moment is taken by the page itself: the click, and the last change inside a chart before the
script is done and nothing has changed for a while. Every round chooses a filter that nobody chose before. Before each
timed click our server has come to rest, as it has for somebody who reads a page for some seconds: what it works out in
the background (`ui/next_pages.py`) is there, and takes nothing from the bare page. `BOTHWAYS_FORESEE=no` before the
command measures it without that.
"""

import shutil
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import apart, pages, served, table

TITLES = {
    "overview": "Overview", "frequency": "Contact frequency", "two_way": "Two-way", "grade_bands": "Grade bands",
    "moving_up": "Moving up", "schools": "Schools", "equity": "Equity", "partnership": "Partnership",
}  # fmt: skip
QUIET = 0.7  # seconds without a change inside a chart
PATIENCE = 60.0
WATCH = """
    window.clicked = window.repainted = 0;
    document.addEventListener("click", () => { window.clicked = performance.now(); window.repainted = 0; }, true);
    new MutationObserver(changes => {
        const inChart = node => node.nodeType === 1 && (node.closest(".js-plotly-plot") || node.querySelector?.(".js-plotly-plot"));
        if (changes.some(one => inChart(one.target) && one.target.closest(".js-plotly-plot") || [...one.addedNodes].some(inChart)))
            window.repainted = performance.now();
    }).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""  # noqa: E501 - it is JavaScript
STATE = """() => ({
    now: performance.now(), clicked: window.clicked, repainted: window.repainted,
    charts: document.querySelectorAll(".js-plotly-plot .main-svg").length ? document.querySelectorAll(".js-plotly-plot").length : 0,
    idle: document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
        && !document.querySelector("[data-stale=true]"),
})"""  # noqa: E501


@dataclass
class Window:
    """An open page of a server; `received` counts bytes that came over the web socket and HTTP."""

    page: object
    received: int = 0

    def click(self, target, *, charts: bool | None = None) -> tuple[float | None, int, int]:
        """Click: seconds to the last chart repainted (None: no chart changed), charts there now, bytes received.

        `charts`: the page is not at rest before a chart has changed (True), or before none is left (False).
        """
        before = self.received
        target.click()
        state = self.rest(charts)
        seconds = (state["repainted"] - state["clicked"]) / 1000 if state["repainted"] else None
        return seconds, state["charts"], self.received - before

    def rest(self, charts: bool | None = None) -> dict:
        """Wait until the script is done and no chart has changed for a while; the page's state then."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(0.1)
            state = self.page.evaluate(STATE)
            quiet = state["now"] - max(state["repainted"], state["clicked"]) > 1000 * QUIET
            done = charts is None or (state["repainted"] if charts else not state["charts"])
            if state["idle"] and quiet and done:
                return state
        raise RuntimeError("A page did not come to rest.")

    def link(self, title: str, *, charts: bool = True):
        """Follow the link to a page."""
        return self.click(self.page.get_by_test_id("stSidebarNav").get_by_text(title, exact=True), charts=charts)

    def choose(self, place: int):
        """Choose the student group at this place of the list, whose first entry chooses all."""
        box = self.page.get_by_test_id("stMultiSelect").filter(has_text="Student group").locator("input")
        option = self.page.locator("[role=option]").nth(place + 1)
        until = time.monotonic() + PATIENCE
        while not option.is_visible() and time.monotonic() < until:  # a list that was opened too early closes again
            box.focus()
            self.page.keyboard.press("ArrowDown")
            self.page.wait_for_timeout(1000)
        return self.click(option, charts=True)

    def clear(self):
        """Take all filters back, and wait until the page shows it."""
        chosen = self.page.get_by_test_id("stMultiSelect").locator(".react-aria-ComboBox [data-tag]")
        until = time.monotonic() + PATIENCE
        while chosen.count() and time.monotonic() < until:
            self.page.keyboard.press("Escape")
            self.page.get_by_text("Clear filters", exact=True).click()
            with suppress(Exception):  # a list that was still open took this click for itself
                chosen.first.wait_for(state="detached", timeout=1000 * PATIENCE / 6)
        self.rest()


@contextmanager
def windows(*addresses: str):
    """A window for each address, in one Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        names = ("chromium", "chromium-browser", "google-chrome")
        browser = play.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, names)), None), args=["--no-sandbox"]
        )
        try:
            yield [_open(browser, address) for address in addresses]
        finally:
            browser.close()


def _open(browser, address: str) -> Window:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    window = Window(opened)
    network = opened.context.new_cdp_session(opened)
    network.send("Network.enable")

    def frame(event):
        said = event["response"]
        # A binary frame is told in base64, four letters for three bytes.
        window.received += len(said["payloadData"]) * (3 if said["opcode"] == 2 else 4) // 4

    def finished(event):
        window.received += int(event["encodedDataLength"])

    network.on("Network.webSocketFrameReceived", frame)
    network.on("Network.loadingFinished", finished)
    opened.add_init_script(WATCH)
    opened.goto(f"http://{address}")
    opened.get_by_test_id("stSidebarNav").wait_for(timeout=1000 * PATIENCE)
    window.click(opened.locator("h1").first)
    return window


def measure(ours: Window, bare: Window, rest, runs: int, names: list[str]) -> dict:
    """By page: charts, bytes sent, and the seconds of each round: link and filter, ours and bare.

    `rest` waits until our server does nothing.
    """
    found = {}
    bare.link("1 charts")  # ours has shown a chart already, so that the browser has read Plotly for both
    for place in range(runs):
        for name in names:
            one = found.setdefault(name, {"link": [], "bare link": [], "filter": [], "bare filter": [], "bytes": []})
            ours.link("Definitions", charts=False)
            rest()
            seconds, one["charts"], sent = ours.link(TITLES[name])
            one["link"].append(seconds)
            one["bytes"].append(sent)
            rest()
            bare.link("0 charts", charts=False)
            one["bare link"].append(bare.link(f"{one['charts']} charts")[0])
            one["filter"].append(ours.choose(place)[0])
            rest()
            one["bare filter"].append(bare.choose(place)[0])
            ours.clear()
            bare.clear()
    return found


def run(folder: Path, sizes, runs: int) -> None:
    """Print the table."""
    store = pages.sample(folder, sizes, sizes.rows or pages.CONTACTS)
    contacts = apart.run("benchmarks.pages:contacts", store).result
    ours = ("-m", "streamlit", "run", "dashboard.py")
    bare = ("-m", "streamlit", "run", "benchmarks/bare_page.py")
    with (
        served.serving(*ours, BOTHWAYS_HOME=served.home(folder, store)) as (our_address, server),
        served.serving(*bare) as (bare_address, _),
        windows(our_address, bare_address) as (mine, theirs),
    ):
        asked = [name for name in TITLES if not sizes.pages or name in sizes.pages]
        rest = partial(served.rest, server) if sizes.least_seconds > 1 else lambda: None  # small: only to try it
        found = measure(mine, theirs, rest, runs, asked)
    lines = []
    for name, one in found.items():
        charts = f"{one['charts']} charts"
        for what, first in (("link to the page, first time", True), ("link to the page, again", False)):
            mine, theirs = (one[way][:1] if first else one[way][1:] for way in ("link", "bare link"))
            if mine:
                lines.append(_line(f"{name}, {charts}: {what}", mine, theirs))
        lines.append(_line(f"{name}, {charts}: filter changed", one["filter"], one["bare filter"]))
        sent = table.median(one["bytes"])
        lines.append(table.Line(f"{name}: bytes sent", sent, None, "under 1 MB", unit="kB"))
    table.show(f"browser: {contacts:,} contacts, from the click to the last chart repainted", lines)


def _line(what: str, ours: list, theirs: list) -> table.Line:
    return table.Line(what, table.median(ours) or 0.0, table.median(theirs), "within 1.5 x", slower=True)


if __name__ == "__main__":
    sys.exit("Run it as: python -m benchmarks browser")
