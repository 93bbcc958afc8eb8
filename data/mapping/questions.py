"""What must be asked about a file and not guessed: with whom it was, grades of two meanings, the order of dates, sheets
of counts ("Calls: 3, Texts: 1"), which are no logs: in a log each contact has a row. Sheets of other uses are asked
about by `data.mapping.otherwise`.
"""

import re

from data.mapping import cells, choices, codes, date_questions, dates, known_words, otherwise, shapes, ticks, values
from data.mapping.model import Column, Mapping, Question
from data.mapping.words import concepts, plain

_NUMBER = re.compile(r"\d{1,2}(\.0)?")
_FAMILY_CONTACT = re.compile(
    r"\b(parents?|family|families|guardians?|home) (contact|communication|call|conference|outreach|engagement)s?\b"
)
_TRIES = re.compile(r"\b(attempts|tries|retries|redials)\b")
# "# of contacts", "Number of calls", "Times contacted": of more contacts than the one that a row is.
_HOW_MANY = re.compile(
    r"^\s*((#|no\.?|num(ber)?|how many|count) *(of )?((parent|family|home|phone|total) )*"
    r"(contacts|calls|texts|e-?mails|messages|letters|visits|voicemails)|how many times|(number of |# of )?times "
    r"(contacted|called|texted|e-?mailed))\b",
    re.I,
)
_MANY_TYPES = 20
_PLACES = frozenset(dates.MONTHS) | {"first", "second", "third", "fourth", "fifth"}
_MORE = "further contacts"
_SIDES = {"contact_date": "dates of further contacts", "channel": _MORE, "outcome": _MORE,
          "student_name": "names of further students", "student_id": "numbers of further students"}  # fmt: skip
# The end of a call is no further one.
_LATER = re.compile(r"\b(end|ended|ends|finish|finished|stop|stopped|disconnect|disconnected|hang ?up|hung ?up|fin)\b")
# Who did not sign up for a conference was not contacted by it.
_SIGNED_UP = re.compile(r"(parents? |family )?(signed up|sign up|rsvp|booked|appointment( made)?|slot (taken|booked))$")
_FOLLOW_UP = re.compile(r"\bfollow ?up\b")
_OF_ASKING = frozenset({"FAMILY", "HOME", "CALL", "CONTACT", "OUTCOME", "STAFF"})
_TICKS = frozenset({"0", "1", "0.0", "1.0"})


def of(mapping: Mapping, taken: dict[str, Column], columns: list[Column]) -> list[Question]:
    """The questions of a mapping whose fields `taken` are these columns."""
    asked = otherwise.questions(mapping.kind, [column.header for column in columns])
    if mapping.kind == "contacts":
        asked += [
            *_about_whom(mapping, taken, columns), *_about_counts(mapping, columns),
            *_side_by_side(mapping, taken, columns), *_about_packed(columns), *_about_seconds(taken),
            *_about_not_made(mapping, columns), *_about_other_outcome(mapping, taken, columns),
        ]  # fmt: skip
    grade = taken.get("grade")
    texts = [text for text, _ in grade.top] if grade else []
    unclear = [text for text in texts if codes.grade(text, mapping.units["grade"]).problem == "ask_grade"]
    if [text for text in unclear if text not in mapping.values.get("grade", {})]:
        sentence = (
            f"“{grade.header}” has grades such as {unclear[0]}. Some systems mean pre-kindergarten by it, others "
            "transitional kindergarten: which is it here?"
        )
        asked.append(Question("ask_grade", sentence, ["PK", "TK"], "grade"))
    return asked + date_questions.about(mapping.date)


