"""Exports of several files (ParentSquare, Clever, School Data Sync): students carry a school's code, and another
file says its name. Owns how such a list of schools is known; what the students' columns mean is for `data.mapping`.
"""

import re

_NAMES = frozenset(("schoolname", "name", "sitename", "schoolfullname"))
_CODES = frozenset(
    ("schoolid", "schoolcode", "schoolnumber", "sisid", "sisschoolid", "schoolsisid", "siteid", "sitecode", "id")
)
# Headers of files about people, classes and contacts.
_OTHERS = re.compile(
    r"student|staff|teacher|parent(?!org)|guardian|section|course|class|enroll|userid|contact|channel|outcome|note|"
    r"message|direction|^(firstname|lastname|grade|gradelevel|date|time|type)$"
)
_LOOKED_AT = 3


def take_school_lists(workbooks: list) -> tuple[dict[str, str], list]:
    """({code: name of the school}, the workbooks that hold anything else).

    A list of schools is a sheet with a code and a name for each, about nobody. Where every workbook is one, all
    of them are given back: then there is nothing that the names could be for.
    """
    names: dict[str, str] = {}
    rest = []
    for workbook in workbooks:
        listed, nothing_else = school_list(workbook)
        names.update(listed)
        if not nothing_else:
            rest.append(workbook)
    return (names, rest) if rest else ({}, workbooks)


def school_list(workbook) -> tuple[dict[str, str], bool]:
    """({code: name of the school} of the lists of schools in a workbook, whether it holds nothing else)."""
    found = [_names_in(sheet, workbook.file_name) for sheet in workbook.sheets]
    names = {code: name for listed in found for code, name in listed.items()}
    return names, workbook.kind != "oneroster" and bool(found) and all(found)


def _names_in(sheet, file_name: str) -> dict[str, str]:
    """The school names of a sheet that is a list of schools; empty for any other sheet."""
    rows = sheet.table.slice(0, _LOOKED_AT).to_pylist()
    for at, row in enumerate(rows):
        headers = {column: _plain(text) for column, text in row.items() if column != "row" and text}
        name = next((column for column, header in headers.items() if header in _NAMES), None)
        codes = [column for column, header in headers.items() if header in _CODES]
        if not name or not codes or any(_OTHERS.search(header) for header in headers.values()):
            continue
        titles = (_plain(file_name.split(" in ")[0].rsplit(".", 1)[0]), _plain(sheet.name))
        if headers[name] != "schoolname" and not {"school", "schools"} & set(titles):
            continue
        listed = [entry for entry in sheet.table.slice(at + 1).to_pylist() if entry[name]]
        if len({entry[name] for entry in listed}) == len(listed):
            return {entry[code]: entry[name] for code in codes for entry in listed if entry[code]}
    return {}


def _plain(text) -> str:
    return re.sub(r"[^a-z0-9]", "", str(text).casefold())
