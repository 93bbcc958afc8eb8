"""Files for the tests of readers, made on the spot: workbooks, zips, and files that mean harm."""

import io
import zipfile
from pathlib import Path

import openpyxl

SHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

CONTENT_TYPES = f"""<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{MAIN}"/></Types>"""
ROOT_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
BOOK_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
BOOK = f"""<?xml version="1.0"?><workbook xmlns="{SHEET_NAMESPACE}" xmlns:r="{RELATIONS}">
<sheets><sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>"""


def workbook(path: Path, sheets: dict[str, list[list]], hidden: tuple[str, ...] = ()) -> Path:
    """An xlsx file with these sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def raw_workbook(path: Path, sheet_data: str | bytes, before: str = "", namespace: str = SHEET_NAMESPACE) -> Path:
    """An xlsx file whose only sheet has this XML inside `sheetData`; `before` stands before its root."""
    sheet_data = sheet_data.encode() if isinstance(sheet_data, str) else sheet_data
    head = f'<?xml version="1.0"?>{before}<worksheet xmlns="{namespace}"><sheetData>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", CONTENT_TYPES)
        packed.writestr("_rels/.rels", ROOT_RELATIONS)
        packed.writestr("xl/workbook.xml", BOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", BOOK_RELATIONS)
        packed.writestr("xl/worksheets/sheet1.xml", head + sheet_data + b"</sheetData></worksheet>")
    return path


def zipped(path: Path, files: dict[str, bytes | str]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def zip_bytes(files: dict[str, bytes | str]) -> bytes:
    """The bytes of a zip of these files."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return memory.getvalue()


def open_document(path: Path, rows: str) -> Path:
    """An ods file whose only table has this XML inside."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Log">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = '<?xml version="1.0"?><manifest/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def inline(place: str, text: str) -> str:
    """The XML of a text cell."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


# -- files that mean harm ------------------------------------------------------------------------------


def far_corners(path: Path, last: str = "XFD1048576") -> Path:
    """Two cells, a sheet apart: under two kilobytes that ask for hundreds of gigabytes."""
    row = int("".join(c for c in last if c.isdigit()))
    return raw_workbook(path, f'<row r="1">{inline("A1", "a")}</row><row r="{row}">{inline(last, "z")}</row>')


def hidden_far_corners(path: Path) -> Path:
    """As `far_corners`, behind so much harmless XML that nobody looks at every cell."""
    rows = "".join(f'<row r="{i}">{inline(f"A{i}", "text " * 20)}</row>' for i in range(1, 80_000))
    return raw_workbook(path, rows + f'<row r="1048576">{inline("XFD1048576", "z")}</row>')


def spaces(path: Path) -> Path:
    """A sheet of 150 MB of blanks in a few hundred kilobytes."""
    return raw_workbook(path, b" " * (150 << 20))


def long_text(path: Path) -> Path:
    """One cell with 150 MB of text."""
    return raw_workbook(
        path, b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * (150 << 20) + b"</t></is></c></row>"
    )


def many_cells(path: Path) -> Path:
    """Thirteen million cells in one sheet."""
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    return raw_workbook(path, row * 13_000)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)


def laughing(path: Path) -> Path:
    """Entities of entities: a kilobyte that means gigabytes."""
    return raw_workbook(path, f'<row r="1">{inline("A1", "&j;")}</row>', before=LAUGHS + "]>")


def quadratic(path: Path) -> Path:
    """One long entity, named very often."""
    declared = '<!DOCTYPE x [<!ENTITY a "' + "a" * 50_000 + '">]>'
    return raw_workbook(path, f'<row r="1">{inline("A1", "&a;" * 50_000)}</row>', before=declared)


def outside_entity(path: Path) -> Path:
    """An entity that reads a file of this machine."""
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return raw_workbook(path, f'<row r="1">{inline("A1", "&a;")}</row>', before=declared)


BOMBS = {
    "far_corners": (far_corners, {"too_many_cells"}),
    "far_rows": (lambda path: far_corners(path, "Z1048576"), {"too_many_cells"}),
    "hidden_far_corners": (hidden_far_corners, {"reader_failed", "too_many_cells"}),
    "spaces": (spaces, {"unpacks_too_large"}),
    "long_text": (long_text, {"unpacks_too_large"}),
    "many_cells": (many_cells, {"too_many_cells", "unpacks_too_large"}),
    "laughing": (laughing, {"unsafe_xml"}),
    "quadratic": (quadratic, {"unsafe_xml"}),
    "outside_entity": (outside_entity, {"unsafe_xml"}),
}
