"""A second reader of released tables, who looks at each student by days and at all bands and years at once.

Written from docs/releases.md alone: imports nothing of the program and nothing of `attacker`, and
puts no students together into kinds. Knows every enrollment, the as-of dates and the CSV texts, but no contact. Reads
the measures that count students, and contact_rate.

A student's days are cut where a span, a year or the days of `silent` begin or end; of each piece it is unknown whether
there was a contact. Reached is "in any piece of the band", silent "in none of the last 60 days", wherever they were.
"""

import csv
import io
import re
from collections import defaultdict
from fractions import Fraction
from math import ceil, inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

STUDENTS = {"two_way_reach": "any two_way", "reach": "any", "silent": "silent", "contact_rate": "contacts"}
MANY, SILENCE = 60, 60


class SecondReader:
    """`spans`: dictionaries with student, district, band, first, last (day numbers, both included) and the groups.
    `years`: {name: (first day, last day, {district: as-of day}, {file name: text})}."""

    def __init__(self, spans: list[dict], years: dict, groups: tuple[str, ...]):
        self.groups = groups
        self.most, self.facts, self.shown = [], [], {}
        self.units = defaultdict(list)  # of a year: (band, district, groups, days, at the end, {what: unknown})
        by_student = defaultdict(list)
        for span in sorted(spans, key=lambda span: span["first"]):
            by_student[span["student"]].append(span)
        ends = {year: self._closing(by_student, *about[:3]) for year, about in years.items()}
        for mine in by_student.values():
            self._student(mine, years, {year: at.get(mine[0]["district"]) for year, at in ends.items()})
        for year, about in years.items():
            for text in about[3].values():
                for row in csv.DictReader(io.StringIO(text)):
                    self._released(year, row)

    def _closing(self, by_student, first, last, as_of) -> dict[str, int]:
        left = defaultdict(list)
        for mine in by_student.values():
            district = mine[0]["district"]
            days = [min(s["last"], last, as_of[district]) for s in mine if s["first"] <= min(last, as_of[district])]
            if days and max(days) >= first:
                left[district].append(max(days))
        return {d: max(day for day in days if 2 * sum(x >= day for x in days) >= len(days)) for d, days in left.items()}

    def _new(self, most: float = 1) -> int:
        self.most.append(most)
        return len(self.most) - 1

    def _fact(self, terms: dict, low=-inf, high=inf):
        self.facts.append((terms, low, high))

    def _any(self, parts: list[int]) -> int:
        """An unknown that is 1 where any of the parts is."""
        whole = self._new()
        for part in parts:
            self._fact({whole: 1, part: -1}, low=0)
        self._fact({whole: -1, **dict.fromkeys(parts, 1)}, low=0)
        return whole

    def _student(self, mine, years, closing):
        cuts = set()
        for year, (first, last, as_of, _) in years.items():
            cuts |= {first, min(last, as_of[mine[0]["district"]]) + 1}
            if closing[year] is not None:
                cuts |= {closing[year] - SILENCE + 1, closing[year] + 1}
        pieces = []  # (first, last, band, any contact)
        for span in mine:
            at = sorted({span["first"], span["last"] + 1, *(c for c in cuts if span["first"] < c <= span["last"])})
            pieces += [(a, b - 1, span["band"], self._new()) for a, b in zip(at, at[1:], strict=False)]
        for year, (first, last, as_of, _) in years.items():
            end = closing[year]
            here = [p for p in pieces if first <= p[0] and p[1] <= min(last, as_of[mine[0]["district"]])]
            for band in dict.fromkeys(p[2] for p in here):
                inside = [p for p in here if p[2] == band]
                known = [s for s in mine if s["band"] == band and s["first"] <= max(p[0] for p in inside)][-1]
                at_end = any(a <= end <= b for a, b, _, _ in inside)
                what = self._counts([p[3] for p in inside])
                if at_end:
                    heard = self._any([p[3] for p in pieces if end - SILENCE < p[0] and p[1] <= end])
                    what["silent"] = self._new()
                    self._fact({what["silent"]: 1, heard: 1}, 1, 1)
                days = sum(b - a + 1 for a, b, _, _ in inside)
                self.units[year].append((band, known["district"], known, days, at_end, what))

    def _counts(self, parts: list[int]) -> dict[str, int]:
        what = {"any": self._any(parts)}
        what["any two_way"], what["contacts"] = self._new(), self._new(MANY)
        self._fact({what["any two_way"]: 1, what["any"]: -1}, high=0)
        self._fact({what["contacts"]: 1, what["any"]: -1}, low=0)
        self._fact({what["contacts"]: 1, what["any"]: -MANY}, high=0)
        return what

    def inside(self, cell: tuple) -> list[tuple]:
        year, _, band, district, group, member = cell
        words = {None: "unknown", True: "yes", False: "no"}
        return [u for u in self.units[year] if u[0] == band and district in (None, u[1])
                and (group is None or words.get(u[2][group], u[2][group]) == member)]  # fmt: skip

    def students(self, cell: tuple) -> int:
        """How many students are counted in a cell of a measure that counts students, or days."""
        return sum(cell[1] != "silent" or unit[4] for unit in self.inside(cell))

    def _of(self, cell: tuple, what: str) -> list[int]:
        return [unit[5][what] for unit in self.inside(cell) if what in unit[5]]

    def _released(self, year: str, row: dict):
        group = next((name for name in self.groups if name in row), None)
        cell = (year, row["measure"], row["band"], row.get("district"), group, row[group] if group else None)
        self.shown[cell] = None if row["flag"] in ("suppressed", "nobody") else row["published"]
        if self.shown[cell] is None or cell[1] not in STUDENTS:
            return
        numbers = [Fraction(x) for x in re.findall(r"[\d.]+", row["published"])]
        self._fact(dict.fromkeys(self._of(cell, STUDENTS[cell[1]]), 1), *self._band(cell, numbers))
        if cell[1] == "contact_rate":  # nobody holds over half of the contacts
            everybody = self._of(cell, "contacts")
            for one in everybody:
                self._fact(dict.fromkeys(everybody, 1) | {one: -1}, low=0)

    def _band(self, cell: tuple, numbers: list[Fraction]) -> tuple[int, int]:
        if cell[1] == "contact_rate":
            a, b = numbers if len(numbers) == 2 else (0, numbers[0])
            months = Fraction(sum(unit[3] for unit in self.inside(cell)), 30)
            return ceil(a * months), ceil(b * months) - 1
        n, (a, b) = self.students(cell), numbers
        return ceil(a * n / 100), n if b == 100 else ceil(b * n / 100) - 1

    def ends(self, cell: tuple, seconds: float = 20) -> tuple[int, int]:
        """The smallest and the largest numerator that everything known allows."""
        goal = np.zeros(len(self.most))
        goal[self._of(cell, STUDENTS[cell[1]])] = 1
        at = [list(terms) for terms, _, _ in self.facts]
        matrix = csr_matrix((np.concatenate([[*terms.values()] for terms, _, _ in self.facts]), np.concatenate(at),
                             np.cumsum([0, *map(len, at)])), shape=(len(at), len(goal)))  # fmt: skip
        known = LinearConstraint(matrix, [low for _, low, _ in self.facts], [high for *_, high in self.facts])
        found = []
        for sign in (1, -1):
            end = milp(sign * goal, constraints=known, integrality=np.ones(len(goal)), bounds=Bounds(0, self.most),
                       options={"time_limit": seconds})  # fmt: skip
            assert end.status == 0, end.message
            found.append(round(goal @ end.x))
        return found[0], found[1]
