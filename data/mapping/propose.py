"""Columns -> a mapping: every field's column with a score and a reason, and all that follows from it.

The order of trust is person, remembered, guess. What must not be guessed becomes a question.
"""

import re
from datetime import date

from data.mapping import (
    assign,
    attended,
    by_year,
    choices,
    clock,
    dates,
    derive,
    evidence,
    headers,
    home_languages,
    known_words,
    order,
    other_date,
    questions,
    races,
    shapes,
    sides,
    ticks,
    translated,
    values,
    ways,
)
from data.mapping.columns import header_signature
from data.mapping.model import Choice, Column, Derived, Mapping
from data.mapping.words import concepts

_IDENTITY = ("student_id", "student_name", "last_name", "first_name")
_DATES = ("contact_date", "entry_date", "exit_date")


def propose(columns: list[Column], kind: str, context: dict | None = None) -> Mapping:
    """The mapping of a table of a kind ('contacts' or 'roster').

    context (all optional): `school_year`, `time_zone`, `today`, `tab_name`, `file_name`, `titles` (of each sheet, with
    its name), `student_from_tab` (the tab is the student), `remembered` and `choices` (see `data.mapping.choices`).
    Raises Refusal where a choice names what is not there.
    """
    context = context or {}
    mapping = Mapping(kind=kind, signature=header_signature([column.header for column in columns]))
    taken = _taken(mapping, columns, kind, context)
    _tab(mapping, context)
    remembered, chosen = context.get("remembered") or {}, context.get("choices") or {}
    mapping.constants = {
        **choices.constants_chosen(remembered, kind), **choices.constants_chosen(chosen, kind)
    }  # fmt: skip
    for field in mapping.constants:
        mapping.fields[field] = Choice(None, "", 1.0, "The same for every row, as given.", "constant")
        taken.pop(field, None)
    _lasted_by_clock(mapping, taken)
    mapping.units = known_words.units(taken, context, choices.scale_chosen(chosen) or choices.scale_chosen(remembered))
    mapping.values = known_words.known(taken, choices.values_chosen(remembered), choices.values_chosen(chosen))
    _given_if_different(mapping, taken, columns)
    mapping.dates = _dates(taken, columns, context, choices.order_chosen(chosen) or choices.order_chosen(remembered))
    mapping.derived = derive.plan(columns, taken, kind)
    if kind == "contacts" and "channel" not in {*taken, *mapping.derived, *mapping.constants}:
        mapping.derived |= ways.of_titles(context.get("titles") or [], taken)
    mapping.not_stored = _not_stored(columns, mapping)
    mapping.questions = questions.of(mapping, taken, columns)
    return mapping


def _taken(mapping: Mapping, columns: list[Column], kind: str, context: dict) -> dict[str, Column]:
    """Fill `mapping.fields`; give back the columns of fields and helpers."""
    settled = {
        **choices.columns_chosen(context.get("remembered") or {}, columns, kind, "remembered"),
        **choices.columns_chosen(context.get("choices") or {}, columns, kind, "person"),
    }
    used = {choice.column for choice in settled.values() if choice}
    free = [column for column in columns if column.index not in used]
    free = (
        _first_of_numbered(free)
        if kind == "contacts"
        else home_languages.only_of_home(by_year.of_latest(free, context.get("today") or date.today()))
    )
    found = assign.best(free, kind, frozenset(settled))
    if not any(field in found or settled.get(field) for field in _IDENTITY) and "record_id" in found:
        # The only id of a table without names is the student's, not the row's.
        found = assign.best(free, kind, frozenset(settled) | {"record_id"})
    if not any(field in found or settled.get(field) for field in _IDENTITY):
        found |= _named_students(free, kind)
    if {"first_name", "last_name"} <= set(found) and found.get("student_name", (None, 1.0))[1] < 0.85:
        # First and last names say it; another column of names is someone else's, or a nickname.
        found = assign.best(free, kind, frozenset(settled) | {"student_name"})
    came = attended.came(free) if kind == "contacts" and not {"contact_with", "outcome"} & set(settled) else None
    if came:
        # Its words for people are no outcomes, though “No one” among them is.
        found = assign.best([column for column in free if column is not came], kind, frozenset(settled))
        attended.prefer(found, came)
    _both_roles(found)
    sides.as_sender(found)
    sides.callers(found)
    translated.both(found, [column for column in free if column.filled])
    for field in ("_from", "_to"):
        # "From parent?" with yes and no asks for the direction and names nobody.
        if field in found and ticks.is_tick("direction", found[field][0]):
            del found[field]
    for field in ticks.TICKED:
        # "Reached" with ticks, beside "Left message" with ticks, is one of several columns and not the field.
        several = field in found and sum(ticks.is_tick(field, column) for column in free) > 1
        if several and ticks.is_tick(field, found[field][0]):
            del found[field]
    if kind == "roster" and found.get("race_ethnicity", (None,))[0] in races.ticked(free):
        del found["race_ethnicity"]
    taken = {field: column for field, (column, _) in found.items()}
    for field, (column, score) in found.items():
        if not field.startswith("_"):
            mapping.fields[field] = Choice(column.index, column.header, round(score, 3), _reason(field, column, kind))
    for field, choice in settled.items():
        if choice:
            mapping.fields[field] = choice
            taken[field] = next(column for column in columns if column.index == choice.column)
    return taken


