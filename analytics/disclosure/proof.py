"""The proof: for each protected cell two integer tables that publish the very same release and lie far
enough apart, and for each published cell at least two possible numerators.

Each end of a range is an integer program (HiGHS through scipy). Every solution is a table that a reader
cannot tell from the truth; all of them are kept as witnesses, and most cells are proved by a witness that
was found for another cell. A solver that gives up is a failure, never a pass.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from analytics.disclosure.coding import need
from analytics.disclosure.linked import Linked

TIME_LIMIT = 20.0  # seconds for one integer program


class SolverGaveUp(Exception):
    """The solver ran out of time or failed: nothing is proved, so nothing is published."""


@dataclass
class Proof:
    """What is known after an audit of one linked set.

    low, high   m ints: the range of each numerator over the witness tables
    witnesses   tables of m ints; each publishes the same release as the truth
    failed      cells that are not safe: a protected range too narrow, or a published cell with one numerator
    """

    low: np.ndarray
    high: np.ndarray
    witnesses: list[np.ndarray] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.failed


class Prover:
    """Ranges of numerators in one linked set, with the witnesses found on the way."""

    def __init__(self, linked: Linked, time_limit: float = TIME_LIMIT, known: Proof | None = None):
        """`known`: an audit of the same cells with fewer of them hidden. Its witnesses still publish this release,
        because a hidden cell only stops saying something."""
        self.linked = linked
        self.time_limit = time_limit
        self.witnesses = list(known.witnesses) if known else [linked.true.copy()]
        self.low = np.min(self.witnesses, axis=0)
        self.high = np.max(self.witnesses, axis=0)
        if not linked.holds(linked.true):
            raise SolverGaveUp("The numbers of the cells do not add up")
        self._constraints = self._make_constraints()
        self._bounds = Bounds(*linked.bounds())
        self._done = np.zeros((len(linked), 2), dtype=bool)

    def _make_constraints(self):
        made = []
        if self.linked.sums:
            made.append(LinearConstraint(self.linked.equalities(), 0, 0))
        if self.linked.at_most:
            made.append(LinearConstraint(self.linked.inequalities(), -np.inf, 0))
        return made

    def reach_out(self, cell: int, enough: int):
        """Widen the known range of `cell` until it spans `enough` or both ends are exact."""
        for up in (True, False):
            if self.high[cell] - self.low[cell] >= enough:
                return
            if not self._done[cell, int(up)]:
                self._solve(cell, up)

    def _solve(self, cell: int, up: bool):
        goal = np.zeros(len(self.linked))
        goal[cell] = -1.0 if up else 1.0
        found = milp(
            goal,
            constraints=self._constraints,
            integrality=np.ones(len(self.linked)),
            bounds=self._bounds,
            options={"time_limit": self.time_limit},
        )
        if found.status != 0 or found.x is None:
            raise SolverGaveUp(f"The solver stopped without an answer: {found.message}")
        table = np.rint(found.x).astype(np.int64)
        if not self.linked.holds(table):
            raise SolverGaveUp("The solver's table does not add up")
        self._done[cell, int(up)] = True
        self.witnesses.append(table)
        np.minimum(self.low, table, out=self.low)
        np.maximum(self.high, table, out=self.high)


def audit(linked: Linked, time_limit: float = TIME_LIMIT, progress=None, known: Proof | None = None) -> Proof:
    """Prove the release of `linked`, or name the cells that are not safe. Raises SolverGaveUp.

    `known` is an earlier audit of the same cells with fewer of them hidden: its witnesses are used again.
    """
    prover = Prover(linked, time_limit, known)
    wanted = linked.needs(need)
    # No published cell may have only one possible numerator, and so not only 0 or only n.
    wanted[linked.published & (linked.most > 0)] = np.maximum(wanted, 1)[linked.published & (linked.most > 0)]
    cells = np.flatnonzero(wanted > 0)
    for done, cell in enumerate(cells):
        prover.reach_out(int(cell), int(wanted[cell]))
        if progress:
            progress(done / len(cells))
    short = (prover.high - prover.low) < wanted
    return Proof(prover.low, prover.high, prover.witnesses, [int(cell) for cell in np.flatnonzero(short)])


def prices(linked: Linked, cell: int) -> np.ndarray:
    """How much each published cell's band narrows the range of `cell`: m dual prices (absolute).

    From the linear relaxation, both ends of the range; zero where a band plays no part.
    """
    low, high = linked.bounds()
    price = np.zeros(len(linked))
    for sign in (-1.0, 1.0):
        goal = np.zeros(len(linked))
        goal[cell] = sign
        found = linprog(
            goal,
            A_eq=linked.equalities() if linked.sums else None,
            b_eq=np.zeros(len(linked.sums)) if linked.sums else None,
            A_ub=linked.inequalities() if linked.at_most else None,
            b_ub=np.zeros(len(linked.at_most)) if linked.at_most else None,
            bounds=np.column_stack([low, high]),
            method="highs",
        )
        if found.status != 0:
            raise SolverGaveUp(f"The solver stopped without an answer: {found.message}")
        price += np.abs(found.lower.marginals) + np.abs(found.upper.marginals)
    return np.where(linked.published, price, 0.0)
