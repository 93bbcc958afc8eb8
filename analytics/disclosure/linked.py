"""Cells that add up. A `Linked` set is what a reader can reason over: every cell of one set of tables,
which cells are sums of others, which measures bound each other, and the interval that is published.

It knows no store and no measure; the prover and the attacker both work on it.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix


@dataclass
class Linked:
    """`m` cells with their numerators and what a reader knows of each.

    names      m labels, for words only
    students   m ints: how many different students stand in the denominator (known to everybody)
    most       m ints: the largest numerator that is possible at all (the denominator, for a share)
    endless    m bools: `most` is no end that a reader knows of (contacts of a rate)
    true       m ints: the numerators, secret
    low, high  m ints: the smallest and largest numerator of the published band
    published  m bools; where False, the reader knows 0..most only
    protected  m bools: the primary cells
    sums       (total, parts): true[total] == sum of true[parts], known to the reader
    at_most    (a, b): true[a] <= true[b], known to the reader (two_way_reach <= reach <= contacts)
    total_of   per cell the index of the all-students cell of the same place, or -1
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

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """What the release alone says of each numerator: two arrays of m ints, both ends included."""
        low = np.where(self.published, np.maximum(self.low, 0), 0)
        high = np.where(self.published, np.minimum(self.high, self.most), self.most)
        return low, high

    def equalities(self) -> csr_matrix:
        """One row a sum: total - parts == 0."""
        rows, columns, values = [], [], []
        for row, (total, parts) in enumerate(self.sums):
            rows += [row] * (len(parts) + 1)
            columns += [total, *parts]
            values += [1.0] + [-1.0] * len(parts)
        return csr_matrix((values, (rows, columns)), shape=(len(self.sums), len(self)))

    def inequalities(self) -> csr_matrix:
        """One row a pair: a - b <= 0."""
        rows = np.repeat(np.arange(len(self.at_most)), 2)
        columns = np.array(self.at_most, dtype=int).reshape(-1)
        values = np.tile([1.0, -1.0], len(self.at_most))
        return csr_matrix((values, (rows, columns)), shape=(len(self.at_most), len(self)))

    def holds(self, table: np.ndarray) -> bool:
        """Would this table of m numerators publish the very same release, and add up?"""
        low, high = self.bounds()
        if ((table < low) | (table > high)).any():
            return False
        if any(table[total] != table[parts].sum() for total, parts in self.sums):
            return False
        return all(table[a] <= table[b] for a, b in self.at_most)

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
