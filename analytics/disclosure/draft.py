"""A draft release: the cube of each school year, what is hidden and why, and the proof. Written nowhere yet.

The district looks at a draft before it publishes. `draft` either returns one whose proof passed, or raises
Refusal: a proof that fails or a solver that gives up means that nothing can be published.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from access.viewer import Viewer
from analytics.disclosure import as_published, coding, compare, cube, listed, suppress
from analytics.disclosure import years as school_years
from analytics.disclosure.joint import KEY
from analytics.disclosure.linked import Linked
from analytics.disclosure.proof import TIME_LIMIT, Proof, SolverGaveUp
from data.errors import Refusal
from data.schoolyear import bounds

DATA = "data"  # the name under which the hash of a year's data is kept beside its witnesses
COMPARISONS = "comparisons"  # the name under which a year's tests are kept beside its witnesses
MEASURES = listed.MEASURES


@dataclass
class Year:
    """One school year of a draft: its cells, the hidden keys, the linked sets, their proofs, the tests of its bands."""

    name: str
    cells: pd.DataFrame
    hidden: set
    sets: dict[str, Linked]
    proofs: dict[str, Proof]
    tests: list[dict] = field(default_factory=list)
    data: str = ""  # a hash of the students and what is counted of them, released or not


@dataclass
class Draft:
    """A release whose proof passed, before it is published."""

    years: list[Year]
    settings: dict
    version: int | None = None  # of the store that was read; a draft of other data is not published
    earlier: list[dict] = field(default_factory=list)  # tests of the years that panels see already

    def comparisons(self) -> list[dict]:
        """The signs of all years that will stand on the panel's page, see `compare.signs`."""
        mine = [{"year": year.name, **test} for year in self.years for test in year.tests]
        return compare.signs([*self.earlier, *mine])

    def tables(self) -> dict[str, str]:
        """The CSV text of every table, by file name: what the release publishes, byte for byte."""
        return as_published.tables({year.name: (year.cells, year.hidden) for year in self.years})

    def places(self) -> int:
        """How many cells there are of each measure, hidden or not."""
        return sum(len(year.cells[KEY[1:]].drop_duplicates()) for year in self.years)

    def hidden(self) -> pd.DataFrame:
        """For the district's eyes: each hidden cell (year, band, place, group, member) and why."""
        rows = []
        for year in self.years:
            why = {_key(cell): cube.reasons(cell, self.settings["n_min"]) for cell in year.cells.to_dict("records")}
            primary = {key: reason for key, reason in why.items() if reason}
            by_cell = {}
            for (_, *key), reason in primary.items():
                by_cell.setdefault(tuple(key), reason)
            for key in sorted(year.hidden):
                rows.append((year.name, *key, by_cell.get(key, "it would give another hidden number away")))
        return pd.DataFrame(rows, columns=["year", "band", "place", "group", "member", "why"])


def draft(store, viewer: Viewer, years: list[str] | None = None, *, measures=None, groups=None,
          early: bool = False, time_limit: float = TIME_LIMIT, progress=None) -> Draft:  # fmt: skip
    """Make and prove the fixed cube for the named school years (default: those that are over and not released yet; all
    that are over where there is no such year). `measures` and `groups` are those that the settings list.

    A year that is not over needs `early`: it can be released once only. `progress(share, words)` is told how far it is.
    Raises Refusal (`not_allowed`, `bad_release_setting`, `unknown_year`, `year_not_over`, `nothing_to_release`,
    `days_of_another_year`, `not_provable`, `solver_gave_up`).
    """
    if viewer.role != "district" or viewer.schools is not None or viewer.districts is not None:
        raise Refusal(
            "not_allowed", "A release counts all schools, so only a district leader with all of them can make one."
        )
    chosen = school_years.chosen(store, years, early)
    version = store.version
    there = listed.of(store.settings())
    given = {"measures": measures, "groups": groups}
    there = replace(there, **{name: tuple(some) for name, some in given.items() if some is not None})
    made = []
    for number, name in enumerate(chosen):
        tell = _teller(progress, number, len(chosen), name)
        made.append(_year(store, name, there, time_limit, tell))
    made = [year for year in made if len(year.cells)]
    if not made:
        raise Refusal(
            "nothing_to_release", "There is no school year with enrolled students and contacts to release yet."
        )
    settings = {"measures": list(there.measures), "groups": list(there.groups), "n_min": there.n_min,
                "share_widths": [list(w) for w in there.widths],
                "rate_steps": [float(s) for s in coding.RATE_STEPS]}  # fmt: skip
    return Draft(made, settings, version, _tests_before(store, {year.name for year in made}))


