"""plan(file) -> previews: what a load would do. Reads, maps, cleans, matches and compares; changes nothing.

read     data.readers      the file's sheets, as text
map      data.load.tables  which table, which kind; data.mapping proposes, a person's choices count
clean    data.load.contacts, data.load.rosters
match    data.load.place   whose rows they are, what the store holds already
check    data.load.problems, data.load.hold
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from data import mapping as meaning
from data import matching, readers, roster
from data.errors import Refusal
from data.load import checks, contacts, hold, place, problems, remembering, rosters, set_aside, tables
from data.load.choices import Asked, Choices
from data.load.fields import FIELDS, OF_KIND
from data.load.preview import Preview, ProblemGroup, SheetPlan
from data.load.uploads import earlier_upload, loaded_before
from data.readers import Notice
from data.roster import formats, oneroster, years


def plan(
    store,
    path: Path,
    display_name: str,
    viewer_name: str,
    *,
    kind: str | None = None,
    district: str | None = None,
    school: str | None = None,
    choices: Choices | None = None,
    progress=None,
) -> list[Preview]:
    """A preview for each workbook of the file (a zip may hold several).

    `kind` 'contacts' or 'roster' where the guess is wrong; `school` is that of the rows that name none;
    `progress(step, share)` hears how far it is. The caller closes the previews. Raises Refusal, in words for the
    person, where nothing of the file can be loaded.
    """
    say = progress or (lambda step, share: None)
    workbooks = readers.read(Path(path), display_name, lambda step, share: say("Reading", 0.5 * share))
    return plan_workbooks(store, workbooks, kind=kind, district=district, school=school, choices=choices, progress=say)


def plan_workbooks(
    store,
    workbooks: list,
    *,
    kind: str | None = None,
    district: str | None = None,
    school: str | None = None,
    choices: Choices | None = None,
    progress=None,
) -> list[Preview]:
    """`plan` of files that were read already: a page that lets a person correct the mapping reads only once."""
    say = progress or (lambda step, share: None)
    names, workbooks = formats.take_school_lists(workbooks)
    asked = Asked(kind, district or store.settings()["district"], school, choices or Choices(), bool(district), names)
    previews, refused = [], []
    try:
        for workbook in workbooks:
            try:
                previews.append(_plan_workbook(store, workbook, asked, say))
            except Refusal as refusal:
                refused.append((workbook.file_name, refusal))
    except BaseException:
        _close(previews)
        raise
    if not previews:
        raise refused[0][1]
    for name, refusal in refused:
        previews[0].notices.append(Notice("file_skipped", f"{name} was not read: {refusal.sentence}"))
    return previews


def _plan_workbook(store, workbook, asked: Asked, say) -> Preview:
    cursor = store.scratch_cursor()
    try:
        version, settings = store.version, store.settings()
        cursor.execute(contacts.CREATE)
        if workbook.kind == "oneroster":
            if asked.kind == "contacts":
                raise Refusal("not_a_log", f"{workbook.file_name} is a OneRoster export: a roster, not a contact log.")
            preview = _open_preview(cursor, workbook, "roster", "oneroster", asked)
            _plan_oneroster(cursor, preview, workbook, settings)
        else:
            found, notices = _tables(workbook, asked)
            asked, ignored = _of_kind(asked, found[0].kind)
            preview = _open_preview(cursor, workbook, found[0].kind, found[0].signature, asked, found[0].alone)
            preview.notices += ignored
            preview.notices += notices
            found = _map(cursor, preview, found, workbook, asked, settings)
            say("Checking", 0.6)
            if preview.kind == "roster":
                _plan_roster(cursor, preview, found, settings, asked.school_names)
            else:
                _plan_contacts(cursor, preview, found, say)
        preview.store_version = version
        problems.explain(cursor)
        preview.problem_groups = _groups(cursor)
        preview.hold = hold.questions(cursor, preview)
        return preview
    except BaseException:
        cursor.close()
        raise


def _tables(workbook, asked: Asked) -> tuple[list, list[Notice]]:
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


def _of_kind(asked: Asked, kind: str) -> tuple[Asked, list[Notice]]:
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


def _open_preview(cursor, workbook, kind: str, signature: str, asked: Asked, alone: bool = True) -> Preview:
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
    )
    earlier = earlier_upload(cursor, sha256)
    if earlier:
        checks.refuse_other_choices(earlier, asked)
        preview.already = loaded_before(earlier)
        preview.district, preview.school = earlier["district"], earlier["school"]
    if kind == "contacts" and preview.school:
        checks.refuse_unknown_school(cursor, preview.district, preview.school)
    return preview


def _map(cursor, preview: Preview, found: list, workbook, asked: Asked, settings: dict) -> list:
    """Give each table its mapping; tables that lack what their kind needs are named and left out."""
    kept, refused = [], None
    for table in found:
        remembered = remembering.recall(cursor, table.signature, preview.kind, preview.district)
        table.context = _context(table, workbook, asked, settings, remembered)
        table.mapping = meaning.propose(table.columns, preview.kind, table.context)
        refusal = checks.missing_field(table, preview)
        if refusal:
            refused = refused or refusal
            preview.notices.append(Notice("sheet_skipped", f"{table.names} was not read: {refusal.sentence}"))
            continue
        kept.append(table)
        preview.choices = asked.choices.over(remembered) if asked.choices.corrects else asked.choices
        preview.questions += [one for one in table.mapping.questions if one not in preview.questions]
        preview.not_stored += [
            header
            for header in table.mapping.not_stored
            if header not in preview.not_stored and header not in set_aside.OWN_HEADERS
        ]
        preview.sheets += [
            SheetPlan(part.sheet.name, part.shape.header_row, table.mapping, len(part.rows)) for part in table.parts
        ]
        preview.notices += [Notice("derived", how.sentence) for how in table.mapping.derived.values()]
        if table.mapping.date:
            preview.notices.append(Notice("dates", table.mapping.date.sentence))
    if not kept:
        raise refused
    preview.signature = kept[0].signature
    return kept


def _context(table, workbook, asked: Asked, settings: dict, remembered: Choices) -> dict:
    first = table.parts[0]
    year = asked.choices.constants.get("school_year") or years.year_in_name(workbook.file_name)
    return {
        "time_zone": settings["time_zone"],
        "today": date.today(),
        "school_year": year,
        "tab_name": first.sheet.name,
        "file_name": workbook.file_name,
        "student_from_tab": first.shape.student_from_tab or first.shape.above.get("student_name"),
        "remembered": remembered.for_mapping(),
        "choices": asked.choices.for_mapping(),
    }


def _plan_contacts(cursor, preview: Preview, found: list, say):
    for place_no, table in enumerate(found):
        tables.register_cells(cursor, table)
        contacts.clean(cursor, table, preview.district, preview.school, table.context)
        tables.forget_cells(cursor)
        say("Checking", 0.6 + 0.2 * (place_no + 1) / len(found))
    say("Finding the students", 0.8)
    place.place(cursor)
    problems.add_waiting(cursor)
    cursor.execute("DROP TABLE numbered")
    say("Comparing with what is there", 0.95)
    preview.counts.update(place.counts(cursor))
    if not cursor.execute("SELECT 1 FROM student WHERE district = ? LIMIT 1", [preview.district]).fetchall():
        words = (
            "No roster is loaded yet, so these contacts wait: they join by themselves when one names their students."
        )
        preview.notices.append(Notice("no_roster", words))
    preview.first_rows = cursor.execute(
        "SELECT * EXCLUDE (upload_id, identity, copy_no, contact_id, student_id, school_id, contact_day) "
        "FROM planned ORDER BY sheet, source_row LIMIT 20"
    ).df()
    if preview.counts["rows_unmatched"]:
        preview.offers = matching.offers(cursor, "planned")


def _plan_roster(cursor, preview: Preview, found: list, settings: dict, school_names: dict):
    cells = []
    for table in found:
        tables.register_cells(cursor, table)
        cells.append(rosters.read_cells(cursor, table, table.context))
        tables.forget_cells(cursor)
    parts = [part for table in found for part in table.parts]
    hints = [part.sheet.name for part in parts] + [text for part in parts for text in part.shape.above.values()]
    about = _about(preview, settings, hints, school_names)
    rosters.plan(cursor, preview, pd.concat(cells, ignore_index=True), about)


def _plan_oneroster(cursor, preview: Preview, workbook, settings: dict):
    found = oneroster.read(workbook)
    preview.notices += [Notice(code, words) for code, words in found.notices]
    preview.sheets = [SheetPlan("users", 1, meaning.Mapping(kind="roster"), len(found.cells))]
    rosters.plan(cursor, preview, rosters.with_shown(found.cells), _about(preview, settings, [], {}))


def _about(preview: Preview, settings: dict, hints: list[str], school_names: dict) -> roster.RosterFile:
    year = preview.choices.constants.get("school_year")
    return roster.RosterFile(
        preview.district, date.today(), settings, preview.school, year, (preview.file_name, *hints), school_names
    )


def _groups(cursor) -> list[ProblemGroup]:
    """The problems by cause: those that set rows aside first, then by how often."""
    rows = cursor.execute(
        """
        SELECT code, field, sum(count)::INTEGER AS total, bool_or(sets_aside),
               list(value ORDER BY count DESC, value)[:5], list(offer ORDER BY count DESC, value)[1]
        FROM (SELECT code, field, value, offer, sets_aside, count(*) AS count FROM all_problems GROUP BY ALL)
        GROUP BY code, field ORDER BY bool_or(sets_aside) DESC, total DESC, code, field
        """
    ).fetchall()
    return [
        ProblemGroup(
            code, field, total, aside, problems.sentence(code, field), tuple(value for value in values if value), offer
        )
        for code, field, total, aside, values, offer in rows
    ]


def _close(previews: list[Preview]):
    for preview in previews:
        preview.close()
