"""What can be wrong with a row of a roster, in words, and the list of what is. A code, the field, what to do."""

import pandas as pd

# 1.23457E+11: an id that a spreadsheet program took for a quantity.
SHORTENED = r"\d(\.\d+)?E\+\d{1,2}"
SENTENCES = {
    "no_student_id": ("student_id", "The student number is missing. Fill it in and load the row again."),
    "short_id": (
        "student_id",
        "“{value}” is a student number that a spreadsheet program shortened, so that digits are lost. Export the file "
        "again and load it without opening it there, or write the whole number.",
    ),
    "no_grade": ("grade", "The grade is missing. Fill in TK, K or 1 to 12 and load the row again."),
    "no_school": ("school", "The school is missing. Fill it in, or name the school for the whole file."),
    "no_name": ("student_name", "The student has neither a number nor a name. Fill one in and load the row again."),
    "unknown_year": (
        "school_year",
        "“{value}” is not a school year. Write it as 2025-26, or leave it empty.",
    ),
    "year_ahead": (
        "school_year",
        "The school year {value} is still far ahead. Correct it, or choose another column for the school year.",
    ),
    "exit_before_entry": (
        "exit_date",
        "The exit date {value} is before the entry date. Correct one of the two and load the row again.",
    ),
    "outside_year": (
        "entry_date",
        "The dates of this row lie outside its school year ({value}). Correct the dates or the school year.",
    ),
    "date_too_far": (
        "entry_date",
        "The entry date {value} is not a date that this roster can mean. Correct it and load the row again.",
    ),
}


def message(code: str, value: str | None) -> str:
    """The sentence for a problem code, with the value in it."""
    return SENTENCES[code][1].format(value=value or "")


class Problems:
    """The problems of one roster's cells (columns sheet, row, bad), collected in one pass."""

    def __init__(self, cells: pd.DataFrame):
        self._cells = cells
        self._bad = cells["bad"].str.split().map(set)
        self._found: list[tuple] = []

    def mark(self, code: str, where: pd.Series, values: pd.Series | None = None):
        """Note a problem of the rows `where`, unless the caller has one already for that field of the row."""
        field = SENTENCES[code][0]
        for index in self._cells.index[where.fillna(False).astype(bool)]:
            if field in self._bad[index]:
                continue
            value = None if values is None else values[index]
            text = str(value.date()) if isinstance(value, pd.Timestamp) else value
            sheet, row = self._cells.at[index, "sheet"], int(self._cells.at[index, "row"])
            self._found.append((code, field, text, sheet, row, message(code, text)))

    def unreadable(self, fields: tuple[str, ...]) -> set[tuple[str, int]]:
        """(sheet, row) of the rows in which one of these fields could not be read."""
        waits = self._cells[self._bad.map(lambda bad: any(field in bad for field in fields)).astype(bool)]
        return {(sheet, int(row)) for sheet, row in zip(waits["sheet"], waits["row"], strict=True)}

    def frame(self) -> pd.DataFrame:
        """All that was found: code, field, value, sheet, row, message."""
        return pd.DataFrame(self._found, columns=["code", "field", "value", "sheet", "row", "message"])
