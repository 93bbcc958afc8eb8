"""An attack on releases: made-up districts with small groups, and a reader who knows all but the secret.

    python benchmarks/attack.py --districts 30 --seeds 3 --measures reach

The reader knows every number of students, the rules, the code and the bands, and runs own integer programs for
both ends of each hidden and each published number. Prints, for the proved release and for two naive ones (small
cells hidden alone; a pattern made for another measure), how many numbers are given away. Ends with 1 when the
proved release gives away one. Every student here is made up.
"""

import argparse
import sys
import time
from copy import deepcopy
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analytics.disclosure import coding, cube, suppress  # noqa: E402
from analytics.disclosure.linked import Linked  # noqa: E402
from tests.support.states import students  # noqa: E402

OTHER = "silent"  # the measure whose pattern the second naive release takes


class Attacker:
    """Ranges of numerators from what a reader knows. Shares no code with the prover but the list of cells."""

    def __init__(self, linked: Linked):
        self.linked = linked
        rows = len(linked.sums) + len(linked.at_most)
        matrix = lil_matrix((rows, len(linked)))
        for row, (total, parts) in enumerate(linked.sums):
            matrix[row, total] = 1
            matrix[row, parts] = -1
        for row, (small, large) in enumerate(linked.at_most, start=len(linked.sums)):
            matrix[row, small], matrix[row, large] = 1, -1
        low = np.where(np.arange(rows) < len(linked.sums), 0.0, -np.inf)
        self.known = [LinearConstraint(matrix.tocsr(), low, np.zeros(rows))] if rows else []
        shown = linked.published
        low = np.where(shown, linked.low, 0)
        self.bounds = Bounds(low, np.where(shown, np.minimum(linked.high, linked.most), linked.most))

    def width(self, cell: int, enough: int) -> int:
        """How many numerators lie between the ends that the programs leave (at least `enough`: no more is asked)."""
        spread, seen = 0, []
        for sign in (1, -1):
            goal = np.zeros(len(self.linked))
            goal[cell] = sign
            found = milp(goal, constraints=self.known, integrality=np.ones(len(self.linked)), bounds=self.bounds)
            if found.status != 0:
                raise SystemExit(f"The attacker's program ended without an answer: {found.message}")
            seen.append(round(found.x[cell]))
            spread = abs(seen[0] - seen[-1]) if len(seen) == 2 else abs(seen[0] - int(self.linked.true[cell]))
            if spread >= enough:
                break
        return spread


def attack(sets: dict[str, Linked]) -> tuple[int, int, int]:
    """(primary cells, those with a range under need(n), published cells with one possible numerator)."""
    primary = under = single = 0
    for linked in sets.values():
        reader, wanted = Attacker(linked), linked.needs(coding.need)
        for cell in np.flatnonzero(linked.protected):
            primary += 1
            under += reader.width(cell, wanted[cell]) < wanted[cell]
        for cell in np.flatnonzero(linked.published & (linked.most > 0)):
            single += reader.width(cell, 1) < 1
    return primary, under, single


def hidden_by(sets: dict[str, Linked], keys: set) -> dict[str, Linked]:
    """The same sets with the cells of `keys` hidden too."""
    changed = deepcopy(sets)
    for linked in changed.values():
        linked.published &= ~np.array([suppress.key(name) in keys for name in linked.names], dtype=bool)
    return changed


def run(districts: int, seed: int, measures: tuple[str, ...]) -> int:
    """One state, attacked three times; returns how much its proved release gave away."""
    table = cube.cells(students(districts, seed), (*measures, OTHER), cube.GROUPS[:2] + cube.GROUPS[-1:])
    here = table[table["measure"].isin(measures)]
    fresh, proved = cube.linked_sets(here), cube.linked_sets(here)
    begun = time.perf_counter()
    hidden, _ = suppress.protect(proved)
    seconds = time.perf_counter() - begun
    other, _ = suppress.protect(cube.linked_sets(table[table["measure"] == OTHER]))
    cells = sum(map(len, proved.values()))
    shown = {suppress.key(name) for linked in fresh.values() for name in linked.names}
    print(f"seed {seed}: {districts} districts, {cells:,} cells, {len(hidden):,} of {len(shown):,} places hidden, "
          f"proved in {seconds:.1f} s", flush=True)  # fmt: skip
    given = 0
    for words, sets in (("proved release", proved), ("small cells hidden alone", fresh),
                        (f"pattern made for {OTHER}", hidden_by(fresh, other))):  # fmt: skip
        primary, under, single = attack(sets)
        print(f"  {words:26} {under:4} of {primary} primary cells under need, {single:3} published with one numerator",
              flush=True)  # fmt: skip
        given += under + single if sets is proved else 0
    return given


def main() -> int:
    parser = argparse.ArgumentParser(description="Attack made-up releases as a reader who knows the rules would.")
    parser.add_argument("--districts", type=int, default=5, help="districts of each made-up state (5)")
    parser.add_argument("--seeds", type=int, default=3, help="how many states (3)")
    parser.add_argument("--measures", nargs="+", default=["reach"], choices=[m.name for m in cube.MEASURES])
    args = parser.parse_args()
    given = sum(run(args.districts, seed, tuple(args.measures)) for seed in range(args.seeds))
    print(f"Given away by proved releases: {given}")
    return 1 if given else 0


if __name__ == "__main__":
    sys.exit(main())
