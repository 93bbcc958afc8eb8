"""Every benchmark runs at a small size and prints its table; how fast it is, no test says."""

import subprocess
import sys

from data.home import PROJECT

NAMES = ("workbook", "csv", "pages", "increment")


def test_the_benchmarks_print_their_tables(tmp_path):
    asked = [*NAMES, "--rows", "small", "--runs", "1", "--folder", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *asked], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    tables = done.stdout.split("### ")[1:]
    assert [title.split(":")[0] for title in tables] == list(NAMES)
    for one in tables:
        head, *lines = [line for line in one.splitlines() if line.startswith("| ")]
        assert "ours" in head and "other way" in head and "ratio" in head
        assert lines and all(line.count("|") == head.count("|") for line in lines)
    assert "The numerators of both ways agree." in done.stdout
    assert list(tmp_path.iterdir()) == []
