"""Small files for load tests: tables of text as a reader would hand them over, without a child process."""

import hashlib
import json

import pyarrow as pa

from data.load import commit, plan_workbooks
from data.readers import Sheet, Workbook

ROSTER_HEADERS = ["Student ID", "First Name", "Last Name", "School", "Grade", "Entry Date"]
LOG_HEADERS = ["Student ID", "Date", "Method", "Direction", "Result", "Staff", "Topic"]

# Ana and Ben are at Lincoln, Cy at Roosevelt. Ids keep their zeros.
ROSTER = [
    ["00123", "Ana", "Lopez", "Lincoln ES", "3", "8/15/2025"],
    ["00124", "Ben", "Smith", "Lincoln ES", "5", "8/15/2025"],
    ["00125", "Cy", "Young", "Roosevelt MS", "7", "8/15/2025"],
]


def sheet(rows: list[list], name: str = "", headers: list[str] | None = None) -> Sheet:
    """A sheet of texts; row numbers begin at 1 with the headers."""
    lines = ([headers] if headers else []) + rows
    width = max(len(line) for line in lines)
    columns = {"row": pa.array(range(1, len(lines) + 1), pa.int32())}
    for place in range(width):
        texts = [line[place] or None if place < len(line) else None for line in lines]
        columns[f"c{place}"] = pa.array(texts, pa.string())
    return Sheet(name, pa.table(columns))


def workbook(*sheets: Sheet, name: str = "file.xlsx") -> Workbook:
    """A workbook whose bytes are stood in for by what its sheets say."""
    said = json.dumps([[one.name, one.table.to_pydict()] for one in sheets])
    return Workbook(name, "xlsx", hashlib.sha256(said.encode()).hexdigest(), list(sheets))


def roster(rows=ROSTER, name: str = "roster.csv") -> Workbook:
    """A roster."""
    return workbook(sheet(rows, headers=ROSTER_HEADERS), name=name)


def log(rows, name: str = "log.csv", headers=LOG_HEADERS) -> Workbook:
    """A contact log."""
    return workbook(sheet(rows, headers=headers), name=name)


def preview(store, book: Workbook, **asked):
    """The preview of one workbook."""
    return plan_workbooks(store, [book], **asked)[0]


def load(store, book: Workbook, who: str = "Ms. Rivera", **asked):
    """Plan and commit one workbook; returns its Upload."""
    planned = preview(store, book, **asked)
    try:
        return commit(store, planned, who, accept_hold=True)
    finally:
        planned.close()
