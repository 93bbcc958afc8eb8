"""When a file is held: questions that somebody must answer before it is committed.

Twelve things look like an accident: much of the file cannot be used, it is far smaller than this school's files
usually are, it ends exactly where export tools cut off, a roster leaves out many who are at its school, the sheet
counts contacts instead of listing them, it is one of another use (a sign-in sheet, a column for each week), many
students of a roster entered years ago and would count as gone since, are there already under another number, have the
number of one by another name, or entered later than an earlier roster said, a school has the code of one by another
name, and a roster is of several districts.
"""

from data.load import renamed, same_names, same_numbers
from data.mapping.model import Question

WORST_SHARE = 0.20
# Of the students who are at a school now: the share that a roster may leave out before it is asked about.
MOST_LEAVING = 0.20
FEWEST_FOR_USUAL = 3
SMALLEST_USUAL = 100
# Where export tools and spreadsheet programs are known to cut off (with and without the header row).
ROUND_CAPS = frozenset({4_000, 5_000, 10_000, 65_535, 65_536, 1_048_575, 1_048_576})

# What the mapping asks and no load should pass over.
OF_MAPPINGS = frozenset({"counts", "sign_in", "by_week"})

# Below this many rows (for a roster: students who would leave) the command line does not hold a file: a sheet of
# ten rows is looked at by eye.
FEWEST_ROWS = 20


def questions(cursor, preview) -> list[Question]:
    """The open questions of a preview, as sentences."""
    read, aside = preview.counts["rows_read"], preview.counts["rows_set_aside"]
    of_mappings = [asked for sheet in preview.sheets for asked in sheet.mapping.questions if asked.code in OF_MAPPINGS]
    found = [asked for place, asked in enumerate(of_mappings) if asked not in of_mappings[:place]]
    if read and aside > WORST_SHARE * read:
        found.append(
            Question(
                "much_set_aside",
                f"{aside:,} of {read:,} rows ({aside / read:.0%}) cannot be used as they are. Is this the right file, "
                "and are the columns read rightly? Load it if the other rows should come in all the same.",
                ["load the other rows", "stop"],
            )
        )
    usual = _usual(cursor, preview)
    if usual and read < usual / 2:
        found.append(
            Question(
                "few_rows",
                f"This file has {read:,} rows; files like it usually have about {usual:,}. Was the export cut "
                "short, or made for a shorter time? Load it if that is as it should be.",
                ["load it", "stop"],
            )
        )
    if read in ROUND_CAPS:
        found.append(
            Question(
                "round_cap",
                f"This file has exactly {read:,} rows, which is where some systems stop exporting. Rows may be "
                "missing: export shorter periods, or load it if it is complete.",
                ["it is complete", "stop"],
            )
        )
    if preview.old_entries > WORST_SHARE * read:
        found.append(Question("old_entries", _old_words(preview.old_entries), ["they have left", "stop"]))
    if preview.moved_entries > WORST_SHARE * read:
        found.append(Question("moved_entries", _moved_words(preview.moved_entries), ["the new days are right", "stop"]))
    found += [preview.districts] if preview.districts else []
    twice = same_names.question(cursor, preview.namesakes) if preview.namesakes else None
    found += [twice] if twice else []
    other = same_numbers.question(preview.other_names)
    found += [other] if other else []
    again = renamed.question(preview.renamed)
    found += [again] if again else []
    leaving = _leaving(preview)
    if leaving:
        found.append(Question("many_leave", _leaving_words(leaving), ["they have left", "it only adds", "stop"]))
    return found


def at_command_line(preview) -> list[Question]:
    """The questions that stop a command: those that are about more than a handful of rows or students."""
    few = preview.counts["rows_read"] < FEWEST_ROWS
    few_leave = sum(school.left_out for school in _leaving(preview)) < FEWEST_ROWS
    never_passed = (*OF_MAPPINGS, "same_names", "other_names", "renamed_schools", "districts")
    passed = {"many_leave": few_leave, **dict.fromkeys(never_passed, False)}
    return [asked for asked in preview.hold if not passed.get(asked.code, few)]


def _old_words(many: int) -> str:
    return (
        f"{many:,} students entered in earlier school years and have no exit date: each would count as enrolled to "
        "the end of the year of entry, and not now. If they are still here, choose the school year of this roster "
        "(or write it into the file's name, such as “Roster 2025-26”) and load it then."
    )


def _moved_words(many: int) -> str:
    return (
        f"{many:,} students have a later entry date here than an earlier roster gave for the same stay, and would not "
        "count as enrolled before it. Is it the day on which they came to the school, and not the first day of a "
        "class, a term or a program? Load it if the new days are right; else choose another column for the entry date, "
        "or none."
    )


def _leaving(preview) -> list:
    """The schools of which a roster would close more students than come and go in a year."""
    return [school for school in preview.schools if school.closes and school.left_out > MOST_LEAVING * school.open]


def _leaving_words(leaving: list) -> str:
    told = [f"{one.left_out:,} of the {one.open:,} students of {one.school} ({one.left_out / one.open:.0%})"
            for one in leaving[:3]]  # fmt: skip
    more = f" and students of {len(leaving) - 3} more schools" if len(leaving) > 3 else ""
    return (
        f"This roster does not name {', '.join(told)}{more}: their enrollment would end. Is it the list of the whole "
        "school, and not of a grade or a team? Load it if they have left; if it names only some students, say that it "
        "only adds."
    )


def _usual(cursor, preview) -> int | None:
    """The median number of rows of the earlier files of this kind and school, where there are enough of them."""
    count, usual = cursor.execute(
        """
        SELECT count(*), median(rows_read) FROM upload
        WHERE state = 'loaded' AND kind = ? AND district = ? AND school IS NOT DISTINCT FROM ?
          AND header_signature = ?
        """,
        [preview.kind, preview.district, preview.school, preview.signature],
    ).fetchall()[0]
    return round(usual) if count >= FEWEST_FOR_USUAL and usual >= SMALLEST_USUAL else None
