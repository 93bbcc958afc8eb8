"""A reader of released tables who tries to get back what they hide, with integer programs of its own.

Written from docs/releases.md alone: imports nothing of the program. Knows the CSV texts, the number of students of
each kind (district and all groups at once), who was enrolled at the end, enrolled days, and the rules. Does not know
who was reached: of the students it reads `enrolled`, `at_end`, `elsewhere`, `only_then`, `askable`, `days`, `band`,
`district` and the groups.
"""

import csv
import io
import re
from fractions import Fraction
from math import ceil

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

STUDENT_MEASURES = {"two_way_reach": "two_way", "reach": "reached", "silent": "silent", "contact_rate": "contacts"}
CONTACT_MEASURES = {"two_way_share": "with_known", "family_reply_rate": "with_asks", "school_reply_rate": "asking"}
UNKNOWN = ("two_way", "reached", "silent", "contacts", *CONTACT_MEASURES.values())
CLASSES = {1: (1000, 10**6), 2: (500, 999), 5: (100, 499), 10: (40, 99), 20: (20, 39), 25: (10, 19)}
MANY = 300  # contacts of one student, more than anybody has


def need(students: int) -> int:
    """How far apart a protected group's numerators have to be."""
    return students if students <= 3 else max(3, ceil(students / 2))


