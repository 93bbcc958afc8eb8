"""What a reader can reason over: one linked set of all measures of a year and band (or bands, see `ties`).

The unknowns are counted in kinds of students: those of one district who share all groups of the release. A reader knows
how many there are of each kind ("every number of students"), so cells of different groups are tied together by the
students they share, and measures by what is true of every student (`rules`).

Of a share of contacts a reader learns besides its band that of the number of students: its width says it. Contacts
themselves are not known here; `known` makes the sets for a reader who knows all of them, one measure at a time.
"""

import numpy as np
import pandas as pd

from analytics.disclosure import asks, coding, halves, rules, ties
from analytics.disclosure.linked import Linked, Row
from analytics.disclosure.rules import ASKS, CONTACTS, EITHER, REACHED, SHARES, SILENT, SURE, TWO_WAY

KEY = ["measure", "band", "place", "group", "member"]
EVERYWHERE = "all districts"
ALL = "all students"

USUAL = 30  # contacts of one student; no reader knows an end, so to look no further claims less


def together(frame: pd.DataFrame, part: pd.DataFrame, measures: list) -> Linked:
    """All measures of a band or more. `frame`: its students; `part`: its cells, as `cube.prepared` gives them."""
    return _Build(frame, part, measures).linked()


def known(frame: pd.DataFrame, part: pd.DataFrame, measure) -> Linked:
    """One measure counted in contacts, for a reader who knows how many contacts there are in each cell."""
    return _Build(frame, part, [measure], known=True).linked()


