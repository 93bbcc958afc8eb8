"""Columns of ticks: one for each way of contact or result, ticked in the rows where it was used.

Owns which columns are such and what field they give; what the ticks of a row say is read in `data.mapping.derived`.
"""

from data.mapping import boxes, values
from data.mapping.derived import answer_of, marked
from data.mapping.labels import LABELS
from data.mapping.model import Column, Derived

_NOT_MET = frozenset({"no_answer", "not_delivered", "left_message"})
_SAYS_NO = (
    " A no to whether somebody was reached, with nothing else ticked, is nobody reached; not so of what was written."
)
TICKED = ("channel", "outcome", "direction", "initiated_by", "topic", "tone")


def rule(columns: list[Column], taken: dict[str, Column]) -> dict[str, Derived]:
    """A column for each method or result with a tick where it was used: "Phone", "Email", "Left message"."""
    used = {column.index for column in taken.values()}
    found = {}
    for field in TICKED:
        ticked = [column for column in columns if column.index not in used and is_tick(field, column)]
        headers = [column.header for column in ticked]
        # "No answer (Y/N)" alone says what became of the rest, too: nothing that is known.
        # "Spoke with parent" alone says whom it was that a tick stands for.
        meant = {values.recognize(field, answer_of(field, header))[0] for header in headers}
        alone = field == "outcome" and meant & (_NOT_MET | {"reached"})
        if len(headers) > 1 or alone:
            # "Emailed" is a way and a result: it is read as one of them.
            used |= {column.index for column in ticked}
            listed = ", ".join(f"“{header}”" for header in headers)
            sentence = f"{LABELS[field]} is the first ticked of {listed}."
            if field == "outcome" and "reached" in meant:
                headers, sentence = [*headers, "", *_of_channel(taken, found)], f"{sentence}{_SAYS_NO}"
            found[field] = Derived("ticks", headers, sentence)
    return found


def _of_channel(taken, found: dict[str, Derived]) -> list[str]:
    """The headers of the column of the way of contact, or of its ticks."""
    if "channel" in taken:
        return [taken["channel"].header]
    return found["channel"].headers if "channel" in found else []


def unread(free: list[Column], taken: dict[str, Column]) -> str:
    """What is said of ticks that are not read and say of some rows that nobody was reached ("Voicemail: Yes"), beside a
    column of outcomes: phone systems call a call to a voicemail completed. "" where there are none."""
    missed = [column.header for column in free if "outcome" in taken and _missed(column)]
    if not missed:
        return ""
    said = taken["outcome"].header
    return (
        f"“{missed[0]}” says yes in some rows, whose outcome is read from “{said}” alone. Where that calls them "
        f"reached or completed, write the right outcome into “{said}”, or choose “{missed[0]}” for the outcome."
    )


def _missed(column: Column) -> bool:
    if not is_tick("outcome", column):
        return False
    met = values.recognize("outcome", answer_of("outcome", column.header))[0] not in _NOT_MET
    return not met and any(marked(text) for text in boxes.spelt(text for text, _ in column.top))


def is_tick(field: str, column: Column) -> bool:
    """Is it a column of ticks whose header is itself a value of the field?"""
    known = values.recognize(field, answer_of(field, column.header))
    sure = known and (known[1] or field == "outcome")
    return bool(sure and column.top) and all(
        marked(text) is not None for text in boxes.spelt(text for text, _ in column.top)
    )
