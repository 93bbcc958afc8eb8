"""The sheets of a OneRoster workbook as rows under the names of the standard, and what stands in their cells.

Read loosely, because exporters write headers loosely.
"""

import json
import re

import pandas as pd
from rapidfuzz import fuzz, process

# The columns that matter, by file. Everything else is neither read nor kept.
COLUMNS = {
    "orgs": ("sourcedId", "status", "name", "type", "identifier", "parentSourcedId"),
    "users": ("sourcedId", "status", "orgSourcedIds", "primaryOrgSourcedId", "role", "givenName", "middleName",
              "familyName", "identifier", "grades"),
    "roles": ("userSourcedId", "status", "role", "roleType", "beginDate", "endDate", "orgSourcedId", "grade"),
    "enrollments": ("status", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "beginDate", "endDate"),
    "classes": ("sourcedId", "status", "grades", "schoolSourcedId", "termSourcedIds"),
    "academicSessions": ("sourcedId", "status", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
}  # fmt: skip
_ALIKE = 88
# School Data Sync 2.1 writes the same files with a few other headers.
_ALSO = {"beginDate": "rolestartdate", "endDate": "roleenddate"}


def listed(text) -> list[str]:
    """The entries of a list cell: "a,b", '["a","b"]', "a"."""
    if text is None or text != text:
        return []
    text = str(text).strip()
    if text.startswith("["):
        try:
            return [str(entry) for entry in json.loads(text.replace("'", '"'))]
        except ValueError:
            text = text.strip("[]")
    return [entry.strip(" \"'") for entry in re.split(r"[,;|]", text) if entry.strip(" \"'")]


def first(text) -> str | None:
    """The first entry of a list cell."""
    return next(iter(listed(text)), None)


def dates(texts: pd.Series) -> pd.Series:
    """ISO dates, with or without a time; also month/day/year, which some exporters write."""
    text = texts.astype("string").str.strip()
    read = pd.to_datetime(text.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    if text[read.isna()].notna().any():
        read = read.fillna(pd.to_datetime(text.str.split().str[0], format="%m/%d/%Y", errors="coerce"))
    return read


def raw(sheet) -> pd.DataFrame:
    """A sheet under its own headers, with the column `row`."""
    if sheet is None or not sheet.table.num_rows:
        return pd.DataFrame({"row": pd.Series(dtype="int64")})
    cells = sheet.table.to_pandas().astype(object)
    cells = cells.where(cells.notna(), None)
    names = {column: str(cells.at[0, column] or column) for column in cells.columns if column != "row"}
    return cells.iloc[1:].rename(columns=names).reset_index(drop=True)


def frame(sheet, columns: tuple[str, ...]) -> pd.DataFrame:
    """The wanted columns of a sheet, headers matched loosely."""
    cells = raw(sheet)
    headers = {re.sub(r"[^a-z0-9]", "", str(name).casefold()): name for name in cells.columns if name != "row"}
    picked = {"row": cells["row"]}
    for wanted in columns:
        key = wanted.casefold()
        near = next((name for name in (key, _ALSO.get(wanted)) if name in headers), None)
        if near is None:
            unclaimed = [name for name in headers if name not in {other.casefold() for other in columns}]
            best = process.extractOne(key, unclaimed, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            near = best[0] if best else None
        picked[wanted] = cells[headers[near]] if near else pd.Series(None, index=cells.index, dtype=object)
    return pd.DataFrame(picked)


def gone(rows: pd.DataFrame) -> pd.Series:
    """Which rows are to be deleted, or are deleted already."""
    return rows["status"].fillna("").str.casefold().isin(("tobedeleted", "inactive"))


def only_changes(manifest) -> list[str]:
    """The files that hold only what changed since an earlier export, by the manifest (`file.users,delta`)."""
    lines = raw(manifest).drop(columns="row").astype("string")
    told = {
        str(line[0]).strip().casefold().removeprefix("file."): str(line[1]).strip().casefold()
        for line in lines.itertuples(index=False)
        if len(line) > 1
    }
    return [name for name in COLUMNS if told.get(name.casefold()) == "delta"]
