"""An attack on releases: made-up districts with small groups, and a reader who knows all but the secret.

    python benchmarks/attack.py --districts 2 --seeds 20
    python benchmarks/attack.py --districts 30 --size 200 --measures reach --only-prove

The reader (tests/support/attacker.py) has the released texts, every number of students, the rules and the bands, and
runs own integer programs for both ends of each small hidden number and of each published one. Prints, for the proved
release and for two naive ones (small cells hidden alone; a pattern made for another measure), how many numbers are
given away. Ends with 1 when the proved release gives away one. Every student here is made up.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analytics.disclosure import as_published, cube, suppress  # noqa: E402
from analytics.disclosure.proof import SolverGaveUp  # noqa: E402
from tests.support.attacker import attack  # noqa: E402
from tests.support.states import students  # noqa: E402

OTHER = "silent"  # the measure whose pattern the second naive release takes
YEAR = "2025-26"


def hidden_at_first(sets: dict) -> set:
    """The primary cells: what is hidden before any proof."""
    named = (pair for linked in sets.values() for pair in zip(linked.names, linked.published, strict=True))
    return {suppress.key(name) for name, shown in named if name is not None and not shown}


def run(
    districts: int, seed: int, size: int, measures: tuple[str, ...], groups: tuple[str, ...], attacked: bool
) -> int:
    """One state, attacked three times; returns how much its proved release gave away."""
    frame = students(districts, seed, size=size)
    table = cube.cells(frame, measures, groups)
    sets = cube.linked_sets(frame, table)
    small = hidden_at_first(sets)
    begun = time.perf_counter()
    try:
        hidden, _ = suppress.protect(sets)
    except (SolverGaveUp, suppress.NotProvable) as error:
        raise SystemExit(f"seed {seed}: nothing is proved, so nothing could be released: {error}") from None
    seconds = time.perf_counter() - begun
    places = len(table.drop_duplicates(["band", "place", "group", "member"]))
    more, others = len(hidden) - len(small), places - len(small)
    print(f"seed {seed}: {districts} districts, {places:,} cells, {len(measures)} measures; {len(small):,} are small, "
          f"{more:,} of the {others:,} others hidden too; proved in {seconds:.1f} s", flush=True)  # fmt: skip
    if not attacked:
        return 0
    alone = cube.cells(frame, (OTHER,), groups)
    other, _ = suppress.protect(cube.linked_sets(frame, alone))
    given = 0
    for words, pattern in (("proved release", hidden), ("small cells hidden alone", small),
                           (f"pattern made for {OTHER}", small | other)):  # fmt: skip
        found = attack(frame, groups, as_published.tables({YEAR: (table, pattern)}), YEAR)
        single = sum("published" in why for *_, why in found)
        print(f"  {words:26} {len(found) - single:4} small groups under need, {single:3} published numbers known",
              flush=True)  # fmt: skip
        given += len(found) if pattern is hidden else 0
    return given


def main() -> int:
    parser = argparse.ArgumentParser(description="Attack made-up releases as a reader who knows the rules would.")
    parser.add_argument("--districts", type=int, default=1, help="districts of each made-up state (1)")
    parser.add_argument("--seeds", type=int, default=3, help="how many states (3)")
    parser.add_argument("--size", type=int, default=60, help="students of a school, on average (60)")
    names = [measure.name for measure in cube.MEASURES]
    parser.add_argument("--measures", nargs="+", default=names[:4], choices=names)
    parser.add_argument("--groups", nargs="+", default=["home_language", "iep", "race_ethnicity"], choices=cube.GROUPS)
    parser.add_argument("--only-prove", action="store_true", help="time the proof, without the attack")
    args = parser.parse_args()
    given = sum(
        run(args.districts, seed, args.size, tuple(args.measures), tuple(args.groups), not args.only_prove)
        for seed in range(args.seeds)
    )
    print(f"Given away by proved releases: {given}")
    return 1 if given else 0


if __name__ == "__main__":
    sys.exit(main())
