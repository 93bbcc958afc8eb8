"""HTML tables, which many student systems save under the name .xls, to sheets of text.

A table that only arranges the page (fewer than two filled columns) is no sheet. A page without any other
table, such as a sign-in page saved by mistake, is refused.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

from data.readers import limits
from data.readers.delimited import exact_columns
from data.readers.encoding import MARKS, MIXED, encoding_of
from data.readers.handover import SheetWriter
from data.readers.refusals import refusal

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
SILENT = {"script", "style", "title", "noscript", "template", "select"}
HIDEABLE = {"span", "div"}
FRAME = {"table", "tr", "td", "th"}  # whatever a page left open ends here, so that no row is lost
HIDDEN = re.compile(r"display\s*:\s*none", re.I)
PIECE = 1 << 18
WIDEST_SPAN = 1000


def read_web_tables(path: Path, name: str, folder: Path, stem: str, tell) -> list[dict]:
    """The tables of the page `path` as handover entries. Raises Refusal."""
    text = page_text(path.read_bytes())
    page = _Page()
    for start in range(0, len(text), PIECE):
        tell("Reading", start / len(text))
        page.feed(text[start : start + PIECE])
    page.close()
    page.finish()
    entries = []
    for number, table in enumerate(page.tables):
        if not table.is_list():
            continue
        if len(entries) == limits.MAX_TABLES:
            break
        cells = len(table.rows) * max(map(len, table.rows))
        if cells > limits.MAX_SPREADSHEET_CELLS:
            raise refusal("too_many_cells", name, cells=f"{cells:,}", most=limits.MAX_SPREADSHEET_CELLS)
        writer = SheetWriter(folder / f"{stem}-{number}.arrow", name)
        writer.add(exact_columns(table.rows, name), len(table.rows))
        entries.append({**writer.close(), "typed_dates": [], "merged": table.merged})
    if not entries:
        raise refusal("web_page", name)
    for number, entry in enumerate(entries, 1):
        entry["name"] = f"Table {number}" if len(entries) > 1 else ""
    return entries


def page_text(content: bytes) -> str:
    """A page's text: by its byte order mark, else by the charset it names, else UTF-8 or Windows-1252."""
    encoding, mark = encoding_of(content[:4096])
    if encoding == "utf-8" and not content.startswith(MARKS[0][0]) and (found := CHARSET.search(content[:4096])):
        try:
            return content.decode(found[1].decode().lower()).replace("\0", "")
        except (LookupError, UnicodeDecodeError):
            pass  # Pages misname their charset often; then the bytes themselves decide.
    return content[mark:].decode(encoding, MIXED if encoding == "utf-8" else "replace").replace("\0", "")


class _Table:
    """One table on the page: rows of cell texts, with spans as blank cells, as a spreadsheet shows them."""

    def __init__(self):
        self.rows: list[list[str]] = []
        self.merged: list[list[int]] = []
        self.cell: list[str] | None = None  # text of the open cell
        self._below: dict[int, int] = {}  # column -> rows that a cell above still covers
        self._span = (1, 1)

    def start_row(self) -> None:
        self.end_cell()
        self._below = {column: left - 1 for column, left in self._below.items() if left > 1}
        self.rows.append([])

    def start_cell(self, attributes: dict) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self._skip_covered()
        self.cell = []
        self._span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))

    def end_cell(self) -> None:
        if self.cell is None:
            return
        row, (down, across) = self.rows[-1], self._span
        first = len(row)
        row.append(_cell_text(self.cell))
        row.extend([""] * (across - 1))
        if down > 1:
            self._below.update({first + i: down for i in range(across)})
        if down > 1 or across > 1:
            number = len(self.rows)
            self.merged.append([number, first, number + down - 1, first + across - 1])
        self.cell = None

    def _skip_covered(self) -> None:
        row = self.rows[-1]
        while len(row) in self._below and len(row) < WIDEST_SPAN:
            row.append("")

    def is_list(self) -> bool:
        """Two or more columns with values in some row."""
        return any(sum(bool(cell) for cell in row) > 1 for row in self.rows)


def _span(text: str | None) -> int:
    return max(1, min(int(text), WIDEST_SPAN)) if text and text.strip().isdecimal() else 1


def _cell_text(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\v"))
    return "\n".join(lines).strip()


class _Page(HTMLParser):
    """Collects the tables of a page, inner ones apart from the outer that arranges them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._silent: str | None = None  # the tag whose content is not shown
        self._depth = 0

    def handle_starttag(self, tag: str, attributes) -> None:
        attributes = dict(attributes)
        self._silent = None if tag in FRAME else self._silent
        if self._silent:
            self._depth += tag == self._silent
        elif tag in SILENT or (tag in HIDEABLE and HIDDEN.search(attributes.get("style") or "")):
            self._silent, self._depth = tag, 1
        elif tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif self._open:
            self._in_table(tag, attributes)

    def _in_table(self, tag: str, attributes: dict) -> None:
        table = self._open[-1]
        if tag == "tr":
            table.start_row()
        elif tag in ("td", "th"):
            table.start_cell(attributes)
        elif table.cell is not None and tag in ("br", "p", "div", "li"):
            table.cell.append("\v")

    def handle_endtag(self, tag: str) -> None:
        self._silent = None if tag in FRAME else self._silent
        if self._silent:
            self._depth -= tag == self._silent
            self._silent = self._silent if self._depth else None
        elif tag == "table" and self._open:
            self._open.pop().end_cell()
        elif tag in ("td", "th", "tr") and self._open:
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent and self._open[-1].cell is not None:
            self._open[-1].cell.append(data.replace("\v", " "))

    def finish(self) -> None:
        """Close what the page left open."""
        while self._open:
            self._open.pop().end_cell()