def _about_whom(mapping: Mapping, taken: dict[str, Column], columns: list[Column]) -> list[Question]:
    """Codes and words that may tell contacts with families from others, but do not say so by themselves."""
    whom = taken.get("contact_with")
    options = choices.allowed_values("contact_with")
    if whom:
        told = mapping.values.get("contact_with", {})
        texts = [text for text, _ in whom.top if text not in told and values.read("contact_with", text).problem]
        if not texts:
            return []
        sentence = (
            f"“{whom.header}” has words that do not say with whom it was, such as “{texts[0]}”. Those rows count as "
            "contacts with families: say if they are not."
        )
        return [Question("ask_contact_with", sentence, options, "contact_with")]
    codes_of_types = [column for column in columns if {"LOGTYPE", "ID"} <= concepts(column.header)[0] and column.top]
    if "contact_with" in mapping.derived:
        return []
    if not codes_of_types:
        return _about_other_entries(mapping, columns)
    column = codes_of_types[0]
    shown = ", ".join(text for text, _ in column.top[:4])
    sentence = (
        f"“{column.header}” has codes ({shown}) that differ from site to site. If some stand for contacts with staff "
        "or students, choose the column for “contact_with” and say what each code means."
    )
    return [Question("ask_contact_with", sentence, options, "contact_with")]


def _about_other_entries(mapping: Mapping, columns: list[Column]) -> list[Question]:
    """A column that is not read and calls some rows contacts with families and others something else: "Family
    communication" beside "Merit" and "Detention"."""
    for column in columns:
        named = concepts(column.header)[0]
        typed = named & {"TYPE", "CATEGORY", "LOGTYPE"} and "FOLLOWUP" not in named
        if column.header not in mapping.not_stored or not typed or column.distinct > _MANY_TYPES:
            continue
        texts = [text for text, _ in column.top]
        others = [text for text in texts if not _FAMILY_CONTACT.search(plain(text))]
        if others and len(others) < len(texts):
            said = next(text for text in texts if text not in others)
            sentence = (
                f"“{column.header}” calls some rows “{said}” and others “{others[0]}”, and all count as contacts with "
                "families. If some are none, delete them from the file, or choose the column for “contact_with” and "
                "say what each word means."
            )
            return [Question("ask_contact_with", sentence, choices.allowed_values("contact_with"), "contact_with")]
    return []


def _side_by_side(mapping: Mapping, taken: dict[str, Column], columns: list[Column]) -> list[Question]:
    """Further contacts beside the first ("Attempt 2 date", "October" beside "September", "2nd attempt", dates under
    "Phone" and "Conference" each), which would not come in."""
    for field, what in _SIDES.items():
        first = taken.get(field)
        free = [column for column in columns if column.header in mapping.not_stored]
        more = [column.header for column in free if first and _goes_on(field, first, column)]
        if more:
            sentence = (
                f"{', '.join(f'“{header}”' for header in more)} hold{'s' if len(more) == 1 else ''} {what} "
                f"beside “{first.header}”. A log has a row for each contact: give them rows of their own, as only the "
                "first of each row comes in."
            )
            return [Question("side_by_side", sentence, ["load the first of each row", "stop"])]
    return []


def _about_packed(columns: list[Column]) -> list[Question]:
    """Several dated contacts in a cell, beside a column of dates: only one of them comes in."""
    several = cells.several_in_a_cell(columns)
    sentence = f"{several} As it is, each row comes in as one contact."
    return [Question("side_by_side", sentence, ["load one of each row", "stop"])] if several else []


def _goes_on(field: str, first: Column, column: Column) -> bool:
    """Does a column hold for a further contact what another holds for the first?"""
    header = column.header
    if _LATER.search(plain(header)):
        return False
    if field in ("student_name", "student_id"):
        alike = shapes.share(column, shapes.is_name if field == "student_name" else shapes.is_number) > 0.5
    elif field == "contact_date":
        alike = shapes.share(column, shapes.is_date) > 0.8
        ways = [values.recognize("channel", one) for one in (header, first.header)]
        if all(ways) and header != first.header:
            return alike
    else:
        alike = shapes.weighted(column, _of_contact) > 0.5
        if _FOLLOW_UP.search(plain(header)):
            return alike and _without_follow_up(header) == plain(first.header)
    return alike and _unplaced(header) != plain(header) and _unplaced(header) == _unplaced(first.header)


def _of_contact(text: str) -> bool:
    return any(values.recognize(field, text) for field in ("channel", "outcome"))


def _unplaced(header: str) -> str:
    """A header without what tells it from others of its kind: "Attempt 2 date", "Second call", "October"."""
    return " ".join(word for word in plain(header).split() if not (word[0].isdigit() or word in _PLACES))


