"""Cells that add up. A `Linked` set is what a reader can reason over: every cell of one set of tables, the unknowns
they are sums of, which unknowns bound each other, and the interval that is published.

It knows no store and no measure; the prover works on it.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

FEW_UNKNOWNS = 4000  # all of them can move in one program
PLACES_AT_ONCE = 5  # whose unknowns move together for one cell; enough for nine students in nine places


@dataclass(frozen=True)
class Row:
    """low <= sum of factors x unknowns <= high. `owner`: the cell that says so while it is published; -1: always so."""

    owner: int
    at: list[int]
    factors: list[float]
    low: float = -np.inf
    high: float = np.inf


@dataclass
class Linked:
    """`m` unknown numbers: the cells' numerators first, then what they are made of. What a reader knows of each:

    names      the labels of the cells; unknowns after them have the name None
    students   how many different students stand in the denominator (known to everybody)
    most       the largest number that is possible at all (the denominator, for a share)
    endless    bools: `most` is no end that a reader knows of (contacts of a rate)
    true       the numbers, secret
    low, high  the smallest and largest numerator of the published band
    published  bools; where False, the reader knows 0..most only
    protected  bools: the primary cells
    sums       (total, parts): true[total] == sum of true[parts]
    at_most    (a, b): true[a] <= true[b] (two_way_reach <= reach <= contacts)
    rows       everything else that a reader knows, see `Row`
    total_of   per cell the index of the all-students cell of the same place, or -1
    counts     of a cell whose denominator is unknown too: the unknowns that make it, and those that make its students
    parts      by place, bools: the unknowns that can move while those of other places stay; such programs are small
    """

    names: list
    students: np.ndarray
    most: np.ndarray
    true: np.ndarray
    low: np.ndarray
    high: np.ndarray
    published: np.ndarray
    protected: np.ndarray
    sums: list[tuple[int, list[int]]] = field(default_factory=list)
    at_most: list[tuple[int, int]] = field(default_factory=list)
    total_of: np.ndarray | None = None
    endless: np.ndarray | None = None
    rows: list[Row] = field(default_factory=list)
    counts: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)
    parts: dict[str, np.ndarray] = field(default_factory=dict)
    _kept: tuple | None = field(default=None, repr=False)

    def __post_init__(self):
        for name in ("students", "most", "true", "low", "high"):
            setattr(self, name, np.asarray(getattr(self, name), dtype=np.int64))
        self.published = np.asarray(self.published, dtype=bool)
        self.protected = np.asarray(self.protected, dtype=bool)
        if self.total_of is None:
            self.total_of = np.full(len(self), -1)
        self.endless = np.zeros(len(self), bool) if self.endless is None else np.array(self.endless, dtype=bool)
        if (self.published & ((self.true < self.low) | (self.true > self.high))).any():
            raise ValueError("a published band does not hold its own numerator")

    def __len__(self) -> int:
        return len(self.names)

    def cells(self) -> np.ndarray:
        """Which unknowns are cells of a table."""
        return np.flatnonzero([name is not None for name in self.names])

    def small(self) -> bool:
        """Can all unknowns move in one program? Where contacts are unknown too, that takes long."""
        return len(self) <= FEW_UNKNOWNS and not self.counts

    def near(self, cell: int) -> np.ndarray | None:
        """The unknowns around a cell: those of the places where most of it lies, and of the largest place beside them.
        None: all of them, where there are no places or few unknowns."""
        if not self.parts or self.small():
            return None
        inside = next((parts for total, parts in self.sums if total == cell), [])
        holds = {place: int(self.most[inside] @ part[inside]) for place, part in self.parts.items()}
        chosen = sorted((place for place in holds if holds[place]), key=holds.get, reverse=True)[:PLACES_AT_ONCE]
        others = [place for place in self.parts if place not in chosen]
        largest = max(others, key=lambda place: int(self.parts[place].sum()), default=None)
        return np.logical_or.reduce([self.parts[place] for place in (*chosen, largest) if place is not None])

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """What the release alone says of each numerator: two arrays of m ints, both ends included."""
        low = np.where(self.published, np.maximum(self.low, 0), 0)
        high = np.where(self.published, np.minimum(self.high, self.most), self.most)
        return low, high

    def constraints(self) -> tuple[csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
        """All that links the unknowns: a matrix of one row a fact, its lower and upper ends, and each row's owner."""
        if self._kept is None:
            self._kept = self._all_constraints()
        matrix, low, high, owner = self._kept
        told = (owner < 0) | self.published[owner]
        return matrix[told], low[told], high[told], owner[told]

    def _all_constraints(self):
        """Those of every row, published or not."""
        told = [Row(-1, [total, *parts], [1.0] + [-1.0] * len(parts), 0, 0) for total, parts in self.sums]
        told += [Row(-1, [a, b], [1.0, -1.0], high=0) for a, b in self.at_most]
        told += self.rows
        sizes = [len(row.at) for row in told]
        at = np.concatenate([np.asarray(row.at, dtype=np.int64) for row in told]) if told else np.zeros(0, np.int64)
        factors = np.concatenate([np.asarray(row.factors, dtype=float) for row in told]) if told else np.zeros(0)
        matrix = csr_matrix((factors, at, np.cumsum([0, *sizes])), shape=(len(told), len(self)))
        return (
            matrix,
            np.array([row.low for row in told], dtype=float),
            np.array([row.high for row in told], dtype=float),
            np.array([row.owner for row in told], dtype=int),
        )

    def holds(self, table: np.ndarray) -> bool:
        """Would this table of m numbers publish the very same release, and add up?"""
        low, high = self.bounds()
        if ((table < low) | (table > high)).any():
            return False
        matrix, least, most, _ = self.constraints()
        sums = matrix @ table.astype(float)
        return bool(((sums >= least - 1e-6) & (sums <= most + 1e-6)).all())

    def needs(self, need) -> np.ndarray:
        """The width that each protected cell's range must reach: need(n), or what the all-students cell
        of the same place and band alone leaves, if that is less. Zero for cells that are not protected."""
        needed = np.zeros(len(self), dtype=np.int64)
        low, high = self.bounds()
        for cell in np.flatnonzero(self.protected):
            left = int(self.most[cell])
            total = int(self.total_of[cell])
            if total >= 0 and total != cell:
                # The others of a rate can hold any number of contacts: they leave this cell no lower end.
                rest = int(self.most[total] - (0 if self.endless[cell] else self.most[cell]))
                left = min(left, int(high[total])) - max(0, int(low[total]) - rest)
            needed[cell] = min(need(int(self.students[cell])), left)
        return needed
