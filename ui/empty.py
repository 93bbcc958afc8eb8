"""What a page says when there is nothing to show: what is missing, and what to do."""

from dataclasses import dataclass

from analytics.answer import NO_FILTER
from analytics.figures import words

HOW = "Open Upload in the menu and drop the file in; you see what was understood before anything is loaded."
NO_SAMPLE = "The sample district is shown only until the first file of your own is loaded, never beside own files."


@dataclass(frozen=True)
class Missing:
    """A headline and the next step."""

    headline: str
    what_to_do: str


def missing(offered) -> Missing | None:
    """What the store lacks for any number at all, or None."""
    if offered.students and offered.has_contacts:
        return None
    if offered.students:
        return Missing(
            f"{words.count(offered.students)} students are on the roster; no contact is loaded yet",
            f"Load a contact log: a spreadsheet of calls, messages, visits or meetings with families. {HOW}",
        )
    if offered.named:
        return _not_spelled_so(offered.named)
    if offered.waiting:
        return Missing(
            f"{words.count(offered.waiting)} contacts wait for a roster",
            "Contacts count for students who are enrolled. Load a roster with student ids, schools and grades, and "
            f"the waiting contacts find their students by themselves. {HOW}",
        )
    return Missing("Nothing is loaded yet", f"Load a roster first, then the contact logs. {HOW} {NO_SAMPLE}")


def _not_spelled_so(named: tuple[str, ...]) -> Missing:
    """For somebody who may see these schools, or districts, alone.

    Whether rosters of others are loaded is not said; but nobody shall load a file because a name is misspelled.
    """
    return Missing(
        f"No roster names {words.joined(named)}",
        "That is all that you may see. If it has another name in the rosters, ask your district's administrator to "
        f"correct what you see. If its roster is not loaded yet: {HOW}",
    )


def filtered(answer) -> str:
    """Why the filters in force leave nothing, and what to change."""
    said = " ".join(answer.notes)
    if said.endswith(NO_FILTER):
        return said
    return f"{said} Nothing is counted under these filters. Choose a longer period, or clear a filter.".strip()
