"""A roster of several districts: loaded as one, students with the same number, or schools with the same name, would be
one student or school. Which district a file is of is said for the whole file (docs/decisions/017)."""

import re

import pyarrow.compute as pc

from data.mapping.model import Question
from data.mapping.words import plain

_HEADER = re.compile(r"(school )?(district|lea|isd|division|corporation|agency)( (name|code|id|no|number|cd))?")
_KEYS = (("student_id", "student number"), ("school", "school"), ("school_code", "school code"))
_SHOWN = 4


def question(found: list) -> Question | None:
    """The question whether the tables of a roster are to be loaded as one district, where that would mix students or
    schools of several."""
    asked = [
        _question(table, f"c{place}")
        for table in found
        for place, header in sorted(enumerate(table.headers), key=lambda one: "name" not in plain(one[1]))
        if _HEADER.fullmatch(plain(header))
    ]
    return next((one for one in asked if one), None)


def _question(table, column: str) -> Question | None:
    districts = [text for text in pc.unique(table.rows[column]).to_pylist() if text and text.strip()]
    if len(districts) < 2:
        return None
    several = [_shared(table, column, field) for field, _ in _KEYS]
    if not any(several):
        return None
    listed = ", ".join(sorted(districts)[:_SHOWN]) + (" and others" if len(districts) > _SHOWN else "")
    shared = ", ".join(
        f"{many:,} {words}{'' if many == 1 else 's'}"
        for many, (_, words) in zip(several, _KEYS, strict=True)
        if many
    )  # fmt: skip
    return Question(
        "districts",
        f"This roster names {len(districts):,} districts ({listed}), and {shared} can be found in more than one of "
        "them. Loaded as one district, those would count as the same student or school. Make a file for each "
        "district, and load each on the command line with --district and its name. Load it as it is only if all "
        "rows are of one district.",
        ["load it as one district", "stop"],
    )


def _shared(table, column: str, field: str) -> int:
    """How many numbers or names stand in rows of more than one district. A student who moved has one name in both."""
    choice = table.mapping.fields.get(field)
    if choice is None or choice.column is None or f"c{choice.column}" == column:
        return 0
    names = [table.mapping.fields.get(name) for name in ("student_name", "last_name", "first_name")]
    who = [f"c{name.column}" for name in names if name is not None and name.column is not None]
    told = table.rows.select([column, f"c{choice.column}"]).to_pandas().set_axis(["district", "key"], axis=1)
    told = told.astype(object)
    if field == "student_id" and who:
        told["name"] = table.rows.select(who).to_pandas().astype(object).fillna("").agg(" ".join, axis=1).map(plain)
    told = told.dropna(subset=["district", "key"]).drop_duplicates()
    counted = told.groupby("key").nunique()
    return int((counted > 1).all(axis=1).sum())
