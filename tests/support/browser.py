"""A running program and a Chromium to look at it with; tests are skipped with a reason where Chromium is missing."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from data.home import PROJECT

# The pages of the menu, so that each link leads to another page.
MENU = (
    "Contact frequency",
    "Two-way",
    "Grade bands",
    "Moving up",
    "Schools",
    "Equity",
    "Partnership",
    "Families to reach",
    "Upload",
    "Uploads",
    "Panel",
    "Release for panels",
    "Data quality",
    "Definitions",
    "Administration",
    "Overview",
)
WHY = "Chromium is not installed on this machine"
PROCESSES: dict[int, int] = {}  # the process behind each port


def chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return next((found for name in names if (found := shutil.which(name))), None)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home) -> dict[str, str]:
    """What a program finds around it, with its data in `home`. It leaves the processor to the browser."""
    return {**os.environ, "BOTHWAYS_HOME": str(home), "BOTHWAYS_FORESEE": "no"}


@contextmanager
def running(home, *options: str, port: int | None = None):
    """The address of the program, started as the README says, with its data in `home`."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port), *options]
    server = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    PROCESSES[port] = server.pid
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def page(width: int = 1280, scheme: str = "light"):
    """A Playwright page in a fresh browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            context.set_default_timeout(120_000)  # a busy machine; nothing is measured by it
            yield context.new_page()
        finally:
            browser.close()


def settled(opened, headline: str | None = None):
    """Wait until a page stands: its headline is there (another than `headline`), and the script is done.

    The script's own state is asked too: the sign that it runs is drawn late, and what the page before has left is
    marked as stale late. A button of that page would be clicked and gone.
    """
    said = opened.wait_for_function(
        """before => {
            const title = document.querySelector('[data-testid=stMain] h1');
            const busy = document.querySelector('[data-testid=stStatusWidget], [data-stale=true]');
            const done = document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]');
            return title && title.innerText !== before && done && !busy && title.innerText;
        }""",
        arg=headline,
        timeout=180_000,
    )
    return said.json_value()  # asked for a second time, the headline may be away: a busy machine draws again


def _wait_for(address: str, server):
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError("the program ended before it could be asked")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:  # not there yet, or still starting and slow to answer
            time.sleep(0.25)
    raise RuntimeError("the program did not answer")
