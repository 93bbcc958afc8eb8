"""The words of the upload pages: fields, counts, scores and steps as people read them."""

from analytics.figures.words import CHANNELS, capital, count, counted, missing
from data.load import zeros
from data.mapping.labels import LABELS

STEPS = ("Drop files", "Check what was understood", "Load", "See it")

KINDS = {"contacts": "Contact log", "roster": "Roster"}

ORDERS = {
    "mdy": "Month first (9/30/2025)",
    "dmy": "Day first (30/9/2025)",
    "ymd": "Year first (2025-09-30)",
}

COUNTS = {
    "rows_read": ("Rows read", "Rows below the headers."),
    "rows_new": ("New", "Rows that the store does not hold yet."),
    "rows_loaded": ("Came in", "Rows that are in the store now because of this file."),
    "rows_duplicate": ("Already there", "Rows that came with an earlier file. They are not counted twice."),
    "rows_changed": ("Read differently", "Rows that are there already and say something else now."),
    "rows_set_aside": ("Set aside", "Rows that cannot be used until they are mended."),
    "rows_unmatched": ("Waiting", "For a student: no roster names one yet, or several have the name."),
    "rows_not_family": ("Not with family", "Contacts with staff, students or others. They are not stored."),
    "rows_left_out": ("Left out", "Drafts, restricted rows and students marked as gone."),
}


# Values of a log whose stored names are not how people say them.
VALUES = {
    **{name: label.lower() for name, label in CHANNELS.items()},
    "outbound": "school to family",
    "inbound": "family to school",
    "two_way": "both ways",
    "unknown": "not known",
    "iep": "IEP",
}
# Fields that hold one of a few values; every other text is shown as it stands.
OF_A_VOCABULARY = (
    "channel", "direction", "outcome", "initiated_by", "audience", "topic", "tone", "language", "interpreter",
    "student_present", "home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender",
)  # fmt: skip


def field(name: str) -> str:
    """A field as people call it."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def value(said) -> str:
    """A value of a vocabulary as people read it."""
    if said is None:
        return "Stored without it"
    if isinstance(said, bool):
        return "Yes" if said else "No"
    return VALUES.get(said, str(said).replace("_", " "))


def cell(said) -> str | None:
    """A value of a vocabulary as a table shows it: "Left message"."""
    if missing(said):
        return None
    text = value(bool(said) if str(said) in ("True", "False") else said)
    return capital(text)


def sure(choice) -> str:
    """How sure the reading of a column is."""
    if choice.source == "person":
        return "Chosen by you"
    if choice.source == "remembered":
        return "Remembered"
    if choice.source in ("constant", "tab"):
        return "The same for all rows" if choice.source == "constant" else "From the tab"
    if choice.score >= 0.85:
        return "Sure"
    return "Likely" if choice.score >= 0.6 else "Please check"


# Why rows wait, and what ends it: true of ids and names that no roster has, and of names that several students have.
WAITING = (
    "A row whose student no roster names joins by itself when a roster does; where several students have the name, or "
    "one has nearly the same, say who is meant."
)
STATUSES = {"loaded": "Comes in", "duplicate": "Already there", "unmatched": "Waits"}


def things(kind: str, number: int) -> str:
    """ "1,204 contacts", "1 roster row"."""
    return counted(number, "contact" if kind == "contacts" else "roster row")


def rows(number: int) -> str:
    """ "1 row", "20 rows"."""
    return counted(number, "row")


def rows_that(number: int, one: str, more: str) -> str:
    """ "1 row waits", "20 rows wait"."""
    return f"{rows(number)} {one if number == 1 else more}"


def to_load(preview) -> int:
    """The rows that a commit would store newly: those with a student, and those that wait for one."""
    return preview.counts["rows_new"] + preview.counts["rows_unmatched"]


def button(preview) -> str:
    """What the button says, so that nobody wonders what it does."""
    number = to_load(preview)
    if not number and preview.kind == "roster":
        return "Load this roster: no row is new"
    return f"Load {things(preview.kind, number)}"


def headline(preview) -> str:
    """What a commit would do, in one sentence."""
    number, kind = to_load(preview), KINDS[preview.kind].lower()
    if preview.already:
        return f"{preview.file_name} is loaded already"
    if not number:
        return f"Nothing in {preview.file_name} is new"
    aside, waits = preview.counts["rows_set_aside"], preview.counts["rows_unmatched"]
    tail = f", {'all' if waits == number else f'{count(waits)} of them'} to wait for their student" if waits else ""
    tail += f"; {rows_that(aside, 'needs', 'need')} mending" if aside else ""
    return f"{preview.file_name} is a {kind}: {things(preview.kind, number)} can be loaded{tail}"


def came_in(name: str, kind: str, number: int, waits: int) -> str:
    """What a commit has stored: "45 contacts of calls.xlsx came in and 6 wait for their student"."""
    wait = "waits for its student" if waits == 1 else "wait for their student"
    if waits and not number:
        return f"{things(kind, waits)} of {name} {wait}"
    return f"{things(kind, number)} of {name} came in{f' and {count(waits)} {wait}' if waits else ''}"


def sentence_of(group) -> str:
    """A problem group's sentence with its examples in it."""
    *others, last = [f"“{text}”" for text in group.examples[:3]] or ["A value"]
    examples = f"{', '.join(others)} or {last}" if others else last  # "“a”, “b” or “c” is not …": each of them
    return group.sentence.replace("“{value}”", examples).replace("{value}", examples)


def choices(said_so) -> str:
    """What a person decided about a file (`data.load.Choices`), as one sentence."""
    said = [
        f"{field(name)} is “{header}”" if header else f"{field(name)} is in no column"
        for name, header in said_so.fields.items()
    ]
    said += [f"{field(name)} is always {value(text)}" for name, text in said_so.constants.items()]
    said += [f"“{text}” means {value(meant)}" for texts in said_so.values.values() for text, meant in texts.items()]
    said += [ORDERS[said_so.date_order].lower()] if said_so.date_order else []
    said += [f"-1 is grade {said_so.grade_scale}"] if said_so.grade_scale else []
    said += [zeros.in_words(said_so.id_digits)] if said_so.id_digits is not None else []
    return "; ".join(said) + "."
