"""The fixed cube: measures by school year and band, by district where there are several, by one student
group at a time. No months, no pooled years, no free cuts. Owns the step from the store's facts to the
linked sets of one school year and band; what is hidden is decided in `suppress`.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.disclosure import coding
from analytics.disclosure.linked import Linked
from data.schoolyear import bounds, day_number

STUDENTS_SQL = (Path(__file__).parent / "students.sql").read_text(encoding="utf-8")

EVERYWHERE = "all districts"
ALL = "all students"
GROUPS = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity")
N_MIN = 10
FEW_SCHOOLS = 3


@dataclass(frozen=True)
class CubeMeasure:
    """A measure of the cube: the columns of `students.sql` that make a student's numerator and denominator.

    `rate`: the value is a rate per 30 enrolled days and the numerator has no upper end. `linked`: the name
    of the linked set in which measures on the same students are proved together.
    """

    name: str
    numerator: str
    denominator: str
    linked: str
    rate: bool = False

    @property
    def in_contacts(self) -> bool:
        """Counted in contacts, so that one student can hold most of a cell."""
        return self.denominator not in ("enrolled", "at_end")


MEASURES = (
    CubeMeasure("two_way_reach", "two_way_any", "enrolled", "students"),
    CubeMeasure("reach", "delivered_any", "enrolled", "students"),
    CubeMeasure("contact_rate", "delivered", "days", "students", rate=True),
    CubeMeasure("silent", "silent", "at_end", "silent"),
    CubeMeasure("two_way_share", "two_way", "known", "two_way_share"),
    CubeMeasure("family_reply_rate", "school_asks_answered", "school_asks", "family_reply_rate"),
    CubeMeasure("school_reply_rate", "family_asks_answered", "family_asks", "school_reply_rate"),
)
# Each numerator is at most the next one's, student by student, so in every cell.
CHAIN = ("two_way_reach", "reach", "contact_rate")
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


def cells(frame: pd.DataFrame, measures: tuple[str, ...], groups: tuple[str, ...]) -> pd.DataFrame:
    """Every cell of the cube for one school year.

    Columns: measure, band, place, group, member, students, denominator, numerator, schools, held (the contacts
    of the denominator, or of a rate's numerator), largest (those of the student with most), rest (the fewest
    students that are left when one school's are taken away, 0 where one school has all).
    """
    several = frame["district"].nunique() > 1
    found = []
    for measure in (m for m in MEASURES if m.name in measures):
        kept = frame[frame[measure.denominator] > 0]
        for group in (ALL, *groups):
            for by_district in (False, True) if several else (False,):
                found.append(_table(kept, measure, group, by_district))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _table(kept: pd.DataFrame, measure: CubeMeasure, group: str, by_district: bool) -> pd.DataFrame:
    keyed = pd.DataFrame(
        {
            "band": kept["band"],
            "place": kept["district"] if by_district else EVERYWHERE,
            "group": group,
            "member": ALL if group == ALL else kept[group],
            "school_id": kept["school_id"],
            "y": kept[measure.numerator].astype("int64"),
            "t": kept[measure.denominator].astype("int64"),
            "held": kept[measure.numerator if measure.rate else measure.denominator].astype("int64"),
        }
    )
    by = ["band", "place", "group", "member"]
    table = keyed.groupby(by, sort=True).agg(
        students=("t", "size"),
        denominator=("t", "sum"),
        numerator=("y", "sum"),
        schools=("school_id", "nunique"),
        largest=("held", "max"),
        held=("held", "sum"),
    )
    schools = keyed.groupby([*by, "school_id"], sort=True).size().rename("mine").reset_index("school_id")
    rest = table["students"].reindex(schools.index) - schools["mine"]
    table["rest"] = rest[rest > 0].groupby(level=by).min().reindex(table.index, fill_value=0)
    return table.reset_index().assign(
        measure=measure.name, rate=measure.rate, linked=measure.linked, in_contacts=measure.in_contacts
    )


def reasons(cell, n_min: int) -> str | None:
    """Why a cell is primary, for the district's eyes only; None where it is not."""
    if cell["students"] < n_min:
        return f"fewer than {n_min} students"
    if 0 < cell["rest"] < n_min:
        return "one school could work out the few students of the others"
    if cell["in_contacts"] and 2 * cell["largest"] > cell["held"] > 0:
        return "one student holds over half of the contacts"
    if cell["rate"] and coding.rate_step(int(cell["denominator"])) is None:
        return "too few days for any step"
    return None


def linked_sets(table: pd.DataFrame, n_min: int = N_MIN) -> dict[str, Linked]:
    """The linked sets of one school year: measures on the same students together, one set a band.

    `table` comes from `cells`. A cell's name is (measure, band, place, group, member).
    """
    sets = {}
    for (linked, band), part in table.groupby(["linked", "band"], sort=True):
        sets[f"{linked} {band}"] = _linked(part.reset_index(drop=True), n_min)
    return sets


def _linked(part: pd.DataFrame, n_min: int) -> Linked:
    names = list(part[["measure", "band", "place", "group", "member"]].itertuples(index=False, name=None))
    at = {name: index for index, name in enumerate(names)}
    rows = part.to_dict("records")
    why = [reasons(cell, n_min) for cell in rows]
    coded = [_code(cell) for cell in rows]
    shown = np.array([w is None and c is not None for w, c in zip(why, coded, strict=True)])
    exposed = np.where((part["rest"] > 0) & (part["rest"] < n_min), part["rest"], part["students"])
    most = np.where(part["rate"], ROOM * (part["numerator"].max() + N_MIN), part["denominator"])
    return Linked(
        names=names,
        students=np.where(shown, part["students"], np.minimum(exposed, np.where(exposed < n_min, exposed, n_min - 1))),
        most=most,
        true=part["numerator"],
        low=[c.low if c else 0 for c in coded],
        high=[c.high if c else int(m) for c, m in zip(coded, most, strict=True)],
        published=shown,
        protected=~shown,
        sums=_sums(names, at),
        at_most=_chains(names, at),
        total_of=np.array([at.get((m, b, p, ALL, ALL), -1) for m, b, p, _, _ in names]),
        endless=part["rate"],
    )


def _code(cell: dict) -> coding.Coded | None:
    numerator, denominator, count = int(cell["numerator"]), int(cell["denominator"]), int(cell["students"])
    return coding.rate(numerator, denominator) if cell["rate"] else coding.share(numerator, denominator, count)


def _sums(names: list[tuple], at: dict[tuple, int]) -> list[tuple[int, list[int]]]:
    """Groups add up to all students of a place; districts add up to everywhere."""
    members, districts = {}, {}
    for index, (measure, band, place, group, member) in enumerate(names):
        if group != ALL:
            members.setdefault((measure, band, place, ALL, ALL, group), []).append(index)
        if place != EVERYWHERE:
            districts.setdefault((measure, band, EVERYWHERE, group, member), []).append(index)
    sums = [(at[total[:5]], parts) for total, parts in members.items()]
    return sums + [(at[total], parts) for total, parts in districts.items()]


def _chains(names: list[tuple], at: dict[tuple, int]) -> list[tuple[int, int]]:
    pairs = []
    for low, high in zip(CHAIN, CHAIN[1:], strict=False):
        pairs += [(at[n], at[(high, *n[1:])]) for n in names if n[0] == low and (high, *n[1:]) in at]
    return pairs
