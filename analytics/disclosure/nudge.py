"""The cheapest witnesses: the true table with single counts moved by one, as far as nothing that is published changes.

Most cells of many students are proved by it in no time, so that programs are left for the small ones. It claims
nothing: each table is checked like any other, and a cell for which it finds none goes to the programs.
"""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.sparse import csr_matrix, identity

from analytics.disclosure.linked import Linked

ROUNDS = 4  # tables, each with its own lot of which cells go up and which down
BESIDE = 400  # other moves that are tried beside one that alone would leave a band
FINE = 1e-6


class Nudge:
    """Moves of one count at a time, with the cells that it is part of."""

    def __init__(self, linked: Linked):
        self.linked = linked
        self.low, self.high = linked.bounds()
        self.matrix, self.least, self.most, _ = linked.constraints()
        self.parts = dict(linked.sums)
        pairs = np.array([(part, cell) for cell, parts in self.parts.items() for part in parts], int).reshape(-1, 2)
        at, cells = pairs.T
        alike = identity(len(linked), format="csr")
        # By row: what moves with each unknown (itself, and the cells that are sums of it), and which facts notice.
        self.moved = (alike + csr_matrix((np.ones(len(at)), (at, cells)), shape=alike.shape)).tocsr()
        self.noticed = (self.moved @ self.matrix.T).tocsr()
        self.noticed.data[abs(self.noticed.data) < FINE] = 0
        self.noticed.eliminate_zeros()

    def tables(self, wanted: np.ndarray) -> Iterator[Callable[[np.ndarray, np.ndarray], np.ndarray]]:
        """One function a round, from the ends known by then to a table: it moves each cell that is still too narrow as
        far as is asked, up or down by lot (the same lot every time)."""
        lot = np.random.default_rng(2)
        for _ in range(ROUNDS // 2):
            up = lot.random(len(self.linked)) < 0.5
            for way in (up, ~up):
                yield lambda low, high, way=way: self._table(low, high, wanted, way)

    def alone(self, cell: int, low: int, high: int, wanted: int) -> Iterator[np.ndarray]:
        """Two tables that move one cell alone, up and down, other counts beside it where it takes that."""
        for way in (1, -1):
            self._begin()
            self._push(cell, low + wanted if way > 0 else high - wanted, way, beside=True)
            low, high = min(low, self.table[cell]), max(high, self.table[cell])
            yield self.table

    def _table(self, low, high, wanted, up) -> np.ndarray:
        self._begin()
        for cell in np.flatnonzero(high - low < wanted):
            goal = low[cell] + wanted[cell] if up[cell] else high[cell] - wanted[cell]
            self._push(int(cell), goal, 1 if up[cell] else -1)
        return self.table

    def _begin(self):
        self.table = self.linked.true.copy()
        self.sums = self.matrix @ self.table.astype(float)

    def _push(self, cell: int, goal: int, way: int, beside: bool = False):
        for count in self.parts.get(cell, ()):
            while way * (goal - self.table[cell]) > 0 and self._step(count, way, cell if beside else None):
                pass

    def _step(self, count: int, way: int, kept: int | None) -> bool:
        """Move one count by one where every band and every fact allows it; with `kept`, a cell, where that would
        break one of them, one more that mends it and is no part of the cell."""
        if self._move([(count, way)]):
            return True
        if kept is None:
            return False
        tried = self._menders(count, way, set(self.parts[kept]))
        return any(self._move([(count, way), (other, by)]) for other in tried[:BESIDE] for by in (-way, way))

    def _menders(self, count: int, way: int, never: set[int]) -> list[int]:
        """Counts that stand in a band or a fact which the move would break."""
        cells, to, rows, sums = self._after([(count, way)])
        found = [one for cell in cells[self._outside(cells, to)] for one in self.parts.get(int(cell), ())]
        for row in rows[self._broken(rows, sums)]:
            found += self.matrix.indices[self.matrix.indptr[row] : self.matrix.indptr[row + 1]].tolist()
        return [one for one in dict.fromkeys(found) if one != count and one not in never and one not in self.parts]

    def _move(self, moves: list[tuple[int, int]]) -> bool:
        cells, to, rows, sums = self._after(moves)
        if self._outside(cells, to).any() or self._broken(rows, sums).any():
            return False
        self.table[cells], self.sums[rows] = to, sums
        return True

    def _after(self, moves: list[tuple[int, int]]):
        """Which unknowns and facts the moves touch, and how they would stand."""
        cells, by = _together(self.moved, moves)
        rows, noticed = _together(self.noticed, moves)
        return cells, self.table[cells] + by.astype(np.int64), rows, self.sums[rows] + noticed

    def _outside(self, cells: np.ndarray, to: np.ndarray) -> np.ndarray:
        return (to < self.low[cells]) | (to > self.high[cells])

    def _broken(self, rows: np.ndarray, sums: np.ndarray) -> np.ndarray:
        return (sums < self.least[rows] - FINE) | (sums > self.most[rows] + FINE)


def _together(matrix: csr_matrix, moves: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """The columns that the chosen rows touch, each once, and the sum of their numbers there."""
    parts = [slice(matrix.indptr[row], matrix.indptr[row + 1]) for row, _ in moves]
    at = np.concatenate([matrix.indices[part] for part in parts])
    by = np.concatenate([way * matrix.data[part] for part, (_, way) in zip(parts, moves, strict=True)])
    if len(moves) == 1:
        return at, by
    places, back = np.unique(at, return_inverse=True)
    return places, np.bincount(back, weights=by, minlength=len(places))
