"""The proof: for each protected cell two integer tables that publish the very same release and lie far
enough apart, and for each published cell at least two possible numerators.

Each end of a range is an integer program (HiGHS through scipy). Every solution is a table that a reader
cannot tell from the truth; the ones that widen a range are kept as witnesses, and most cells are proved by a
witness that was found for others: first single counts of the truth are moved (`nudge`), then some programs push
all unproved cells at once, each up or down as it falls, then each cell that is left has two programs of its own.
A solver that gives up is a failure, never a pass.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import vstack

from analytics.disclosure.coding import need
from analytics.disclosure.linked import Linked
from analytics.disclosure.nudge import Nudge

# Seconds for one integer program; one that runs out of them is a failure. Programs end at a number of branches long
# before: this is for a solver that hangs, not for a machine that is busy.
TIME_LIMIT = 300.0
WHOLE = 1e-6
BESIDE = 4  # numbers in one fact, so few that they hang together
FEW = 20  # cells left, so few that each is moved by itself before any program
SWEEPS = 12  # times that all unproved cells are pushed at once, at most
# How far one program branches. Ends of this kind are the same on every machine, so the pattern is too.
NODES_OF_A_SWEEP, NODES_OF_A_CELL = 50, 1000


class SolverGaveUp(Exception):
    """The solver ran out of time or failed: nothing is proved, so nothing is published."""


@dataclass
class Proof:
    """What is known after an audit of one linked set.

    low, high   m ints: the range of each number over the witness tables
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
        self.matrix, self.least, self.most, _ = linked.constraints()
        self.cells = linked.cells()

    def reach_out(self, cell: int, enough: int, free: np.ndarray | None = None):
        """Widen the known range of `cell` until it spans `enough`, both ends are exact, or the program is at its end.

        `free`: the unknowns that may differ from the truth (all). Fewer claim less, and make programs fast.
        """
        for up in (True, False):
            if self.high[cell] - self.low[cell] >= enough:
                return
            self._push(
                np.array([cell]), np.array([up]), np.array([enough]), free, {"node_limit": NODES_OF_A_CELL}, True
            )

    def nudge(self, wanted: np.ndarray):
        """What can be had without a program: tables beside the truth. Those that do not add up would be a fault."""
        cheap = Nudge(self.linked)
        for table_for in cheap.tables(wanted):
            self._checked(table_for(self.low, self.high))
        left = np.flatnonzero(self.high - self.low < wanted)
        for cell in left if len(left) <= FEW else ():
            for table in cheap.alone(int(cell), int(self.low[cell]), int(self.high[cell]), int(wanted[cell])):
                self._checked(table)

    def _checked(self, table: np.ndarray):
        if not self.linked.holds(table):
            raise SolverGaveUp("A table of the proof does not add up")
        self._keep(table.copy())

    def sweep(self, wanted: np.ndarray, free: np.ndarray | None = None):
        """Push all cells whose ranges are still too narrow at once, up or down by lot (the same lot every time)."""
        lot = np.random.default_rng(1)
        before = len(self.linked) + 1
        inside = np.ones(len(self.linked), bool) if free is None else free
        for _ in range(SWEEPS):
            short = np.flatnonzero((self.high - self.low < wanted) & inside)
            if not len(short) or len(short) > 0.9 * before:  # what is left can hardly move
                return
            before = len(short)
            up = lot.random(len(short)) < 0.5
            for way in (up, ~up):
                options = {"mip_rel_gap": 0.2, "node_limit": NODES_OF_A_SWEEP}
                self._push(short, way, wanted[short], free, options, False)

    def _push(self, cells, up, enough, free: np.ndarray | None, options: dict, thorough: bool):
        """Find the table that goes furthest, no further than `cells` need. Raises SolverGaveUp when out of time."""
        low, high = self.linked.bounds()
        low[cells] = np.maximum(low[cells], self.high[cells] - enough)
        high[cells] = np.minimum(high[cells], self.low[cells] + enough)
        goal = np.zeros(len(self.linked))
        goal[cells] = np.where(up, -1.0, 1.0) * np.min(enough) / enough
        free = np.ones(len(self.linked), bool) if free is None else free
        fixed = np.where(free, 0, self.linked.true)
        matrix, told = self.matrix[:, free], self.matrix @ fixed
        rows = np.diff(matrix.indptr) > 0
        asked = {
            "c": goal[free],
            "constraints": LinearConstraint(matrix[rows], (self.least - told)[rows], (self.most - told)[rows]),
        }
        whole, ends = np.ones(int(free.sum())), (low[free], high[free])
        relaxed = self._run(asked, whole * 0, ends, options)
        # Most numbers come out whole: with those kept, the program over the others is small. Where that has no table,
        # the numbers beside the others are let go too; for a single cell, the program over all has the last word.
        open_ = np.abs(relaxed.x - np.rint(relaxed.x)) > WHOLE
        few = matrix[rows][np.diff(matrix[rows].indptr) <= BESIDE]
        for _ in range(3):
            kept = [np.where(open_, end, np.rint(relaxed.x)) for end in ends]
            found = self._run(asked, whole, kept, options)
            if found.x is not None:
                break
            open_ |= (abs(few).T @ (abs(few) @ open_ > 0)) > 0
        if thorough:
            for shortcuts in (True, False):  # presolve has been seen to take a table for impossible that is there
                if found.x is not None and found.fun <= relaxed.fun + 1 - WHOLE:
                    break
                again = self._run(asked, whole, ends, {**options, "presolve": shortcuts})
                if again.x is not None and (found.x is None or again.fun < found.fun):
                    found = again
            if found.x is None:
                raise SolverGaveUp(f"The solver stopped without an answer: {found.message}")
        if found.x is None:
            return
        fixed[free] = np.rint(found.x).astype(np.int64)
        self._checked(fixed)

    def _run(self, asked: dict, whole: np.ndarray, ends, options: dict):
        """One program; out of time is a failure, whatever it had found by then."""
        found = milp(
            **asked, integrality=whole, bounds=Bounds(*ends), options={"time_limit": self.time_limit, **options}
        )
        if "Time limit" in found.message:
            raise SolverGaveUp(f"The solver stopped without an answer: {found.message}")
        return found

    def _keep(self, table: np.ndarray):
        wider = (table < self.low) | (table > self.high)
        if wider[self.cells].any():
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
    first = int((prover.high - prover.low < wanted).sum())

    def tell():
        left = int((prover.high - prover.low < wanted).sum())
        if progress and first:
            progress(1 - left / first)

    prover.nudge(wanted)
    tell()
    for part in linked.parts.values():
        prover.sweep(wanted, part)
        tell()
    if not linked.parts or linked.small():
        prover.sweep(wanted)
    for cell in np.flatnonzero(prover.high - prover.low < wanted):
        prover.reach_out(int(cell), int(wanted[cell]), linked.near(cell))
        tell()
    short = (prover.high - prover.low) < wanted
    kept = _enough(prover.witnesses, wanted)
    return Proof(prover.low, prover.high, kept, [int(cell) for cell in np.flatnonzero(short)])


