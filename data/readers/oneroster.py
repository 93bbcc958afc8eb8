"""A OneRoster 1.1 or 1.2 export (zip or folder of CSV files) to one workbook with a sheet a file.

Owns which files make a OneRoster export; what their columns mean is for `data.roster`.
"""

import hashlib
from pathlib import Path

from data.errors import Refusal
from data.readers.refusals import shown

# The files that say who is enrolled where. Others (classes, results, resources) are not opened.
FILES = (
    "orgs", "users", "enrollments", "roles", "demographics", "academicSessions", "classes", "courses",
    "agents", "userIds", "manifest",
)  # fmt: skip
# Without enrollments the roles or the users themselves say at which school a student is (School Data Sync 2.1).
NEEDED = ("orgs", "users")


def members(names: list[str]) -> dict[str, str]:
    """The OneRoster files among `names` {title: name}; empty where these are not a OneRoster export."""
    titles = {f"{title}.csv".lower(): title for title in FILES}
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        title = titles.get(name.replace("\\", "/").rsplit("/", 1)[-1].lower())
        if title:
            found.setdefault(title, name)
    return found if all(title in found for title in NEEDED) else {}


def read(name: str, files: dict[str, Path], folder: Path, tell) -> dict:
    """The handover entry of a OneRoster export. A file with no rows at all is left out; Refusal if needed."""
    from data.readers.delimited import read_delimited

    sheets, notices = [], []
    for number, title in enumerate(t for t in FILES if t in files):
        tell("Reading", number / len(files))
        target = folder / f"roster-{title}.arrow"
        try:
            entry, found = read_delimited(files[title], f"{title}.csv in {name}", target, lambda stage, fraction: None)
        except Refusal:
            if title in NEEDED:
                raise
            sentence = f"{title}.csv of {shown(name)} holds nothing that can be read; it was left out."
            notices.append(("left_out", sentence))
            continue
        sheets.append({**entry, "name": title})
        notices += found
    return {"file_name": name, "kind": "oneroster", "sha256": _of_files(files), "sheets": sheets, "notices": notices}


def fingerprint(hashes: dict[str, str]) -> str:
    """The fingerprint of an export from those of its files {title: sha256}: packing it again does not change it."""
    lines = "".join(f"{title} {hashes[title]}\n" for title in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def _of_files(files: dict[str, Path]) -> str:
    hashes = {}
    for title, path in files.items():
        with path.open("rb") as file:
            hashes[title] = hashlib.file_digest(file, "sha256").hexdigest()
    return fingerprint(hashes)
