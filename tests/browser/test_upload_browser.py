"""In Chromium: a roster and a log with title rows and no ids, from drop to a number on a page."""

import os
import re
import subprocess
import sys
from contextlib import suppress

import pytest

from data.home import PROJECT
from tests.support import browser, screens

pytestmark = pytest.mark.skipif(browser.chromium() is None, reason=browser.WHY)

GRADES = ("K", "2", "4", "6", "7", "8", "9", "10", "12")
ROSTER = "Student ID,First Name,Last Name,School,Grade,Entry Date\n" + "".join(
    f"{place:05d},First{place},Last{place},{'North' if place % 2 else 'South'} School,{GRADES[place % 9]},8/15/2025\n"
    for place in range(90)
)
LOG = "Family contacts\nSpring term\n\nStudent,When,How,Zed,Notes\n" + "".join(
    f'"Last{place % 90}, First{place % 90}",9/{place % 28 + 1}/2025,'
    f"{('Phne', 'Email', 'SMS')[place % 3]},{('reached', 'left message')[place % 2]},private\n"
    for place in range(200)
)


def dropped(opened, name: str, text: str):
    given = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    opened.locator("input[type=file]").set_input_files(given)


def test_from_drop_to_a_number_that_equals_the_command_lines(tmp_path):
    screens.sample(tmp_path).close()
    with browser.running(tmp_path) as address, browser.page() as opened:
        errors = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.goto(f"{address}/upload")
        browser.settled(opened)
        dropped(opened, "roster.csv", ROSTER)
        opened.get_by_role("button", name="Load 90 roster rows").click()
        opened.get_by_text("90 roster rows of roster.csv came in").wait_for()
        dropped(opened, "log.csv", LOG)
        opened.get_by_text("headers in row 4, 200 rows").wait_for()
        opened.get_by_role("button", name="“Phne” means phone").click()
        opened.get_by_role("button", name="“Phne” means phone").wait_for(state="detached")
        pick(opened, "Direction", "Every row: school to family")
        opened.get_by_role("button", name="Load 200 contacts").click()
        opened.get_by_text("200 contacts of log.csv came in").wait_for()
        opened.get_by_role("link", name="See the new contacts").click()
        opened.get_by_test_id("stMetric").first.wait_for()
        headline = browser.settled(opened)
        assert "Sample district" not in opened.locator("[data-testid=stMain]").inner_text() and headline
        tile = opened.get_by_test_id("stMetric").filter(has_text="Contact rate").first.inner_text()
        assert errors == []
    shown = re.search(r"\d+\.\d+|\d+", tile).group()
    assert f"{command_line(tmp_path):.{len(shown.partition('.')[2])}f}" == shown


def pick(opened, label: str, option: str):
    """Choose an option of a select box among the fields that were not found."""
    from playwright.sync_api import TimeoutError as TooLate

    browser.settled(opened)
    opened.get_by_text("fields that were not found in the file").click()
    box = opened.get_by_test_id("stSelectbox").filter(has=opened.get_by_text(label, exact=True))
    for _ in range(5):
        # A list that is drawn anew while it is clicked closes without a choice; a person clicks again.
        with suppress(TooLate):
            box.locator("input").click()
            box.locator("input").fill(option)
            opened.get_by_role("option", name=option, exact=True).click(timeout=10_000)
        with suppress(TooLate):
            opened.get_by_text("The same for all rows").wait_for(timeout=20_000)
            return
    raise AssertionError(f"{option} could not be chosen")


def command_line(home) -> float:
    """The contact rate as `python -m analytics` prints it."""
    store = str(home / "district.duckdb")
    asked = [sys.executable, "-m", "analytics", "--store", store, "contact_rate", "--format", "json"]
    done = subprocess.run(
        asked, cwd=PROJECT, env={**os.environ, "BOTHWAYS_HOME": str(home)}, capture_output=True, text=True, check=True
    )
    return float(re.search(r'"value":\s*([\d.]+)', done.stdout).group(1))