class _Build:
    """The unknowns of one linked set: the cells in the order of `part`, then each count of each kind of students."""

    def __init__(self, frame: pd.DataFrame, part: pd.DataFrame, measures: list, known: bool = False):
        self.part, self.measures, self.known = part, {measure.name: measure for measure in measures}, known
        groups = [group for group in part["group"].unique() if group != ALL]
        counted = frame.assign(**{f"any {whole}": (frame[whole] > 0).astype(int) for whole in SHARES})
        # By student: who left the band before the end may be elsewhere by then, and takes nothing from what is sure of
        # those who stayed.
        counted[SURE] = ((frame["at_end"] > 0) & (frame["elsewhere"] == 0)).astype(int)
        asked = set(ASKS) & {measure.denominator for measure in measures}
        alike = [
            "band",
            "district",
            *groups,
            "tied",
            *([rules.OPEN, rules.OUTSIDE, rules.ASKABLE] if asked and not known else []),
        ]
        numbers = [column for column in counted if column not in alike
                   and pd.api.types.is_numeric_dtype(frame.get(column, counted[column]))]  # fmt: skip
        self.kinds = counted.groupby(alike, sort=True)[numbers].sum().reset_index()
        self.names = list(part[KEY].itertuples(index=False, name=None))
        self.counts = self._counts()
        self.first = {count: len(part) + at * len(self.kinds) for at, count in enumerate(self.counts)}
        self.inside = {key: self._inside(*key) for key in {name[1:] for name in self.names}}
        self.cell_at = {name: index for index, name in enumerate(self.names)}
        self.extra: list[tuple[int, int]] = []  # (most, true) of the unknowns after the counts

    def _counts(self) -> list[str]:
        there = []
        for measure in self.measures.values():
            there += [measure.numerator]
            if measure.in_contacts and not measure.rate and not self.known:
                there += [measure.denominator, f"any {measure.denominator}"]
        if not self.known and len(there) > 1:  # what ties measures together is unknown even where it is not released
            there += [REACHED, TWO_WAY, CONTACTS]
            if set(SHARES) & set(there):  # asks tell of each other, and of who was reached, by way of these
                there += ["known", "any known", "two_way"]
        return list(dict.fromkeys(there))

    def _inside(self, band: str, place: str, group: str, member: str) -> np.ndarray:
        chosen = (self.kinds["band"] == band).to_numpy(copy=True)
        if place != EVERYWHERE:
            chosen &= (self.kinds["district"] == place).to_numpy()
        if group != ALL:
            chosen &= (self.kinds[group] == member).to_numpy()
        return np.flatnonzero(chosen)

    def of(self, count: str, key: tuple) -> list[int]:
        """The unknowns of one count that lie inside (band, place, group, member)."""
        return (self.first[count] + self.inside[key]).tolist()

    def linked(self) -> Linked:
        """The set, with everything that a reader knows."""
        part = self.part
        rows = [*self._bands(), *self._rules()]
        counted = [(self._most(count), self.kinds[count].to_numpy()) for count in self.counts]
        inner = len(self.counts) * len(self.kinds) + len(self.extra)
        most_in = np.concatenate([*(most for most, _ in counted), [m for m, _ in self.extra]])
        true_in = np.concatenate([*(true for _, true in counted), [t for _, t in self.extra]])
        padded = {name: np.concatenate([part[name].to_numpy(), np.zeros(inner, int)]) for name in
                  ("exposed", "low", "high", "shown", "endless")}  # fmt: skip
        counts = {}
        for cell, name in enumerate(self.names):
            measure = self.measures[name[0]]
            if f"any {measure.denominator}" in self.counts:
                counts[cell] = (self.of(measure.denominator, name[1:]), self.of(f"any {measure.denominator}", name[1:]))
        shown = padded["shown"].astype(bool)
        most = np.concatenate([[self._cell_most(row) for row in part.itertuples()], most_in])
        total_of = [self.cell_at.get((m, b, p, ALL, ALL), -1) for m, b, p, _, _ in self.names]
        return Linked(
            names=[*self.names, *[None] * inner],
            students=padded["exposed"],
            most=most,
            true=np.concatenate([part["numerator"], true_in]),
            low=self._ends(padded["low"], 0),
            high=self._ends(padded["high"], most),
            published=shown,
            protected=np.concatenate([~shown[: len(part)], np.zeros(inner, bool)]),
            sums=[(at, self.of(self.measures[name[0]].numerator, name[1:])) for at, name in enumerate(self.names)],
            at_most=[pair for low, high in rules.LESS if {low, high} <= set(self.counts)
                     for pair in zip(self._all(low), self._all(high), strict=True)],
            rows=rows,
            counts=counts,
            total_of=np.array([*total_of, *[-1] * inner]),
            endless=padded["endless"],
            parts=self._parts(inner),
        )  # fmt: skip

    def _parts(self, inner: int) -> dict[str, np.ndarray]:
        """The unknowns of each district by itself, with the cells of all districts; none where there is only one."""
        if (self.part["place"] == EVERYWHERE).all():
            return {}
        extra = np.ones(inner - len(self.counts) * len(self.kinds), bool)
        parts = {}
        for place in self.kinds["district"].unique():
            cells = self.part["place"].isin([place, EVERYWHERE]).to_numpy()
            kinds = np.tile((self.kinds["district"] == place).to_numpy(), len(self.counts))
            parts[place] = np.concatenate([cells, kinds, extra])
        return parts

    def _all(self, count: str) -> range:
        return range(self.first[count], self.first[count] + len(self.kinds))

    def _unsure(self, name: str) -> bool:
        """Is the denominator of this measure unknown to the reader of this set?"""
        measure = self.measures[name]
        return measure.in_contacts and not measure.rate and not self.known

    def _cell_most(self, row) -> int:
        if not self._unsure(row.measure):
            return row.most
        return sum(self._most(self.measures[row.measure].numerator)[self.inside[_key(row)]])

    def _ends(self, given: np.ndarray, otherwise) -> np.ndarray:
        """The band's ends; of a share of unknown contacts the rows say them, not the numerator's own ends."""
        unsure = np.array([self._unsure(name[0]) for name in self.names] + [False] * (len(given) - len(self.names)))
        return np.where(unsure, otherwise, given)

    def _most(self, count: str) -> np.ndarray:
        """The largest count of each kind of students."""
        if count in [f"any {asked}" for asked in ASKS]:
            return (self.kinds["enrolled"] * self.kinds[rules.ASKABLE]).to_numpy()
        if count in (REACHED, TWO_WAY) or count.startswith("any "):
            return self.kinds["enrolled"].to_numpy()
        if count == SILENT:
            return self.kinds["at_end"].to_numpy()
        if self.known:
            (measure,) = self.measures.values()
            return self.kinds[measure.denominator].to_numpy()
        return self.kinds["enrolled"].to_numpy() * self._usual(CONTACTS, "enrolled")

    def _usual(self, contacts: str, students: str) -> int:
        """The most contacts a student that are looked at: the programs choose among likely tables only."""
        per = (self.kinds[contacts] / self.kinds[students].where(self.kinds[students] > 0)).max()
        return USUAL if pd.isna(per) else max(USUAL, int(np.ceil(per)))

    def _rules(self) -> list[Row]:
        """What is true of every student, so of every kind."""
        made, there = [], set(self.counts)
        for contacts, students in rules.NONE_WITHOUT:
            if {contacts, students} <= there:
                usual = -float(self._usual(contacts, students))
                pairs = zip(self._all(contacts), self._all(students), strict=True)
                made += [Row(-1, [a, b], [1.0, usual], high=0) for a, b in pairs]
        for a, b, c in rules.TOGETHER:
            if {a, b, c} <= there:
                triples = zip(self._all(a), self._all(b), self._all(c), strict=True)
                made += [Row(-1, [*three], [1.0, 1.0, -1.0], high=0) for three in triples]
        for more, any_more, less, any_less in rules.SURPLUS:
            if {more, any_more, less, any_less} <= there:
                fours = zip(*map(self._all, (less, any_less, more, any_more)), strict=True)
                made += [Row(-1, [*four], [1.0, -1.0, -1.0, 1.0], high=0) for four in fours]
        if {SILENT, REACHED} <= there:
            most = self.kinds["enrolled"] + self.kinds["at_end"] - self.kinds[EITHER]
            ends = zip(self._all(SILENT), self._all(REACHED), self.kinds[SURE], most, strict=True)
            made += [Row(-1, [s, r], [1.0, 1.0], low=float(least), high=float(high)) for s, r, least, high in ends]
            made += ties.rows(self.kinds, self._all(SILENT), self._all(REACHED))
        return made + asks.rows(self.kinds, there, self._all)

    def _bands(self) -> list[Row]:
        """What a published cell says besides the ends of its own numerator."""
        made = []
        for cell, row in enumerate(self.part.itertuples()):
            if not row.shown:
                continue
            if self._unsure(row.measure):
                made += self._share_rows(cell, row)
            elif row.rate and not self.known:
                made += self._half_rows(cell, row)
                made += self._rate_rows(cell, row) if REACHED in self.counts else []
        return made

    def _share_rows(self, cell: int, row) -> list[Row]:
        """Its band as a ratio of two unknowns, and the number of students that goes with its width."""
        measure, key = self.measures[row.measure], _key(row)
        contacts, students = self.of(measure.denominator, key), self.of(f"any {measure.denominator}", key)
        width = coding.share_width(row.students, row.widths)
        last, k = 100 // width - 1, 100 * row.numerator // (row.denominator * width)
        least, most = coding.students_of(width, row.widths)
        k = min(k, last)
        made = [
            Row(cell, [cell, *contacts], [100.0] + [-float(k * width)] * len(contacts), low=0),
            Row(cell, students, [1.0] * len(students), low=max(least, row.fewest), high=most),
        ]
        if k < last:
            upper = -float((k + 1) * width)
            made.append(Row(cell, [cell, *contacts], [100.0] + [upper] * len(contacts), high=-1))
        return made

    def _half_rows(self, cell: int, row) -> list[Row]:
        key, usual = _key(row), self._usual(CONTACTS, "enrolled")
        reached = self.of(REACHED, key) if REACHED in self.counts else None
        return halves.rows(cell, row, self.kinds["enrolled"][self.inside[key]], self.of(CONTACTS, key), reached, usual)

    def _rate_rows(self, cell: int, row) -> list[Row]:
        """No student holds over half of the contacts of a published rate: none is reached, or at least three are.

        Two could hold half each; that is left out, which claims less."""
        reached = self.of(REACHED, _key(row))
        true = int(self.kinds[REACHED].to_numpy()[self.inside[_key(row)]].sum())
        fewest = 2 if true == 2 else 3
        if row.low > 0:
            return [Row(cell, reached, [1.0] * len(reached), low=fewest)]
        any_reached = len(self.part) + len(self.counts) * len(self.kinds) + len(self.extra)
        self.extra.append((1, int(true > 0)))
        ones = [1.0] * len(reached)
        enrolled = int(self.kinds["enrolled"].to_numpy()[self.inside[_key(row)]].sum())
        return [
            Row(cell, [*reached, any_reached], [*ones, -float(fewest)], low=0),
            Row(cell, [*reached, any_reached], [*ones, -float(enrolled)], high=0),
        ]


def _key(row) -> tuple:
    return (row.band, row.place, row.group, row.member)
