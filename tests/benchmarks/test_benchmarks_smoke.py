"""Every benchmark runs at a small size and prints its table; how fast it is, no test says."""

import os
import subprocess
import sys

import pytest

from data.home import PROJECT
from tests.support import browser

NAMES = ("workbook", "csv", "pages", "increment", "naive", "viewers")
TITLES = ["workbook", "csv", "pages", "pages beside the contacts", "increment", "naive", "viewers"]


def _run(*asked: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "benchmarks", *asked]
    around = {**os.environ, **environment}
    return subprocess.run(command, cwd=PROJECT, env=around, capture_output=True, text=True, check=False)


@pytest.mark.skipif(browser.chromium() is None, reason=browser.WHY)
def test_the_browser_measures_clicks_and_bytes(tmp_path):
    asked = ["browser", "--rows", "small", "--runs", "1", "--pages", "overview", "--folder", str(tmp_path)]
    done = _run(*asked, BOTHWAYS_FORESEE="no")  # nothing is measured: the processor is the browser's
    assert done.returncode == 0, done.stderr
    for what in ("link to the page", "filter changed"):
        line = next(line for line in done.stdout.splitlines() if what in line)
        assert line.count(" s ") == 2 and "x as much" in line
    assert "kB" in next(line for line in done.stdout.splitlines() if "bytes sent" in line)


def test_the_benchmarks_print_their_tables(tmp_path):
    asked = [*NAMES, "--rows", "small", "--runs", "1", "--folder", str(tmp_path)]
    done = _run(*asked)
    assert done.returncode == 0, done.stderr
    tables = done.stdout.split("### ")[1:]
    assert [title.split(":")[0] for title in tables] == TITLES
    for one in tables:
        head, *lines = [line for line in one.splitlines() if line.startswith("| ")]
        assert "ours" in head and "other way" in head and "ratio" in head
        assert lines and all(line.count("|") == head.count("|") for line in lines)
    assert "Numerators and denominators of both ways agree." in done.stdout
    assert "Errors: 0." in done.stdout
    assert list(tmp_path.iterdir()) == []