def _first_of_numbered(columns: list[Column]) -> list[Column]:
    """The columns without those that stand beside a first one: of "Contact 1" and "Contact 2" in a row the second must
    not be taken for the way of contact and the first for something else."""
    firsts = {column.header[:-1] for column in columns if column.filled and re.search(r"\D1$", column.header)}
    return [
        column for column in columns if not (re.search(r"\D[2-9]$", column.header) and column.header[:-1] in firsts)
    ]


def _named_students(columns: list[Column], kind: str) -> dict[str, tuple[Column, float]]:
    """The column whose header clearly names the students, though its texts do not look like names ("Ana & Luis
    Lopez"): each of them is told as a student whom no roster has, which says more than that there is no column."""
    clear = [
        column
        for column in columns
        if column.filled
        and headers.scores(column.header, kind).get("student_name", 0.0) >= 0.9
        and (evidence.fit("student_name", column) or 0) > -0.5
    ]
    return {"student_name": (clear[0], 0.4)} if len(clear) == 1 else {}


def _both_roles(found: dict):
    """Beside a sender's role, the recipient's is one of two: what a parent wrote to a teacher is with the family."""
    whom = found.get("contact_with")
    if whom and "_sender_type" in found and "RECIPIENT" in concepts(whom[0].header)[0]:
        found.setdefault("_recipient_type", found.pop("contact_with"))


def _reason(field: str, column: Column, kind: str) -> str:
    name = headers.scores(column.header, kind).get(field, 0.0)
    fit = evidence.fit(field, column)
    says = f"the header “{column.header}” says so" if name >= 0.75 else f"the header “{column.header}” may mean it"
    if not name:
        says = f"the header “{column.header}” does not say"
    if fit is None:
        return f"{says[0].upper()}{says[1:]}; the column is empty."
    look = "fit well" if fit >= 0.8 else "fit" if fit >= 0.4 else "fit in part"
    if field in evidence.VOCABULARIES:
        known = shapes.weighted(column, lambda text: values.recognize(field, text) is not None)
        return f"{says[0].upper()}{says[1:]}, and {known:.0%} of its values are known words."
    beside = f"and its values {look}" if fit > 0 else "but its values do not look like it"
    return f"{says[0].upper()}{says[1:]}, {beside}."


def _tab(mapping: Mapping, context: dict):
    named = any(field in mapping.fields for field in ("student_id", "student_name", "last_name"))
    if context.get("student_from_tab") and not named:
        reason = "No column names the student: each tab is one student."
        mapping.fields["student_name"] = Choice(None, "", 0.9, reason, "tab")


def _given_if_different(mapping: Mapping, taken: dict[str, Column], columns: list[Column]):
    """Of a stamp and a date that is given where it differs, the given one is the date, unless a person chose."""
    when, pair = mapping.fields.get("contact_date"), other_date.of(columns, taken)
    if when and pair and when.source == "guess":
        taken["contact_date"] = pair[0]
        reason = f"The header “{pair[0].header}” asks for the date where it is another."
        mapping.fields["contact_date"] = Choice(pair[0].index, pair[0].header, 0.95, reason)


def _lasted_by_clock(mapping: Mapping, taken: dict[str, Column]):
    """A "Duration" of bare numbers does not say whether it is in minutes or seconds; start and end do."""
    lasted = mapping.fields.get("minutes")
    guessed = lasted and lasted.source == "guess" and known_words.unitless(taken["minutes"])
    if guessed and derive.start_and_end(taken)[1]:
        del mapping.fields["minutes"], taken["minutes"]


def _dates(taken: dict[str, Column], columns: list[Column], context: dict, chosen: str | None) -> dict:
    found = {}
    for field in _DATES:
        if field in taken:
            column = taken[field]
            found[field] = order.decide_as(column, context, chosen) if chosen else order.decide(column, context)
    pair = other_date.of(columns, taken)
    if pair and pair[0] is taken.get("contact_date"):
        found |= other_date.choices(*pair, context, chosen)
    if "contact_date" in found and "contact_time" in taken:
        when, times = found["contact_date"], taken["contact_time"]
        when.time_column = times.header
        # Start and end are of one clock: "12:45" to "1:15".
        _, end = derive.start_and_end(taken)
        when.afternoon = dates.of_the_afternoon(times.seen | (end.seen if end else set()))
        when.sentence += " Times from 1:00 to 5:59 are read as afternoon." if when.afternoon else ""
        when.sentence += clock.at_night_as_written(times.seen)
    return found


def _not_stored(columns: list[Column], mapping: Mapping) -> list[str]:
    stored = {choice.column for choice in mapping.fields.values()}
    # Of notes only what they tell is kept; other columns that a field is read from are in it.
    plainly = [rule for rule in mapping.derived.values() if rule.how not in ("notes", "packed")]
    read = {header for rule in plainly for header in rule.headers}
    read |= {mapping.date.otherwise} if mapping.date else set()
    return [
        column.header for column in columns
        if column.index not in stored and column.filled and column.header not in read
    ]  # fmt: skip


def derived_headers(mapping: Mapping) -> list[str]:
    """The headers whose texts `derive_fields` needs, each once."""
    rules: list[Derived] = list(mapping.derived.values())
    return list(dict.fromkeys(header for rule in rules for header in rule.headers if header))
