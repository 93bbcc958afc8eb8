"""Files of one OneRoster export that were handed over one by one: orgs.csv, users.csv, enrollments.csv and so on.

Together they are one workbook, the same as the zip that holds them. One of them alone says too little about who is
enrolled where, so it is refused with the names of the files that belong to it.
"""

import re
from dataclasses import replace
from pathlib import Path

from data.errors import Refusal
from data.readers import Workbook, oneroster

_COPY = re.compile(r"(?i)^(.+?)(?: ?\(\d+\)| - copy)?\.csv$")
_TITLES = {title.casefold(): title for title in oneroster.FILES}


def title_of(name: str) -> str | None:
    """The OneRoster file that a file name says: "users (1).csv" -> "users", as browsers number what they save."""
    found = _COPY.match(name.split(" in ")[0].strip())
    return _TITLES.get(found[1].casefold()) if found else None


def paths(files: list[str]) -> list[list[str]]:
    """The files of a command line, those of one OneRoster export together, every other alone."""
    titles: dict[str, list[str]] = {}
    for file in files:
        titles.setdefault(title_of(Path(file).name) or "", []).append(file)
    parts = [file for title, named in titles.items() if title for file in named]
    whole = all(title in titles for title in oneroster.NEEDED) and len(parts) == len([t for t in titles if t])
    return [parts, *([file] for file in titles.get("", []))] if whole else [[file] for file in files]


def join(workbooks: list) -> list:
    """The workbooks with those that are files of one OneRoster export as one; without orgs and users, or where a
    file is there twice, as they are."""
    parts: dict[str, list] = {}
    for workbook in workbooks:
        if title := _part(workbook):
            parts.setdefault(title, []).append(workbook)
    if not all(title in parts for title in oneroster.NEEDED) or any(len(named) > 1 for named in parts.values()):
        return workbooks
    found = {title: parts[title][0] for title in oneroster.FILES if title in parts}
    whole = Workbook(
        f"OneRoster export ({', '.join(found)})",
        "oneroster",
        oneroster.fingerprint({title: part.sha256 for title, part in found.items()}),
        [replace(part.sheets[0], name=title) for title, part in found.items()],
        [notice for part in found.values() for notice in part.notices],
    )
    return [whole, *(one for one in workbooks if not any(one is part for part in found.values()))]


def refuse_part(workbook):
    """Refuse a OneRoster file that is alone. Raises Refusal `oneroster_part`."""
    title = _part(workbook)
    if title:
        raise Refusal(
            "oneroster_part",
            f"{workbook.file_name} is one file of a OneRoster export, and alone it does not say who is enrolled where. "
            "Load orgs.csv, users.csv and enrollments.csv together, with roles.csv, classes.csv, academicSessions.csv "
            "and demographics.csv where there are; or the zip that holds them.",
        )


def _part(workbook) -> str | None:
    """Which file of a OneRoster export a workbook is, by its name and its headers."""
    title = title_of(workbook.file_name)
    if title is None or workbook.kind != "csv" or not workbook.sheets[0].table.num_rows:
        return None
    first = workbook.sheets[0].table.slice(0, 1).to_pylist()[0]
    headers = {re.sub(r"[^a-z]", "", str(text).casefold()) for column, text in first.items() if column != "row"}
    is_one = "propertyname" in headers if title == "manifest" else any("sourcedid" in text for text in headers)
    return title if is_one else None
