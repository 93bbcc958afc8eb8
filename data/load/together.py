"""Files of one export that were handed over one by one.

OneRoster: orgs.csv, users.csv, enrollments.csv and so on are one workbook together, the same as the zip that holds
them. One of them alone says too little about who is enrolled where, so it is refused with the names of the others.
Clever, ParentSquare, School Data Sync: a list of schools names the codes in the file of the students; alone it is
refused, as it is about no student.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.errors import Refusal
from data.readers import Workbook, oneroster, read
from data.roster import formats

# What a list of schools is called, and how large it may be: it is read before the others.
_LIST = re.compile(r"(?i)school|orgs?\b|site|campus|building")
_LARGEST_LIST = 4 << 20

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


@dataclass(frozen=True)
class SchoolLists:
    """The lists of schools among the files of a command line: their paths, and {code: name of the school}."""

    files: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)


def school_lists(groups: list[list[str]]) -> SchoolLists:
    """The lists of schools that stand alone among several files; none where there is nothing else to load."""
    alone = [names[0] for names in groups if len(names) == 1]
    lists: dict[str, dict[str, str]] = {}
    for path in alone if len(groups) > 1 else []:
        if _LIST.search(Path(path).stem) and Path(path).is_file() and Path(path).stat().st_size <= _LARGEST_LIST:
            listed = [formats.school_list(workbook) for workbook in _read(path)]
            if listed and all(nothing_else for _, nothing_else in listed):
                lists[path] = {code: name for names, _ in listed for code, name in names.items()}
    if len(lists) == len(groups):
        return SchoolLists()
    return SchoolLists(frozenset(lists), {code: name for names in lists.values() for code, name in names.items()})


def _read(path: str) -> list:
    """The workbooks of a file; none where it is refused, which is said in its turn."""
    try:
        return read(Path(path), Path(path).name)
    except Refusal:
        return []


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


def refuse_part(workbook, said: bool):
    """Refuse a file of an export that is alone. Raises Refusal `oneroster_part` or, where nobody `said` what it is,
    `school_list`."""
    title = _part(workbook)
    if title:
        raise Refusal(
            "oneroster_part",
            f"{workbook.file_name} is one file of a OneRoster export, and alone it does not say who is enrolled where. "
            "Load orgs.csv, users.csv and enrollments.csv together, with roles.csv, classes.csv, academicSessions.csv "
            "and demographics.csv where there are; or the zip that holds them.",
        )
    if not said and formats.school_list(workbook)[1]:
        raise Refusal(
            "school_list",
            f"{workbook.file_name} is a list of schools and names no student. Load it together with the file of the "
            "students, such as students.csv of the same export.",
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
