"""Which cells have to be hidden: the small ones, and then as few others as the proof asks for.

Greedy, as tried on synthetic states: while a protected cell's range is too narrow, hide the published
cell with the fewest students for its dual price. One pattern serves all linked sets (measures) that are
released together: a cell hidden in one is hidden in all.
"""

from collections.abc import Callable, Hashable

import numpy as np

from analytics.disclosure.linked import Linked
from analytics.disclosure.proof import TIME_LIMIT, Proof, audit, prices

PRICE_FLOOR = 1e-7
MOST_AT_ONCE = 8


class NotProvable(Exception):
    """No pattern was found that protects a cell: nothing is published."""


def protect(
    sets: dict[str, Linked], time_limit: float = TIME_LIMIT, progress: Callable[[float], None] | None = None
) -> tuple[set[Hashable], dict[str, Proof]]:
    """Hide cells until every set is proved; returns the hidden cells' names and the proof of each set.

    sets   named linked sets. A cell's name is a tuple (measure, place...) whose part after the first is the
           cell's key; a key hidden in one set is hidden in every set and measure.
    Raises NotProvable where nothing is left to hide, SolverGaveUp where the solver does.
    """
    hidden = {key(name) for linked in sets.values() for name, shown in _shown(linked) if not shown}
    _hide(sets, hidden)
    proofs: dict[str, Proof] = {}
    known: dict[str, Proof] = {}
    while len(proofs) < len(sets):
        label = next(label for label in sets if label not in proofs)
        tell = progress and (lambda share, at=len(proofs): progress((at + share) / len(sets)))
        found = known[label] = audit(sets[label], time_limit, tell, known.get(label))
        if found.passed:
            proofs[label] = found
            if progress:
                progress(len(proofs) / len(sets))
            continue
        fresh = _victims(sets[label], found.failed) - hidden
        if not fresh:
            raise NotProvable(f"{sets[label].names[found.failed[0]]} cannot be protected")
        hidden |= fresh
        touched = _hide(sets, fresh)
        proofs = {kept: proof for kept, proof in proofs.items() if kept not in touched}
    return hidden, proofs


def key(name: tuple) -> Hashable:
    """The cell behind a name, whatever the measure."""
    return tuple(name[1:])


def _shown(linked: Linked):
    return ((name, shown) for name, shown in zip(linked.names, linked.published, strict=True) if name is not None)


def _hide(sets: dict[str, Linked], keys: set[Hashable]) -> set[str]:
    """Hide the keys everywhere; returns the labels of the sets in which something was newly hidden."""
    touched = set()
    for label, linked in sets.items():
        cells = np.array([name is not None and key(name) in keys for name in linked.names], dtype=bool)
        if (cells & linked.published).any():
            linked.published = linked.published & ~cells
            touched.add(label)
    return touched


def _victims(linked: Linked, failed: list[int]) -> set[Hashable]:
    """What to hide for the cells that failed: for the first of each place, because places hardly help each other."""
    first = {}
    for cell in failed:
        first.setdefault(linked.names[cell][2:3], cell)
    return {_victim(linked, cell) for cell in [*first.values()][:MOST_AT_ONCE]}


def _victim(linked: Linked, cell: int) -> Hashable:
    """The published cell to hide so that `cell` is better protected: the fewest students for its dual price."""
    if linked.published[cell]:  # a published cell with a single possible numerator goes itself
        return key(linked.names[cell])
    price, students = {}, {}
    for at, dual in enumerate(prices(linked, cell)):
        if linked.published[at]:
            name = key(linked.names[at])
            price[name] = price.get(name, 0.0) + dual
            students[name] = max(students.get(name, 0), int(linked.students[at]))
    priced = [name for name in price if price[name] > PRICE_FLOOR]
    # Where only whole numbers narrow the range, no price says which: the smallest one of the same place then.
    chosen = priced or [name for name in price if name[1:2] == linked.names[cell][2:3]] or [*price]
    if not chosen:
        raise NotProvable(f"{linked.names[cell]} cannot be protected")
    return min(chosen, key=lambda name: (students[name] / (price[name] if priced else 1.0), students[name], str(name)))