def _tests_before(store, names: set[str]) -> list[dict]:
    """The tests of the years released before, each from its last release: they stand on the panel's page too."""
    kept = {}
    for name, text in store.rows(
        "SELECT school_year, tables FROM release_witness WHERE linked = ? ORDER BY release_id", [COMPARISONS]
    ):
        kept[name] = json.loads(text)
    return [{"year": name, **test} for name in sorted(set(kept) - names) for test in kept[name]]


def _year(store, name: str, there: listed.Listed, time_limit: float, tell) -> Year:
    frame = cube.students(store, name)
    table = cube.cells(frame, there.measures, there.groups, there.widths) if len(frame) else pd.DataFrame()
    if not len(table):
        return Year(name, table, set(), {}, {})
    if "silent" in there.measures:
        _check_silent(frame, name, store.settings()["silence_days"])
    sets = cube.linked_sets(frame, table, there.n_min)
    try:
        hidden, proofs = suppress.protect(sets, time_limit, tell)
    except suppress.NotProvable:
        raise Refusal(
            "not_provable",
            f"The tables of {name} cannot be published safely: even with every other number hidden, a small group "
            "could be worked out. Release fewer groups or measures.",
        ) from None
    except SolverGaveUp:
        raise Refusal(
            "solver_gave_up",
            f"The proof for {name} did not finish, so nothing was published. Try again, or release fewer groups.",
        ) from None
    return Year(name, table, hidden, sets, proofs, compare.tests(frame, table, hidden), cube.mark(frame, there.groups))


def _check_silent(frame: pd.DataFrame, name: str, days: int):
    """Refuse a year in whose first weeks `silent` looks at days of the year before: who was not silent and was reached
    in the new year by nobody was reached in the old one. Years are proved apart, so that cannot be looked at."""
    if ((frame["at_end"] > 0) & (frame["before"] > 0)).any():
        first = bounds(name)[0]
        until = first + timedelta(days - 1)
        raise Refusal(
            "days_of_another_year",
            f"{name} cannot be released yet: silent families are those that nobody reached in {days} days, which began "
            f"before {first.day} {first:%B} here. Beside a release of the school year before, that could give a family "
            f"away. Load the contacts up to {until.day} {until:%B} first, or release fewer measures, without silent.",
        )


def cells_of(year: Year, label: str) -> pd.DataFrame:
    """The year's cells of one linked set, in the order of its names."""
    linked = year.sets[label]
    by_name = year.cells.set_index(KEY, drop=False)
    return by_name.loc[[linked.names[cell] for cell in linked.cells()]].reset_index(drop=True)


def as_witnessed(cells: pd.DataFrame, linked: Linked, witness: np.ndarray) -> pd.DataFrame:
    """The cells of a linked set (`cells_of`) as one witness table has them: the numerators, and where the reader knows
    no contacts also the denominators and the students in them."""
    counted = {name: cells[name].to_numpy(copy=True) for name in ("denominator", "students")}
    for cell, (contacts, students) in linked.counts.items():
        counted["denominator"][cell], counted["students"][cell] = witness[contacts].sum(), witness[students].sum()
    return cells.assign(numerator=witness[linked.cells()], **counted)


def _key(cell) -> tuple:
    return (cell["measure"], cell["band"], cell["place"], cell["group"], cell["member"])


def _teller(progress, number: int, count: int, name: str):
    if progress is None:
        return None
    return lambda share: progress((number + share) / count, f"Proving {name}")
