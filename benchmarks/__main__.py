"""`python -m benchmarks [NAME...] [--rows N] [--students N] [--runs N]`: prints a table for each benchmark named."""

import argparse
import importlib
import tempfile
from pathlib import Path

MODULES = {
    "workbook": "workbook", "csv": "large_csv", "pages": "pages", "increment": "increment", "naive": "naive",
    "browser": "browser", "viewers": "viewers",
}  # fmt: skip
SMALL = {"rows": 2_000, "students": 200}


def _rows(text: str) -> int | str:
    return text if text == "small" else int(text.replace("_", "").replace(",", ""))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ({', '.join(MODULES)}); all without one")
    parser.add_argument("--rows", type=_rows, metavar="N", help="contacts, or 'small' to try that everything runs")
    parser.add_argument("--students", type=int, default=20_000, metavar="N", help="students (20000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="rounds, of which medians are taken (3)")
    parser.add_argument("--store", type=Path, metavar="FILE", help="pages, naive, browser, viewers: a store")
    parser.add_argument("--less", type=Path, metavar="FILE", help="pages: a store with fewer contacts to compare with")
    parser.add_argument("--pages", nargs="*", metavar="PAGE", help="pages, browser: only these")
    parser.add_argument("--viewers", type=int, default=20, metavar="N", help="viewers: how many at once (20)")
    parser.add_argument("--think", type=float, default=10.0, metavar="S", help="viewers: seconds between clicks (10)")
    parser.add_argument("--each", type=float, default=60.0, metavar="S", help="viewers: seconds between loads (60)")
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="where the files of the run lie (a folder of its own)"
    )
    parser.add_argument(
        "--inputs", type=Path, metavar="DIR", help="workbook, csv, increment: keep the files to load here for later"
    )
    return parser


def main() -> None:
    """Run the benchmarks that were named."""
    parser = _parser()
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in MODULES]
    if unknown:
        parser.error(f"There is no benchmark {unknown[0]!r}. Known are: {', '.join(MODULES)}.")
    if asked.rows == "small":
        asked.rows, asked.students, asked.viewers, asked.think = SMALL["rows"], SMALL["students"], 2, 0.1
    asked.clicks, asked.least_seconds = (3, 1) if asked.think < 1 else (60, 60)  # small: only to try it
    for name in asked.names or MODULES:
        with tempfile.TemporaryDirectory(prefix="bothways-bench-", dir=asked.folder) as folder:
            importlib.import_module(f"benchmarks.{MODULES[name]}").run(Path(folder), asked, asked.runs)


if __name__ == "__main__":
    main()
