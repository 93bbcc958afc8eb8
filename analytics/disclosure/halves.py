"""No student holds over half of the contacts of a published rate: what that says of kinds of students."""

from collections.abc import Iterable

from analytics.disclosure.linked import Row


def rows(
    cell: int, shown, students: Iterable[int], contacts: list[int], reached: list[int] | None, usual: int
) -> list[Row]:
    """Of each kind in a published cell, where a likely number of contacts could be over half.

    `shown`: the row of the cell, with the ends of its band. `students`: how many each kind has; `contacts`, `reached`:
    their unknowns; `usual`: the most contacts of one student that are looked at.
    """
    made = []
    if shown.low >= 2 * usual:
        return made
    for at, count in enumerate(students):
        if count == 1:
            made.append(Row(cell, [contacts[at], cell], [2.0, -1.0], high=0))
        elif reached is not None and shown.high // 2 < usual:
            made.append(Row(cell, [contacts[at], reached[at]], [1.0, -float(shown.high // 2)], high=0))
    return made
