"""What was handed in, file by file: one file, a zip of files, or a OneRoster zip or folder."""

import hashlib
from pathlib import Path

from data.readers.delimited import read_delimited
from data.readers.kinds import kind_of
from data.readers.spreadsheet import SpreadsheetReader


def read_any(path: Path, name: str, folder: Path, tell) -> list[dict]:
    kind = kind_of(path, name)
    return [read_one(path, name, kind, folder, tell)]


def read_one(path: Path, name: str, kind: str, folder: Path, tell) -> dict:
    """One file of a known kind."""
    stem = f"{len(list(folder.iterdir()))}"
    if kind == "text":
        entry, notices = read_delimited(path, name, folder / f"{stem}.arrow", tell)
        kind, sheets = "csv", [entry]
    else:
        named = folder / f"{stem}.{kind}"
        named.symlink_to(path)
        reader = SpreadsheetReader(named, name, kind, folder, tell)
        sheets, notices = reader.read(), reader.notices
    return {"file_name": name, "kind": kind, "sha256": sha256(path), "sheets": sheets, "notices": notices}


def sha256(path: Path) -> str:
    """The fingerprint of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
