"""plan(file) -> previews: what a load would do. Reads, maps, cleans, matches and compares; changes nothing.

read     data.readers      the file's sheets, as text
map      data.load.mapped  which tables, which kind; data.mapping proposes, a person's choices count
clean    data.load.contacts, data.load.rosters
match    data.load.place   whose rows they are, what the store holds already
check    data.load.problems, data.load.hold
"""

from datetime import date
from pathlib import Path

import pandas as pd

from data import mapping as meaning
from data import matching, readers, roster
from data.errors import Refusal
from data.load import (
    contacts,
    districts,
    hold,
    mapped,
    noticed,
    place,
    problems,
    rosters,
    same_names,
    tables,
    together,
    zeros,
)
from data.load.choices import Asked, Choices
from data.load.preview import Preview, ProblemGroup, SheetPlan
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
    allowed_schools: tuple[str, ...] | None = None,
    progress=None,
) -> list[Preview]:
    """A preview for each workbook of the file (a zip may hold several).

    `kind` 'contacts' or 'roster' where the guess is wrong; `school` is that of the rows that name none;
    `allowed_schools`: rows of other schools are set aside, for the district to load;
    `progress(step, share)` hears how far it is. The caller closes the previews. Raises Refusal, in words for the
    person, where nothing of the file can be loaded.
    """
    say = progress or (lambda step, share: None)
    workbooks = readers.read(Path(path), display_name, lambda step, share: say("Reading", 0.5 * share))
    return plan_workbooks(
        store, workbooks, kind=kind, district=district, school=school, choices=choices,
        allowed_schools=allowed_schools, progress=say,
    )  # fmt: skip


def plan_workbooks(
    store,
    workbooks: list,
    *,
    kind: str | None = None,
    district: str | None = None,
    school: str | None = None,
    choices: Choices | None = None,
    allowed_schools: tuple[str, ...] | None = None,
    school_names: dict[str, str] | None = None,
    progress=None,
) -> list[Preview]:
    """`plan` of files that were read already: a page that lets a person correct the mapping reads only once.

    `school_names` of school codes come from another file of the same export.
    """
    say = progress or (lambda step, share: None)
    names, workbooks = formats.take_school_lists(together.join(workbooks))
    asked = Asked(
        kind, district or store.own_district(), school, choices or Choices(), bool(district),
        {**(school_names or {}), **names}, allowed_schools,
    )  # fmt: skip
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
            preview = mapped.open_preview(cursor, workbook, "roster", "oneroster", asked)
            _plan_oneroster(cursor, preview, workbook, settings)
        else:
            together.refuse_part(workbook, bool(asked.kind or asked.choices.fields))
            found, notices = mapped.choose_tables(workbook, asked)
            asked, ignored = mapped.of_kind(asked, found[0].kind)
            preview = mapped.open_preview(cursor, workbook, found[0].kind, found[0].signature, asked, found[0].alone)
            preview.notices += ignored
            preview.notices += notices
            found = mapped.map_tables(cursor, preview, found, workbook, asked, settings)
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


def _plan_contacts(cursor, preview: Preview, found: list, say):
    for place_no, table in enumerate(found):
        cells = tables.register_cells(cursor, table, f"_{place_no}")
        contacts.clean(cells, table, preview.district, preview.school, preview.allowed_schools, place_no)
        _write_ids(cursor, preview, table, place_no)
        say("Checking", 0.6 + 0.2 * (place_no + 1) / len(found))
    if any(notice.code == "unsaved_formulas" for notice in preview.notices):
        problems.of_unsaved_formulas(cursor)
    say("Finding the students", 0.8)
    place.place(cursor)
    problems.add_waiting(cursor)
    say("Comparing with what is there", 0.95)
    preview.counts.update(place.counts(cursor))
    preview.notices += noticed.of_contacts(cursor, preview)
    preview.first_rows = _first_rows(cursor)
    if preview.counts["rows_unmatched"]:
        preview.offers = matching.offers(cursor, "planned")
        lost = zeros.offer(cursor, preview.district)
        preview.questions += [lost] if lost else []


def _first_rows(cursor) -> pd.DataFrame:
    """The first rows as they will be stored. Where they stand is looked up before all of what they say."""
    order = "ORDER BY sheet, source_row LIMIT 20"
    places = cursor.execute(f"SELECT source_row FROM cleaned WHERE fate = 'keep' {order}").fetchall()
    return cursor.execute(
        "SELECT * EXCLUDE (upload_id, identity, copy_no, contact_id, student_id, school_id, contact_day) "
        f"FROM planned WHERE list_contains(?::INTEGER[], source_row) {order}",
        [[row for (row,) in places]],
    ).df()


def _write_ids(cursor, preview: Preview, table, place_no: int):
    """Ids that lost their zeros, as the person said or as it is remembered for these headers."""
    digits = _digits(preview, table)
    if digits is not None:
        contacts.write_ids(cursor, place_no, *zeros.written(digits))


def _digits(preview: Preview, table) -> int | None:
    """With how many digits the ids of a table are read, which is told; None: as they are written."""
    said, remembered = table.context["choices"]["id_digits"], table.context["remembered"].get("id_digits")
    digits = remembered if said is None else said
    if digits is not None:
        who = "as you said" if said is not None else "as it is remembered from an earlier file with these headers"
        notice = Notice("id_digits", f"In this file {zeros.in_words(digits)}, {who}.")
        preview.notices += [notice] if notice not in preview.notices else []
    return digits


def _plan_roster(cursor, preview: Preview, found: list, settings: dict, school_names: dict):
    cells = []
    for table in found:
        told, digits = rosters.read_cells(tables.register_cells(cursor, table), table), _digits(preview, table)
        cells.append(told if digits is None else rosters.write_ids(told, digits))
    parts = [part for table in found for part in table.parts]
    hints = [part.sheet.name for part in parts] + [
        text for part in parts for name, text in part.shape.above.items() if name != "grade"
    ]
    hints += [title for part in parts for title in part.shape.titles if years.tells_when(title)]
    # "Grade 2025-26" says when it is of.
    hints += [choice.header for table in found for choice in table.mapping.fields.values() if choice.header]
    about = _about(preview, settings, hints, school_names)
    rosters.plan(cursor, preview, pd.concat(cells, ignore_index=True), about)
    preview.districts = districts.question(found)
    lost = same_names.offer(preview.namesakes)
    preview.questions += [lost] if lost else []


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
