"""Workbook -> an open preview with mapped tables: which tables are loaded, as what, how each column is read.

A person's choices come before remembered ones, and those before guesses. What is passed over is said in a notice.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from data import mapping as meaning
from data.load import checks, hold, remembering, set_aside, tab_grades, tab_schools, tab_ways, tables
from data.load.choices import Asked, Choices
from data.load.fields import FIELDS, OF_KIND
from data.load.preview import Preview, SheetPlan
from data.load.uploads import earlier_upload, loaded_before
from data.mapping.words import plain
from data.readers import Notice
from data.roster import years

_SAMPLES = 5
_BARE_DATE = re.compile(r"(start|begin|beginning|end|ending|stop|from|to|effective)( date)?")
_PROGRAM = re.compile(
    r"(programs?|services?|courses?|class|section|activity|intervention|track)( (name|title|type|code))?"
)


def choose_tables(workbook, asked: Asked) -> tuple[list, list[Notice]]:
    """The tables to load, all of one kind: the kind that was said, else the one with most of the rows."""
    found, notices = tables.find_tables(workbook, asked.choices)
    guessed = {table.kind for table in found}
    kind = asked.kind or max(sorted(guessed), key=lambda one: sum(table.size for table in found if table.kind == one))
    chosen = [table for table in found if table.kind == kind] or found
    for table in found:
        if table not in chosen:
            words = "a roster" if table.kind == "roster" else "a contact log"
            notices.append(
                Notice(
                    "other_kind",
                    f"{table.names} looks like {words} and was not loaded with the rest: load the "
                    "file again as that kind.",
                )
            )
    for table in chosen:
        table.kind, table.alone = kind, len(guessed) == 1
    return chosen, notices


def first_table(workbook, choices: Choices, kind: str | None):
    """The first table of a file that cannot be loaded as it is, with what its columns seem to hold, for a person to say
    what they do. Raises the Refusal of a file without a table."""
    table = tables.find_tables(workbook, choices)[0][0]
    table.kind = kind or table.kind
    table.mapping = meaning.propose(table.columns, table.kind, {"choices": choices.for_mapping()})
    return table


def of_kind(asked: Asked, kind: str) -> tuple[Asked, list[Notice]]:
    """The choices without fields that only the other kind has: one command may load a log and a roster."""
    other = [name for name in asked.choices.fields if name in FIELDS and name not in OF_KIND[kind]]
    if not other:
        return asked, []
    kept = {name: header for name, header in asked.choices.fields.items() if name not in other}
    words = "a roster" if kind == "roster" else "a contact log"
    notices = [
        Notice("other_field", f"“{name}” is no field of {words}: what was said about it was passed over.")
        for name in other
    ]
    return replace(asked, choices=replace(asked.choices, fields=kept)), notices


def open_preview(cursor, workbook, kind: str, signature: str, asked: Asked, alone: bool = True) -> Preview:
    """A preview without rows yet; `already` is set where these bytes are loaded. Raises Refusal for other choices of
    the same bytes, and for a school that the roster does not have."""
    # A workbook with a roster and a log in it is loaded twice, once as each.
    sha256 = workbook.sha256 if alone else f"{workbook.sha256}:{kind}"
    preview = Preview(
        cursor,
        workbook.file_name,
        sha256,
        kind,
        asked.district,
        asked.school,
        asked.choices,
        signature,
        sheets=[],
        notices=list(workbook.notices),
        allowed_schools=asked.allowed_schools,
    )
    earlier = earlier_upload(cursor, sha256)
    if earlier:
        checks.refuse_other_choices(earlier, asked)
        preview.already = loaded_before(earlier)
        preview.district, preview.school = earlier["district"], earlier["school"]
    if kind == "contacts" and preview.school:
        checks.refuse_unknown_school(cursor, preview.district, preview.school)
    return preview


def map_tables(cursor, preview: Preview, found: list, workbook, asked: Asked, settings: dict) -> list:
    """Give each table its mapping; tables that lack what their kind needs are named and left out."""
    kept, refused = [], None
    for table in found:
        remembered = remembering.recall(cursor, table.signature, preview.kind, preview.district)
        table.context = _context(table, workbook, asked, settings, remembered)
        table.mapping = meaning.propose(table.columns, preview.kind, table.context)
        preview.notices += tab_schools.read(cursor, table, preview)
        preview.notices += [*tab_grades.read(table, preview), *tab_ways.read(table, preview)]
        refusal = checks.missing_field(table, preview)
        if refusal:
            refused = refused or refusal
            preview.notices.append(Notice("sheet_skipped", f"{table.names} was not read: {refusal.sentence}"))
            continue
        kept.append(table)
        preview.remembered = remembered.over(preview.remembered)
        preview.choices = asked.choices.over(remembered) if asked.choices.corrects else asked.choices
        asked_now = [one for one in table.mapping.questions if one.code not in hold.OF_MAPPINGS]
        preview.questions += [one for one in asked_now if one not in preview.questions]
        preview.not_stored += [
            header
            for header in table.mapping.not_stored
            if header not in preview.not_stored and header not in set_aside.OWN_HEADERS
        ]
        preview.sheets += _sheet_plans(table)
        said = [Notice("derived", how.sentence) for how in table.mapping.derived.values()]
        said += [Notice("dates", table.mapping.date.sentence)] if table.mapping.date else []
        said += [*_blanks(table), *_dates_of_programs(table)] if preview.kind == "roster" else []
        # Of several sheets that are read alike it is said once.
        preview.notices += [one for one in dict.fromkeys(said) if one not in preview.notices]
        if table.mapping.units.get("minutes_typed") == "m":
            preview.notices.append(Notice("minutes", _typed_minutes(table.mapping.header_of("minutes"))))
    if not kept:
        raise refused
    preview.signature = kept[0].signature
    return kept


def _sheet_plans(table) -> list[SheetPlan]:
    """One for each sheet of a table; a sheet may hold several parts of it, below each other."""
    samples = {column.header: tuple(column.sample[:_SAMPLES]) for column in table.columns}
    unknown = meaning.unknown_words(table.mapping, table.columns)
    sheets = {part.sheet_no: part for part in reversed(table.parts)}
    rows = Counter()
    for part in table.parts:
        rows[part.sheet_no] += len(part.rows)
    return [
        SheetPlan(first.sheet.name, first.shape.header_row, table.mapping, rows[number], samples, unknown)
        for number, first in sorted(sheets.items())
    ]


def _year_in_titles(table, workbook) -> str | None:
    """The school year that the file's name says, else the tabs and the titles above their tables, where they agree.

    A log may say it by a month, too. A roster's dates say when it is of (`data.roster.dates`).
    """
    read = years.year_of_log if table.kind == "contacts" else years.year_in_name
    titles = [text for part in table.parts for text in (part.sheet.name, *part.shape.titles)] + [*workbook.folders]
    told = {year for text in titles if (year := read(text))}
    named = years.year_in_name(workbook.file_name)
    return named or (told.pop() if len(told) == 1 else None) or read(workbook.file_name)


def _blanks(table) -> list[Notice]:
    """Columns that only say yes, in which a blank is read as no."""
    found = {table.mapping.header_of(name) for name, words in table.mapping.values.items() if words.get("") is False}
    listed = " and ".join(f"“{header}”" for header in table.headers if header in found)
    return [Notice("blanks", f"A blank in {listed} is read as no, as it says nothing but yes.")] if listed else []


def _dates_of_programs(table) -> list[Notice]:
    """ "Start" and "End" beside "Program" or "Course" may be those of it, and none of coming and leaving."""
    dates = [table.mapping.header_of(name) for name in ("entry_date", "exit_date")]
    bare = [header for header in dates if header and _BARE_DATE.fullmatch(plain(header))]
    beside = [column.header for column in table.columns if column.filled and _PROGRAM.fullmatch(plain(column.header))]
    if not bare or not beside:
        return []
    listed = " and ".join(f"“{header}”" for header in bare)
    words = (
        f"{listed} are read as the days of coming and leaving the school. If they are of what “{beside[0]}” names, "
        "leave them out of the file, or the students count as gone."
    )
    return [Notice("dates_of_programs", words)]


def _typed_minutes(header: str) -> str:
    return (
        f"Times in “{header}”, as Excel keeps what was typed like 12:30, are read as minutes and seconds: "
        "12:30:00 is 12 minutes 30 seconds."
    )


def _context(table, workbook, asked: Asked, settings: dict, remembered: Choices) -> dict:
    first = table.parts[0]
    named = [Path(workbook.file_name).stem, *workbook.folders]
    year = asked.choices.constants.get("school_year") or _year_in_titles(table, workbook)
    return {
        "time_zone": settings["time_zone"],
        "today": date.today(),
        "school_year": year,
        "tab_name": first.sheet.name,
        "file_name": workbook.file_name,
        "titles": [[*part.shape.titles, part.sheet.name, *named] for part in table.parts],
        "student_from_tab": first.shape.student_from_tab or first.shape.above.get("student_name"),
        "remembered": remembered.for_mapping(),
        "choices": asked.choices.for_mapping(),
    }
