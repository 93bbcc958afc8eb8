"""What a file is, judged by its content. Its name and ending are never believed."""

import re
import zipfile
from pathlib import Path

from data.readers.packed import opened_zip
from data.readers.refusals import refusal, shown

HEAD = 8192

MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"MZ\x90", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"7z\xbc\xaf", "a packed file (7z)"),
    (b"Rar!", "a packed file (rar)"),
    (b"BZh91AY", "a packed file (bzip2)"),
    (b"\xfd7zXZ", "a packed file (xz)"),
    (b"{\\rtf", "a text document"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"ID;P", "a SYLK file"),
    (b"%!PS", "a printed page"),
    (b"MIME-Version:", "a web archive (.mht)"),
    (b"OggS", "a recording"),
    (b"ID3\x03", "a recording"),
    (b"ID3\x04", "a recording"),
    (b"RIFF", "a recording or picture"),
)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook of Excel 2, 3 or 4 begins with a BIFF record of its own, not with an OLE2 header.
OLD_BIFF = re.compile(rb"\x09[\x00\x02\x04]\x04\x00|\x09[\x02\x04]\x06\x00|\x09\x08[\x06\x08]\x00\x00[\x05\x06]")
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|script|title|div|form)[\s>]", re.I)

PARTS = (
    ("[Content_Types].xml", re.compile(rb"sheet\.binary\.macroEnabled\.main", re.I), "xlsb"),
    ("[Content_Types].xml", re.compile(rb"(?:sheet|template)(?:\.macroEnabled)?\.main\+xml", re.I), "xlsx"),
    ("[Content_Types].xml", re.compile(rb"wordprocessingml|ms-word", re.I), "a text document (Word)"),
    ("[Content_Types].xml", re.compile(rb"presentationml|powerpoint", re.I), "a presentation"),
    ("mimetype", re.compile(rb"opendocument\.spreadsheet"), "ods"),
    ("mimetype", re.compile(rb"opendocument\.|epub"), "a text document"),
    ("Index/Document.iwa", re.compile(b""), "a Numbers or Pages document"),
)


def kind_of(path: Path, name: str) -> str:
    """'xlsx', 'xlsb', 'ods', 'xls', 'zip', 'html' or 'text'. Raises Refusal for anything else."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise refusal("empty_file", name)
    if name.startswith("~$"):
        raise refusal("lock_file", name, other=shown(name[2:]))
    if head.startswith(b"PK"):
        return _zipped(path, name)
    if head.startswith(OLE2):
        return _ole2(path, name)
    for magic, what in MAGIC:
        if head.startswith(magic):
            raise refusal("not_spreadsheet", name, what=what)
    if OLD_BIFF.match(head):
        raise refusal("old_excel", name)
    return _text(head, name)


def _zipped(path: Path, name: str) -> str:
    with opened_zip(path, name) as packed:
        return _zip_kind(packed, name)


def _zip_kind(packed: zipfile.ZipFile, name: str) -> str:
    members = {info.filename.replace("\\", "/").lower(): info for info in packed.infolist()}
    for part, pattern, kind in PARTS:
        info = members.get(part.lower())
        if info is None:
            continue
        with packed.open(info) as file:
            found = pattern.search(file.read(1 << 20))
        if found and " " in kind:
            raise refusal("not_spreadsheet", name, what=kind)
        if found:
            return kind
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        return "xlsb"
    return "zip"


def _ole2(path: Path, name: str) -> str:
    with path.open("rb") as file:
        content = file.read(64 << 20)

    def stream(title: str) -> bool:
        return title.encode("utf-16-le") + b"\0\0" in content

    if stream("EncryptedPackage"):
        raise refusal("password", name)
    if stream("Workbook") or stream("Book") or stream("WORKBOOK") or stream("BOOK"):
        return "xls"
    if stream("WordDocument"):
        raise refusal("not_spreadsheet", name, what="a text document (Word)")
    if stream("PowerPoint Document"):
        raise refusal("not_spreadsheet", name, what="a presentation")
    if stream("__properties_version1.0"):
        raise refusal("not_spreadsheet", name, what="an e-mail message")
    return "xls"


def _text(head: bytes, name: str) -> str:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or head.count(b"\0") * 3 > len(head)
    plain = head.replace(b"\0", b"") if wide else head
    start = plain.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return _markup(start, name)
    if start[:1] in (b"{", b"[") and re.match(rb'[{\[]\s*(?:["{\[\]}]|-?\d+\s*[,\]])', start):
        raise refusal("not_spreadsheet", name, what="a data file (JSON)")
    control = sum(plain.count(bytes([c])) for c in (*range(1, 9), *range(14, 27), 28, 29, 30, 31))
    if control * 20 > len(plain):
        raise refusal("not_spreadsheet", name, what="not text that can be read")
    return "text"


def _markup(start: bytes, name: str) -> str:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and not re.search(rb"<html[\s>]", start, re.I):
        raise refusal("xml2003", name)
    if HTML.search(start) or re.match(rb"<(?:t[rdh]|p|center|style|!--)[\s>-]", start, re.I):
        return "html"
    if start.startswith((b"<?xml", b"<!")) or re.match(rb"<[a-z_][\w:.-]*[\s>/]", start, re.I):
        raise refusal("not_spreadsheet", name, what="an XML file")
    return "text"
