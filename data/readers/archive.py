"""What was handed in, file by file: one file, a zip of files, or a OneRoster zip or folder."""

import hashlib
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from data.errors import Refusal
from data.readers import limits, oneroster
from data.readers.kinds import kind_of
from data.readers.packed import check_zip, opened_zip
from data.readers.refusals import printable, refusal, shown

SIZES = {"text": limits.MAX_TEXT_BYTES, "html": limits.MAX_WEB_BYTES, "zip": limits.MAX_ZIP_BYTES}


def read_any(path: Path, name: str, folder: Path, tell) -> list[dict]:
    """The handover entries of all workbooks in `path`, their tables written to `folder`. Raises Refusal."""
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if file.is_file()]
        roster = oneroster.members([file.name for file in files])
        if not roster:
            raise refusal("folder_not_oneroster", name)
        return [oneroster.read(name, {title: path / file for title, file in roster.items()}, folder, tell)]
    kind = _checked_kind(path, name)
    if kind != "zip":
        return [read_one(path, name, kind, folder, tell)]
    return _read_zip(path, name, folder, tell)


def read_one(path: Path, name: str, kind: str, folder: Path, tell) -> dict:
    """The handover entry of one file of a known kind. Imports only the reader that it needs."""
    stem = str(len(list(folder.iterdir())))
    with ThreadPoolExecutor(1) as beside:  # hashing works outside Python's lock
        fingerprint = beside.submit(sha256, path)
        kind, sheets, notices = _read_as(kind, path, name, folder, stem, tell)
    return {"file_name": name, "kind": kind, "sha256": fingerprint.result(), "sheets": sheets, "notices": notices}


def _read_as(kind: str, path: Path, name: str, folder: Path, stem: str, tell) -> tuple[str, list, list]:
    if kind == "text":
        from data.readers.delimited import read_delimited

        entry, notices = read_delimited(path, name, folder / f"{stem}.arrow", tell)
        return "csv", [entry], notices
    if kind == "html":
        from data.readers.web_table import read_web_tables

        return "html", read_web_tables(path, name, folder, stem, tell), []
    from data.readers.spreadsheet import SpreadsheetReader

    reader = SpreadsheetReader(_with_ending(path, folder / f"{stem}.{kind}"), name, kind, folder, tell)
    return kind, reader.read(), reader.notices


def sha256(path: Path) -> str:
    """The fingerprint of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked_kind(path: Path, name: str) -> str:
    kind, size = kind_of(path, name), path.stat().st_size
    most = SIZES.get(kind, limits.MAX_SPREADSHEET_BYTES)
    if size > most:
        raise refusal("too_large", name, megabytes=size // limits.MB, most=most // limits.MB)
    return kind


def _with_ending(path: Path, named: Path) -> Path:
    """The file under the ending of its true kind: the reader goes by it."""
    try:
        named.symlink_to(path)
    except OSError:  # Windows lets only some users make links.
        shutil.copyfile(path, named)
    return named


def _read_zip(path: Path, name: str, folder: Path, tell) -> list[dict]:
    check_zip(path, name, limits.MAX_ZIP_UNPACKED)
    with opened_zip(path, name) as packed:
        infos = {info.filename: info for info in packed.infolist() if _is_file(info)}
    if len(infos) > limits.MAX_MEMBERS:
        raise refusal("too_many_files", name, most=limits.MAX_MEMBERS)
    roster = oneroster.members(list(infos))
    if roster:
        files = {title: _unpack(path, name, infos[file], folder) for title, file in roster.items()}
        return [oneroster.read(name, files, folder, tell)]
    return _read_members(path, name, list(infos.values()), folder, tell)


def _read_members(path: Path, name: str, infos: list, folder: Path, tell) -> list[dict]:
    entries, left_out, first = [], [], None
    for number, info in enumerate(infos):
        *folders, title = printable(info.filename.replace("\\", "/")).split("/")
        file = _unpack(path, name, info, folder)
        try:
            kind = _checked_kind(file, title)
            if kind == "zip":
                raise refusal("nested_zip", name)
            share = _shared(tell, number, len(infos))
            # What a folder is named after ("Calls", "2025-26") may be said nowhere else.
            entries.append({**read_one(file, f"{title} in {name}", kind, folder, share), "folders": folders})
        except Refusal as refused:
            if refused.code == "nested_zip":
                raise
            first = first or refused
            left_out.append(("left_out", f"{shown(title)} was left out. {refused.sentence}"))
        file.unlink()
    if not entries:
        raise first if first and len(infos) == 1 else refusal("zip_without_tables", name)
    entries[0]["notices"] = [*left_out, *entries[0]["notices"]]
    return entries


def _shared(tell, number: int, total: int):
    return lambda stage, fraction: tell(stage, (number + fraction) / total)


def _is_file(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.replace("\\", "/").split("/")
    return (
        bool(parts[-1])
        and not parts[-1].startswith((".", "~$"))
        and "__MACOSX" not in parts
        and parts[-1] != "Thumbs.db"
    )


def _unpack(path: Path, name: str, info: zipfile.ZipInfo, folder: Path) -> Path:
    """A member under a name of our own: the names in a zip are never used as paths."""
    target = folder / f"member-{len(list(folder.iterdir()))}"
    with opened_zip(path, name) as packed, packed.open(info) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, limits.MB)
    return target
