"""Rows of a roster whose further columns say that the student left ("Exit code", "Withdrawn: Y", a note "moved 10/3"),
while no column says when: they are read as enrolled, which a person should know. No text of a note is quoted.
"""

import re

import pandas as pd
import pyarrow as pa

from data.load.sql import literal, store_words
from data.mapping.values import is_null
from data.mapping.words import concepts, plain
from data.readers import Notice
from data.roster.status import gone, says_left

_OF_SOMETHING_ELSE = frozenset(
    {"IEP", "ENGLISHLEARNER", "LOWINCOME", "PROGRAM", "COURSE", "TIME", "DATETIME", "GRADE", "GRADUATION", "SCHOOL"}
)
_NO = frozenset({"n", "no", "false", "f", "0"})
_NOT_SO = _NO | {"00", "000", "active", "enrolled", "current", "still enrolled"}
# Columns of yes and no that are a status by themselves: "Active", "Currently enrolled?"; "Inactive", "Withdrawn".
_ASKS_HERE = re.compile(r"(is |student |currently |still )*(active|enrolled|attending)( (student|flag|status|y n|yn))*")
_ASKS_LEFT = re.compile(r"(is |student |has )*(inactive|withdrawn|exited|no show)( (student|flag|y n|yn))*")
_YES = frozenset({"y", "yes", "true", "x", "1", "si"})
_MAY_BEGIN = r"^\W*(w.{0,3}d|left|moved|transf|exit|drop|grad|dec|exp|un|dis|no|never|did|gone|retir|se )"
_SHOWN = 5


def told_by(given, table) -> str:
    """SQL for the header of the column that is not stored and says that the row's student left; NULL where none does.

    Joins the readings to `given` (`data.load.coded`), whose view is to be shown anew.
    """
    said = []
    for header in table.mapping.not_stored:
        if header not in table.headers:
            continue
        index = table.headers.index(header)
        texts = _texts(given, index, header)
        leaving = [text for text in texts if _says_so(header, text)]
        if not leaving:
            continue
        name = f"leaving_{index}{given.tag}"
        words = {"raw": pa.array(leaving, pa.string()), "value": pa.array([header] * len(leaving), pa.string())}
        store_words(given.cursor, name, words)
        said.append(given.join(name, index)["value"])
    return f"coalesce({', '.join(said)}, NULL)" if said else "NULL::VARCHAR"


def _texts(given, index: int, header: str) -> list[str]:
    """The different texts of a column that may say it. Of columns such as addresses, with one for each student, the
    database looks first which begin so."""
    every = given.distinct(index)
    if not _is_flag(header) and "EXIT" not in concepts(header)[0]:
        every = f"SELECT raw FROM ({every}) WHERE regexp_matches(lower(raw), {literal(_MAY_BEGIN)})"
    return [text for (text,) in given.cursor.execute(every).fetchall()]


def take_flags(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells in which a "No" under "Active", or a yes under "Inactive", is the status where there is none."""
    flags = {header for header in cells["says_left"].dropna().unique() if _is_flag(header)}
    rows = cells["says_left"].isin(flags) & cells["status"].isna()
    cells["status"] = cells["status"].astype(object).where(~rows, "Inactive")
    return cells


def _is_flag(header: str) -> bool:
    return bool(_ASKS_HERE.fullmatch(plain(header)) or _ASKS_LEFT.fullmatch(plain(header)))


def notices(cells: pd.DataFrame) -> list[Notice]:
    """What to say of the rows of `cells` with a header in `says_left`, without a last day or a status that says so."""
    there = cells["says_left"].notna() & cells["exit_date"].isna() & ~gone(cells["status"])
    told = []
    for header, rows in cells[there].groupby("says_left"):
        if 2 * len(rows) > len(cells):
            continue  # what most rows say is of something else
        listed = ", ".join(f"{int(row):,}" for row in rows["row"].head(_SHOWN))
        more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
        which = f"1 row (row {listed}) says" if len(rows) == 1 else f"{len(rows):,} rows (rows {listed}{more}) say"
        words = (
            f"{which} in “{header}” that the student left, but not when: read as still enrolled. Give each a last day, "
            "or take out the row."
        )
        told.append(Notice("says_left", words))
    return told


def _says_so(header: str, text: str) -> bool:
    if is_null(text):
        return False
    if _is_flag(header):
        return plain(text) in (_NO if _ASKS_HERE.fullmatch(plain(header)) else _YES)
    found, unknown = concepts(header)
    if found & _OF_SOMETHING_ELSE:
        return False
    if "EXIT" in found and not unknown:
        return plain(text) not in _NOT_SO
    return says_left(text)
