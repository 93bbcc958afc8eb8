"""Every reason for which a file is turned down: a stable code and the sentence for the person who sent it.

`{name}` is the file's display name, cut to a length that fits a sentence.
"""

from data.errors import Refusal

SENTENCES = {
    "missing_file": "{name} is not there. Check the name and the folder.",
    "unreadable_file": "{name} cannot be opened. Check that you may read it and that no other program holds it.",
    "empty_file": "{name} is empty (0 bytes). Export it again.",
    "lock_file": "{name} is only the mark that Excel leaves beside a workbook while it is open. Save and close "
    "{other}, then load that file.",
    "no_values": "{name} holds no values. Check that the right sheet was saved, then export it again.",
    "unsaved_formulas": "{name} holds formulas whose results were never saved, so it has no values. Open it in Excel, "
    "save it, and load it again.",
    "only_hidden_values": "All values of {name} are on hidden sheets. Unhide the sheet in Excel, save, and try again.",
    "password": "{name} is protected with a password. Open it in Excel, remove the password (File > Info > Protect), "
    "save, and try again.",
    "old_excel": "{name} was saved by a version of Excel older than 1997. Open it in Excel or LibreOffice and save it "
    "as .xlsx.",
    "xml2003": '{name} is an "XML Spreadsheet 2003" file. Open it in Excel and save it as .xlsx.',
    "web_page": "{name} is a web page without a table, perhaps a sign-in page saved by mistake. Sign in to the other "
    "system and export the file again.",
    "damaged": "{name} is damaged and cannot be read. Export it again, or open it in Excel and save it as .xlsx.",
    "not_spreadsheet": "{name} is {what}, not a spreadsheet. Export the list as .xlsx or .csv.",
    "too_large": "{name} is too large ({megabytes:,} MB; up to {most:,} MB is read). Export fewer columns or a shorter "
    "period, or use .csv.",
    "too_many_cells": "{name} asks for {cells} cells, more than are read from a spreadsheet ({most:,}). Delete stray "
    "cells far below or to the right of the list, or save it as .csv.",
    "too_many_columns": "{name} has {columns:,} columns; up to {most:,} are read. Check that it is the right file.",
    "line_too_long": "{name} has a line of more than {megabytes} MB, so it is not a list. Check that it is the right "
    "file.",
    "unpacks_too_large": "{name} unpacks to far more than its size, as a damaged or hostile file does. Open it in "
    "Excel and save it again, or use .csv.",
    "unsafe_xml": "{name} contains XML instructions (entities) that spreadsheets do not have. Open it in Excel and "
    "save it as a new .xlsx.",
    "packed_oddly": "{name} is packed in a way that cannot be read here. Unpack it, then load the files in it.",
    "nested_zip": "{name} contains another zip. Unpack it first, then load the files in it.",
    "zip_without_tables": "{name} contains no spreadsheet and no text file. Check that it is the right file.",
    "too_many_files": "{name} contains more than {most} files. Load them in smaller groups.",
    "folder_not_oneroster": "{name} is a folder without the files of a OneRoster export (orgs.csv, users.csv, "
    "enrollments.csv). Choose a file, or the folder that holds them.",
    "reader_failed": "{name} could not be read: it is damaged, or it asks for more memory than a list needs. Open it "
    "in Excel, save it as a new .xlsx, and try again.",
    "too_slow": "{name} took too long to read and was stopped. Save it as .csv and try again.",
    "disk_full": "There is not enough free disk space to read {name}. Free some space and try again.",
}

LONGEST_NAME = 80


def refusal(code: str, name: str, **words) -> Refusal:
    """The Refusal for `code` about the file `name`; `words` fill the rest of its sentence."""
    return Refusal(code, SENTENCES[code].format(name=shown(name), **words))


def printable(name: str) -> str:
    """A name without line ends and other characters that are not for reading."""
    return "".join(c if c.isprintable() else " " for c in name).strip()


def shown(name: str) -> str:
    """A file's name as it may stand in a sentence: printable, one line, not too long."""
    plain = printable(name) or "The file"
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 4] + " ..."
