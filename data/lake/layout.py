"""Where everything lies in a lake.

    tables/<table>/*.parquet                                          school, student, enrollment, setting, upload
    tables/contact/school_year=2025-26/month=2025-09/*.parquet        the columns of the view `contact`
    facts/parts/<fact>/<part>/<fingerprint>/*.parquet, _DONE          one part a month, a school year or all
    facts/current.json                                                which parts are in force

A part is written once, under the fingerprint of what it was made from, and never changed. `current.json`
is replaced in one step, so a reader sees the old facts or the new ones.
"""

import hashlib
import json
import os
from pathlib import Path
from urllib.parse import unquote, urlparse

from data.errors import Refusal

TABLES = ("school", "student", "enrollment", "setting", "upload")
NEEDED = ("school", "student", "enrollment")


class Lake:
    """The folders of one lake. `uri` is a path or a file:// URI on storage that every machine sees."""

    def __init__(self, uri: str | Path):
        parsed = urlparse(str(uri))
        if parsed.scheme not in ("", "file") and not (os.name == "nt" and len(parsed.scheme) == 1):
            raise Refusal(
                "lake_scheme",
                f"A lake is a folder on storage that every machine sees; {parsed.scheme}:// is not one. "
                "Mount the storage and name the folder.",
            )
        self.root = Path(unquote(parsed.path) if parsed.scheme == "file" else str(uri)).expanduser().resolve()
        self.tables = self.root / "tables"
        self.parts = self.root / "facts" / "parts"
        self.current_file = self.root / "facts" / "current.json"

    def table_files(self, table: str) -> list[Path]:
        """The Parquet files of one table, in a stable order."""
        return sorted((self.tables / table).rglob("*.parquet"))

    def check(self):
        """Raise Refusal `lake_incomplete` where a needed table is missing."""
        missing = [table for table in (*NEEDED, "contact") if not self.table_files(table)]
        if missing:
            raise Refusal(
                "lake_incomplete",
                f"The lake {self.root} has no {' and no '.join(missing)}. Write one with `python -m data lake export`.",
            )

    def months(self) -> dict[str, list[Path]]:
        """The contact files by month, "2025-09"."""
        found: dict[str, list[Path]] = {}
        for path in self.table_files("contact"):
            month = next((p.name.removeprefix("month=") for p in path.parents if p.name.startswith("month=")), None)
            if month is None:
                raise Refusal(
                    "lake_layout", f"{path} does not lie under school_year=.../month=..., as docs/lake.md asks."
                )
            found.setdefault(month, []).append(path)
        return dict(sorted(found.items()))

    def part(self, fact: str, part: str, made_from: str) -> Path:
        """The folder of one part of a fact."""
        return self.parts / fact / part / made_from

    def current(self) -> dict | None:
        """The facts in force: {"facts": {fact: [folders]}, ...}; None where there are none yet."""
        try:
            return json.loads(self.current_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def make_current(self, about: dict):
        """Put new facts in force in one step."""
        self.current_file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.current_file.with_suffix(".new")
        draft.write_text(json.dumps(about, indent=1), encoding="utf-8")
        os.replace(draft, self.current_file)


def fingerprint(files: list[Path], *more: str) -> str:
    """What a part was made from: names, sizes and times of the files, and any further texts."""
    known = hashlib.sha256()
    for path in sorted(files):
        stat = path.stat()
        known.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    for text in more:
        known.update(text.encode() + b"\0")
    return known.hexdigest()[:16]