def _enough(witnesses: list[np.ndarray], wanted: np.ndarray) -> list[np.ndarray]:
    """The truth and as few of the other witnesses as prove the same: a reader of the proof checks every one of them."""
    cells = np.flatnonzero(wanted > 0)
    told = np.array([witness[cells] for witness in witnesses])
    kept, low, high = [0], told[0].copy(), told[0].copy()
    for at, cell in enumerate(cells):
        if high[at] - low[at] < wanted[cell]:
            for found in (int(told[:, at].argmin()), int(told[:, at].argmax())):
                kept.append(found)
                np.minimum(low, told[found], out=low)
                np.maximum(high, told[found], out=high)
    return [witnesses[number] for number in sorted(set(kept))]


def prices(linked: Linked, cell: int) -> np.ndarray:
    """How much each published cell's band narrows the range of `cell`: m dual prices (absolute).

    From the linear relaxation, both ends of the range; zero where a band plays no part.
    """
    near = linked.near(cell)
    free = np.ones(len(linked), bool) if near is None else near
    low, high = linked.bounds()
    matrix, least, most, owner = linked.constraints()
    told = matrix @ np.where(free, 0, linked.true)
    matrix, least, most = matrix[:, free], least - told, most - told
    price, by_row = np.zeros(len(linked)), np.zeros(len(least))
    equal, upper, lower = least == most, (least < most) & np.isfinite(most), (least < most) & np.isfinite(least)
    for sign in (-1.0, 1.0):
        goal = np.zeros(len(linked))
        goal[cell] = sign
        found = linprog(
            goal[free],
            A_eq=matrix[equal], b_eq=least[equal],
            A_ub=vstack([matrix[upper], -matrix[lower]]), b_ub=np.concatenate([most[upper], -least[lower]]),
            bounds=np.column_stack([low[free], high[free]]),
            method="highs",
        )  # fmt: skip
        if found.status != 0:
            raise SolverGaveUp(f"The solver stopped without an answer: {found.message}")
        price[free] += np.abs(found.lower.marginals) + np.abs(found.upper.marginals)
        ends = np.abs(found.ineqlin.marginals)
        by_row[upper] += ends[: upper.sum()]
        by_row[lower] += ends[upper.sum() :]
    np.add.at(price, owner[owner >= 0], by_row[owner >= 0])
    return np.where(linked.published & (linked.most > 0), price, 0.0)  # hiding a sure zero protects nobody