def _without_follow_up(header: str) -> str:
    """A follow-up has a way of contact or an outcome of its own; its date alone may be one that is planned."""
    return _FOLLOW_UP.sub("", plain(header)).strip()


def _about_not_made(mapping: Mapping, columns: list[Column]) -> list[Question]:
    """A column that is not read and says of some rows that no family was contacted: "Parent called?" or "Called" with
    yes and no, as in a log of a nurse's visits or of absences."""
    for column in columns:
        named = concepts(column.header)[0]
        asks = named & {"CALL", "CONTACT"} and named <= _OF_ASKING or _SIGNED_UP.match(plain(column.header))
        if asks and "back" in plain(column.header).split():
            continue  # who did not call back was called
        if asks and not named & {"FAMILY", "HOME"}:
            # "Calls" with 0, 1 and 2 counts them.
            asks = not any(text.strip().isdigit() for text, _ in column.top)
        answers = {codes.boolean("any", text).value for text, _ in column.top} if asks else set()
        if column.header in mapping.not_stored and False in answers:
            sentence = (
                f"“{column.header}” says no in some rows, which come in as contacts with families like the others. "
                f"Delete those in which no family was contacted, or choose “{column.header}” for the outcome."
            )
            return [Question("not_made", sentence, ["load all rows", "stop"])]
    return []


def _about_other_outcome(mapping: Mapping, taken: dict[str, Column], columns: list[Column]) -> list[Question]:
    sentence = ticks.unread([column for column in columns if column.header in mapping.not_stored], taken)
    return [Question("other_outcome", sentence, ["the outcome is right", "stop"])] if sentence else []


def _about_seconds(taken: dict[str, Column]) -> list[Question]:
    lasted = taken.get("minutes")
    if lasted is not None and known_words.maybe_seconds(lasted):
        sentence = (
            f"“{lasted.header}” does not say whether its numbers are minutes or seconds, and they are not rounded as "
            f"minutes usually are: they are read as minutes. If they are seconds, call the column “{lasted.header} "
            "(seconds)” and load the file again."
        )
        return [Question("maybe_seconds", sentence, [], "minutes")]
    if lasted is None or not known_words.in_seconds(lasted):
        return []
    longest = max(lasted.seen, key=lambda text: int(text))
    sentence = (
        f"“{lasted.header}” holds numbers such as {longest}, too long for minutes of a contact: they are read as "
        f"seconds. If they are minutes, call the column “{lasted.header} (minutes)” and load the file again."
    )
    return [Question("in_seconds", sentence, [], "minutes")]


def _about_counts(mapping: Mapping, columns: list[Column]) -> list[Question]:
    """The question whether a row is one contact, where columns named after ways of contact hold numbers and no column
    says the way."""
    if "channel" in mapping.fields or "channel" in mapping.derived:
        return _about_times(mapping, columns)
    # How often a system dialed before the outcome that is given is no count of contacts.
    dialed = "outcome" in mapping.fields
    counted = [
        column
        for column in columns
        if column.header in mapping.not_stored
        and _counts(column)
        and not (dialed and _TRIES.search(plain(column.header)))
    ]
    return _asked_of_counts(counted)


def _about_times(mapping: Mapping, columns: list[Column]) -> list[Question]:
    """The same, where a column of a log says how many contacts a row stands for ("# of calls")."""
    free = [column for column in columns if column.header in mapping.not_stored and _HOW_MANY.match(column.header)]
    return _asked_of_counts([column for column in free if all(_NUMBER.fullmatch(text) for text, _ in column.top)])


def _asked_of_counts(counted: list[Column]) -> list[Question]:
    if not any(text not in _TICKS for column in counted for text, _ in column.top):
        return []
    listed = ", ".join(f"“{column.header}”" for column in counted)
    sentence = (
        f"{listed} hold{'s' if len(counted) == 1 else ''} numbers, as in a sheet that counts contacts. A log has a row "
        "for each contact: here each row would come in as one contact, whatever its numbers are."
    )
    return [Question("counts", sentence, ["a row is one contact", "stop"])]


def _counts(column: Column) -> bool:
    named = len(plain(column.header).split()) <= 2 and values.recognize("channel", column.header)
    return bool(named) and all(_NUMBER.fullmatch(text) for text, _ in column.top)