class Reader:
    """What one reader knows of one band in one school year; `ends` asks for the range of a cell's numerator."""

    def __init__(self, students: pd.DataFrame, groups: tuple[str, ...], texts: dict[str, str], year: str, band: str):
        here = students[students["band"] == band]
        here = here.assign(sure=here["at_end"] * (1 - here["elsewhere"]))
        public = ["enrolled", "at_end", "sure", "only_then", "days", "askable"]
        self.kinds = here.groupby(["district", *groups])[public].sum().reset_index()
        self.size = len(self.kinds)
        self.rows, self.low, self.high = [], [], []
        self.extra = 0
        self.shown: dict[tuple, str] = {}
        for text in texts.values():
            for row in csv.DictReader(io.StringIO(text)):
                if row["year"] == year and row["band"] == band:
                    self._read(row, groups)
        self._everybody_knows()
        self._released()

    def _read(self, row: dict, groups):
        group = next((name for name in groups if name in row), None)
        cell = (row["measure"], row.get("district"), group, row[group] if group else None)
        self.shown[cell] = None if row["flag"] in ("suppressed", "nobody") else row["published"]

    def inside(self, cell: tuple) -> np.ndarray:
        """Which kinds of students a cell counts."""
        _, district, group, member = cell
        chosen = np.ones(self.size, bool)
        if district is not None:
            chosen &= (self.kinds["district"] == district).to_numpy()
        if group is not None:
            chosen &= (self.kinds[group] == member).to_numpy()
        return np.flatnonzero(chosen)

    def head_count(self, cell: tuple) -> int:
        """The number of students behind a cell of a student measure."""
        column = "at_end" if cell[0] == "silent" else "enrolled"
        return int(self.kinds[column].to_numpy()[self.inside(cell)].sum())

    def _at(self, what: str, kinds) -> np.ndarray:
        return UNKNOWN.index(what) * self.size + np.asarray(kinds)

    def _know(self, at, factors, low=-np.inf, high=np.inf):
        self.rows.append((np.atleast_1d(at), np.broadcast_to(np.asarray(factors, float), np.shape(np.atleast_1d(at)))))
        self.low.append(low)
        self.high.append(high)

    def _everybody_knows(self):
        for kind in range(self.size):
            at = {what: int(self._at(what, kind)) for what in UNKNOWN}
            for a, b in (("two_way", "reached"), ("reached", "contacts"), ("two_way", "with_known"),
                         ("with_known", "reached"), ("with_asks", "with_known"), ("asking", "with_known")):  # fmt: skip
                self._know([at[a], at[b]], [1, -1], high=0)
            self._know([at["contacts"], at["reached"]], [1, -MANY], high=0)
            one = self.kinds.iloc[kind]
            most = one["enrolled"] + one["at_end"] - one["only_then"]
            for asks in ("with_asks", "asking"):
                self._know([at[asks]], [1], high=int(one["askable"]))
            self._know([at["silent"], at["reached"]], [1, 1], low=int(one["sure"]), high=int(most))

    def _released(self):
        for cell, text in self.shown.items():
            if text is None:
                continue
            kinds = self.inside(cell)
            if cell[0] in CONTACT_MEASURES:
                low, high = (int(n) for n in re.findall(r"\d+", text))
                self._know(self._at(CONTACT_MEASURES[cell[0]], kinds), 1, *CLASSES[high - low])
                if low:
                    self._know(self._at("two_way", kinds), 1, low=1)
                continue
            self._know(self._at(STUDENT_MEASURES[cell[0]], kinds), 1, *self.band(cell, text))
            if cell[0] == "contact_rate":  # nobody was reached, or nobody holds over half: two at least
                some = len(UNKNOWN) * self.size + self.extra
                self.extra += 1
                reached, ones = self._at("reached", kinds), np.ones(len(kinds))
                self._know([*reached, some], [*ones, -2], low=0)
                self._know([*reached, some], [*ones, -self.head_count(cell)], high=0)

    def band(self, cell: tuple, text: str) -> tuple[int, int]:
        """The numerators that a published text allows by itself."""
        if "%" in text:
            n, (a, b) = self.head_count(cell), (int(x) for x in re.findall(r"\d+", text))
            return ceil(Fraction(a * n, 100)), n if b == 100 else ceil(Fraction(b * n, 100)) - 1
        units = Fraction(int(self.kinds["days"].to_numpy()[self.inside(cell)].sum()), 30)
        numbers = [Fraction(x) for x in re.findall(r"\d+\.\d+", text)]
        a, b = numbers if len(numbers) == 2 else (Fraction(0), numbers[0])
        return ceil(a * units), ceil(b * units) - 1

    def ends(self, cell: tuple) -> tuple[int, int]:
        """The smallest and the largest numerator of a cell that everything known allows."""
        many = len(UNKNOWN) * self.size + self.extra
        lengths = [len(at) for at, _ in self.rows]
        matrix = csr_matrix(
            (np.concatenate([f for _, f in self.rows]), np.concatenate([at for at, _ in self.rows]),
             np.cumsum([0, *lengths])), shape=(len(self.rows), many),
        )  # fmt: skip
        most = np.concatenate([self._most(what) for what in UNKNOWN] + [np.ones(self.extra)])
        found = []
        for sign in (1, -1):
            goal = np.zeros(many)
            goal[self._at(STUDENT_MEASURES[cell[0]], self.inside(cell))] = sign
            end = milp(goal, constraints=LinearConstraint(matrix, self.low, self.high), integrality=np.ones(many),
                       bounds=Bounds(0, most), options={"mip_rel_gap": 0})  # fmt: skip
            assert end.status == 0, end.message
            found.append(round(sign * end.fun))
        return found[0], found[1]

    def _most(self, what: str) -> np.ndarray:
        enrolled = self.kinds["enrolled"].to_numpy()
        return {"contacts": enrolled * MANY, "silent": self.kinds["at_end"].to_numpy()}.get(what, enrolled)

    def needed(self, cell: tuple, students: int) -> int:
        """What a small group is owed: need(n), or what the all-students cell of its place alone leaves."""
        n = self.head_count(cell)
        total = (cell[0], cell[1], None, None)
        text = self.shown.get(total)
        rate = cell[0] == "contact_rate"
        left = n * MANY if rate else n
        if text is not None and total != cell:
            low, high = self.band(total, text)
            left = high if rate else min(n, high) - max(0, low - (self.head_count(total) - n))
        return min(need(students), left)


def attack(students: pd.DataFrame, groups: tuple[str, ...], texts: dict[str, str], year: str, small: int = 10):
    """Everything a release gives away: [(band, cell, low, high, why)]. Empty: nothing found."""
    found = []
    for band in sorted(students["band"].unique()):
        reader = Reader(students, groups, texts, year, band)
        for cell, text in reader.shown.items():
            if cell[0] not in STUDENT_MEASURES:
                continue
            n = reader.head_count(cell)
            if text is None and 0 < n < small:
                low, high = reader.ends(cell)
                if high - low < reader.needed(cell, n):
                    found.append((band, cell, low, high, f"{n} students need {reader.needed(cell, n)}"))
            elif text is not None:
                low, high = reader.ends(cell)
                if low == high:
                    found.append((band, cell, low, high, "published, and only this is possible"))
    return found
