"""The fixed cube: measures by school year and band, by district where there are several, by one student
group at a time. No months, no pooled years, no free cuts. Owns the step from the store's facts to the cells and
their primary suppression; what a reader can reason over is `joint`, what else is hidden is decided in `suppress`.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.disclosure import coding, joint, ties
from analytics.disclosure.joint import ALL, EVERYWHERE
from analytics.disclosure.linked import Linked
from data.schoolyear import bounds, day_number

STUDENTS_SQL = (Path(__file__).parent / "students.sql").read_text(encoding="utf-8")

GROUPS = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity")
N_MIN = 10
FEW_SCHOOLS = 3


@dataclass(frozen=True)
class CubeMeasure:
    """A measure of the cube: the columns of `students.sql` that make a student's numerator and denominator.

    `rate`: the value is a rate per 30 enrolled days and the numerator has no upper end.
    """

    name: str
    numerator: str
    denominator: str
    rate: bool = False

    @property
    def in_contacts(self) -> bool:
        """Counted in contacts, so that one student can hold most of a cell."""
        return self.denominator not in ("enrolled", "at_end")


MEASURES = (
    CubeMeasure("two_way_reach", "two_way_any", "enrolled"),
    CubeMeasure("reach", "delivered_any", "enrolled"),
    CubeMeasure("contact_rate", "delivered", "days", rate=True),
    CubeMeasure("silent", "silent", "at_end"),
    CubeMeasure("two_way_share", "two_way", "known"),
    CubeMeasure("family_reply_rate", "school_asks_answered", "school_asks"),
    CubeMeasure("school_reply_rate", "family_asks_answered", "family_asks"),
)
ROOM = 4  # a rate has no upper end; the programs look up to this many times the largest cell, which claims less


def students(store, school_year: str) -> pd.DataFrame:
    """One row a student and band of the school year (columns: see `students.sql`)."""
    first, last = bounds(school_year)
    now = store.settings()
    frame = store.query(
        STUDENTS_SQL,
        {
            "first": day_number(first),
            "last": day_number(last),
            "window": now["reply_window_days"],
            "silence": now["silence_days"],
        },
    )
    frame["enrolled"] = 1
    frame["delivered_any"] = (frame["delivered"] > 0).astype(int)
    frame["two_way_any"] = (frame["two_way"] > 0).astype(int)
    return frame


def mark(frame: pd.DataFrame, groups: tuple[str, ...]) -> str:
    """A hash of who is counted where, and of what is counted of them: another one tells that the data have changed."""
    counts = [column for measure in MEASURES for column in (measure.numerator, measure.denominator)]
    columns = list(dict.fromkeys(["student_id", "band", "district", "school_id", *groups, *counts]))
    rows = frame[columns].sort_values(["student_id", "band"])
    return hashlib.sha256(rows.to_csv(index=False, lineterminator="\n").encode()).hexdigest()


def cells(
    frame: pd.DataFrame, measures: tuple[str, ...], groups: tuple[str, ...], widths=coding.SHARE_WIDTHS
) -> pd.DataFrame:
    """Every cell of the cube for one school year: the same rows for every measure, wherever a student is enrolled.

    A missing row would say that there is nobody to count, and the sign of few schools would say that a school has
    nobody: rows and `schools` are those of the enrolled students, which everybody knows.

    Columns: measure, band, place, group, member, students (with a denominator), denominator, numerator, schools, held
    (the contacts of the denominator, or of a rate's numerator), largest (those of the student with most), rest (the
    fewest students that are left when one school's are taken away, 0 where one school has all), widths (of shares),
    nobody (no student is counted, as everybody knows).
    """
    several = frame["district"].nunique() > 1
    found = []
    for measure in (m for m in MEASURES if m.name in measures):
        for group in (ALL, *groups):
            for by_district in (False, True) if several else (False,):
                found.append(_table(frame, measure, group, by_district))
    if not found:
        return pd.DataFrame()
    table = pd.concat(found, ignore_index=True)
    return table.assign(widths=[tuple(widths)] * len(table))


def _table(frame: pd.DataFrame, measure: CubeMeasure, group: str, by_district: bool) -> pd.DataFrame:
    counts = frame[measure.denominator] > 0
    keyed = pd.DataFrame(
        {
            "band": frame["band"],
            "place": frame["district"] if by_district else EVERYWHERE,
            "group": group,
            "member": ALL if group == ALL else frame[group],
            "school_id": frame["school_id"],
            "counts": counts,
            "y": frame[measure.numerator].where(counts, 0).astype("int64"),
            "t": frame[measure.denominator].astype("int64"),
            "held": frame[measure.numerator if measure.rate else measure.denominator].astype("int64"),
        }
    )
    by = ["band", "place", "group", "member"]
    table = keyed.groupby(by, sort=True).agg(
        students=("counts", "sum"),
        denominator=("t", "sum"),
        numerator=("y", "sum"),
        schools=("school_id", "nunique"),
        largest=("held", "max"),
        held=("held", "sum"),
    )
    schools = keyed[keyed["counts"]].groupby([*by, "school_id"], sort=True).size().rename("mine")
    schools = schools.reset_index("school_id")
    rest = table["students"].reindex(schools.index) - schools["mine"]
    table["rest"] = rest[rest > 0].groupby(level=by).min().reindex(table.index, fill_value=0)
    # Who is enrolled is known, so in a cell over nobody there is nobody to protect; who had contacts is a secret.
    nobody = (table["students"] == 0) & (not measure.in_contacts)
    return table.assign(
        nobody=nobody, measure=measure.name, rate=measure.rate, in_contacts=measure.in_contacts
    ).reset_index()


def reasons(cell, n_min: int) -> str | None:
    """Why a cell is primary, for the district's eyes only; None where it is not."""
    if cell["nobody"]:
        return None
    if cell["students"] < n_min:
        counted = " with such contacts" if cell["in_contacts"] and not cell["rate"] else ""
        return f"fewer than {n_min} students{counted}"
    if 0 < cell["rest"] < n_min:
        return "one school could work out the few students of the others"
    if cell["in_contacts"] and 2 * cell["largest"] > cell["held"] > 0:
        return "one student holds over half of the contacts"
    if cell["rate"] and coding.rate_step(int(cell["denominator"])) is None:
        return "too few days for any step"
    return None


def linked_sets(frame: pd.DataFrame, table: pd.DataFrame, n_min: int = N_MIN) -> dict[str, Linked]:
    """What has to be proved for one school year: for each band all measures together (bands that share students in
    the days of `silent` as one), and each measure counted in contacts once more for a reader who knows the number of
    contacts.

    `frame` comes from `students`, `table` from `cells`. A cell's name is (measure, band, place, group, member).
    """
    sets = {}
    there = [measure for measure in MEASURES if (table["measure"] == measure.name).any()]
    if "silent" not in {measure.name for measure in there}:
        frame = frame.assign(tied=0)  # only what is said of silent families ties bands together
    for bands in ties.bands_together(frame):
        here, part = frame[frame["band"].isin(bands)], table[table["band"].isin(bands)]
        sets[" + ".join(bands)] = joint.together(here, prepared(part.reset_index(drop=True), n_min), there)
    for band, part in table.groupby("band", sort=True):
        for measure in there:
            if measure.in_contacts and not measure.rate:
                mine = prepared(part[part["measure"] == measure.name].reset_index(drop=True), n_min)
                sets[f"{measure.name} {band}"] = joint.known(frame[frame["band"] == band], mine, measure)
    return sets


def prepared(part: pd.DataFrame, n_min: int) -> pd.DataFrame:
    """The cells of a band or several with what the proof asks of each: `shown`, the ends `low` and `high` of its
    band, `most`, `exposed` (the students to protect where it is not shown), `endless`."""
    rows = part.to_dict("records")
    coded = [_code(cell) if reasons(cell, n_min) is None else None for cell in rows]
    shown = np.array([c is not None for c in coded])
    rest_only = (part["students"] >= n_min) & (part["rest"] > 0) & (part["rest"] < n_min)
    few = part["rest"].where(rest_only, part["students"])
    most = part["denominator"].where(~part["rate"], ROOM * (part["numerator"].max() + N_MIN))
    return part.assign(
        shown=shown,
        exposed=np.where(shown, part["students"], np.clip(few, 1, n_min - 1)),
        most=most,
        low=[c.low if c else 0 for c in coded],
        high=[c.high if c else int(m) for c, m in zip(coded, most, strict=True)],
        endless=part["rate"],
        fewest=n_min,
    )


def _code(cell: dict) -> coding.Coded | None:
    numerator, denominator, count = int(cell["numerator"]), int(cell["denominator"]), int(cell["students"])
    if cell["rate"]:
        return coding.rate(numerator, denominator)
    if cell["nobody"]:
        return coding.Coded(coding.NOBODY, 0, 0)
    return coding.share(numerator, denominator, count, cell["widths"])
