"""Bytes of a text file to clean UTF-8, piece by piece: byte order marks, UTF-16, Windows-1252, Mac Roman.

A byte that is no UTF-8 is read as Windows-1252 on its own, so a file that mixes both (joined exports do)
keeps its names whole; as Mac Roman where the words of the file tell. NUL characters go.
"""

import codecs
import re
from pathlib import Path

CHUNK = 4 << 20
HEAD = 4096

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MIXED = "bothways-mixed"
MAC = "bothways-mac"
# á, é of Mac Roman within a word, where Windows-1252 has ‡ and Ž; é and its like of Windows-1252 after a small letter,
# where Mac Roman has capitals and signs; ñ, ó, ú of Mac Roman, where Windows-1252 has dashes and œ.
_MAC_WORD = re.compile(rb"[A-Za-z]\x87[a-z]|[a-z]\x8e")
_WINDOWS_WORD = re.compile(rb"[a-z][\xe0-\xff]")
_EITHER = re.compile(rb"[A-Za-z][\x96\x97\x9c][a-z]")


def _as_windows(error: UnicodeDecodeError) -> tuple[str, int]:
    wrong = error.object[error.start : error.end]
    return "".join(_windows_letter(byte) for byte in wrong), error.end


def _windows_letter(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)  # Five bytes have no letter in Windows-1252.


def _as_mac(error: UnicodeDecodeError) -> tuple[str, int]:
    return error.object[error.start : error.end].decode("mac_roman"), error.end


codecs.register_error(MIXED, _as_windows)
codecs.register_error(MAC, _as_mac)


def letters_of(text: bytes) -> str | None:
    """How the letters of a text that is no UTF-8 are written: MIXED or MAC; None where no word tells."""
    mac, windows = len(_MAC_WORD.findall(text)), len(_WINDOWS_WORD.findall(text))
    if mac and mac > 10 * windows:
        return MAC
    return MIXED if windows else None


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a file that begins with `head`, and the length of its byte order mark."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    pairs = len(head) // 2
    if pairs >= 2:
        # Western text in UTF-16 without a mark: every second byte is NUL.
        if head[1 : pairs * 2 : 2].count(0) * 10 > pairs * 7 and head[0 : pairs * 2 : 2].count(0) * 10 < pairs:
            return "utf-16-le", 0
        if head[0 : pairs * 2 : 2].count(0) * 10 > pairs * 7 and head[1 : pairs * 2 : 2].count(0) * 10 < pairs:
            return "utf-16-be", 0
    return "utf-8", 0


class Utf8Stream:
    """Clean UTF-8 of a file, in pieces; `share` is how much of the file has been taken, 0 to 1."""

    def __init__(self, path: Path):
        self._file = path.open("rb")
        self._size = max(1, path.stat().st_size)
        self._taken = 0
        head = self._file.read(HEAD)
        self.encoding, mark = encoding_of(head)
        self._file.seek(mark)
        errors = "strict" if self.encoding == "utf-8" else "replace"
        self.letters: str | None = None  # how those that are no UTF-8 are written, once a word tells
        self.unsure = False  # whether some were read that may be others
        self._decoder = codecs.getincrementaldecoder(self.encoding)(errors)
        self._pending = False  # bytes wait in the decoder for the rest of their character

    @property
    def share(self) -> float:
        """How much of the file has been taken."""
        return min(1.0, self._taken / self._size)

    def piece(self) -> bytes:
        """The next piece; empty at the end of the file."""
        while True:
            chunk = self._file.read(CHUNK)
            self._taken += len(chunk)
            if self.encoding == "utf-8" and not self._pending and chunk.isascii():
                clean = chunk
            else:
                clean = self._decoded(chunk).encode("utf-8", "replace")
                self._pending = bool(self._decoder.getstate()[0])
            clean = clean.replace(b"\0", b"") if b"\0" in clean else clean
            if clean or not chunk:
                return clean

    def _decoded(self, chunk: bytes) -> str:
        try:
            return self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            self.letters = self.letters or letters_of(chunk)
            self.unsure = self.unsure or self.letters is None and bool(_EITHER.search(chunk))
        self._decoder.errors = self.letters or MIXED
        text = self._decoder.decode(chunk, final=not chunk)
        self._decoder.errors = self.letters or "strict"
        return text

    def close(self) -> None:
        """Close the file."""
        self._file.close()
