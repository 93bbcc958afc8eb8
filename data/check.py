"""Is the store sound, and what is in it. Reads everything, changes nothing.

A digest depends on what the store holds, not on the order in which it came in: a file that was loaded and
undone leaves every digest as it was, and two files give the same digests in either order. Numbers of
uploads, times of day and undone uploads are left out of it for that reason.
"""

import hashlib

from data.load import refresh

_CONTACT = (
    "contact_date, contact_second, channel, direction, outcome, initiated_by, audience, topic, tone, staff, language, "
    "interpreter, student_present, minutes, record_id, grade, school_id"
)
_FROM_UPLOAD = "JOIN upload USING (upload_id) WHERE upload.state = 'loaded'"

_CONTENTS = {
    "upload": "SELECT sha256, kind, file_name, district, school, rows_read, rows_set_aside, rows_not_family, "
    "rows_left_out, rows_loaded + rows_duplicate + rows_unmatched AS rows_stored FROM upload WHERE state = 'loaded'",
    "roster_row": f"SELECT sha256, roster_row.* EXCLUDE (upload_id) FROM roster_row {_FROM_UPLOAD}",
    "contact_row": "SELECT sha256, sheet, source_row, contact_row.district, given_id, given_name, given_school, "
    f"{_CONTACT}, student_id, identity, copy_no FROM contact_row {_FROM_UPLOAD}",
    "set_aside_row": f'SELECT sha256, sheet, "row", cells FROM set_aside_row {_FROM_UPLOAD}',
    "school": "SELECT * FROM school",
    "student": "SELECT * FROM student",
    "enrollment": "SELECT * EXCLUDE (load_order) FROM enrollment",
    "contact": f"SELECT contact_id, student_id, identity, copy_no, {_CONTACT} FROM contact",
    "span": "SELECT * FROM span",
    "contact_mark": "SELECT * FROM contact_mark",
    "ask_month": "SELECT * FROM ask_month",
    "student_month_channel": "SELECT * FROM student_month_channel",
    "student_month": "SELECT * FROM student_month",
    "staff_month": "SELECT * FROM staff_month",
    "student_first": "SELECT * FROM student_first",
}

# Kept by a rebuild, but not comparable between stores: which of two uploads counts as loaded.
_STATUSES = "SELECT upload_id, sheet, source_row, contact_id, status, changed FROM contact_row"

_IN_FORCE = "SELECT upload_id FROM upload WHERE state = 'loaded'"

_COUNTS = {
    "An erasure was not finished: what was erased can still be found in the bytes of the store's file. Free some space "
    "on the disk and run the erasure again.": "SELECT count(*) FROM setting WHERE name = 'erasure_due'",
    "{n:,} contact rows belong to no upload that is in force.": f"""
        SELECT count(*) FROM contact_row WHERE upload_id NOT IN ({_IN_FORCE})""",
    "{n:,} roster rows belong to no upload that is in force.": f"""
        SELECT count(*) FROM roster_row WHERE upload_id NOT IN ({_IN_FORCE})""",
    "{n:,} rows that wait belong to no upload that is in force.": f"""
        SELECT count(*) FROM set_aside_row WHERE upload_id NOT IN ({_IN_FORCE})""",
    "{n:,} contacts have the id of another contact.": """
        SELECT count(*) - count(DISTINCT contact_id) FROM contact""",
    "{n:,} contacts are of students whom no roster names.": """
        SELECT count(*) FROM contact WHERE student_id IS NULL OR student_id NOT IN (SELECT student_id FROM student)""",
    "{n:,} stretches of enrolment overlap another one of the same student.": """
        SELECT count(*) FROM (
            SELECT end_day > lead(start_day) OVER (PARTITION BY student_id ORDER BY start_day, end_day) AS crosses
            FROM span
        ) WHERE crosses""",
    "{n:,} uploads are in force without their file being on record, or the other way round.": """
        SELECT count(*) FROM (SELECT upload_id, sha256 FROM upload WHERE state = 'loaded') AS one
        FULL JOIN active_file AS other USING (upload_id, sha256)
        WHERE one.upload_id IS NULL OR other.upload_id IS NULL""",
    "{n:,} uploads do not account for every row that they read.": """
        SELECT count(*) FROM upload WHERE state = 'loaded'
        AND rows_read <> rows_loaded + rows_duplicate + rows_set_aside + rows_unmatched + rows_not_family
                         + rows_left_out""",
    "{n:,} uploads of contacts count other rows than the store holds.": """
        SELECT count(*) FROM (
            SELECT upload_id, rows_loaded + rows_duplicate + rows_unmatched AS said,
                   (SELECT count(*) FROM contact_row WHERE contact_row.upload_id = upload.upload_id) AS held
            FROM upload WHERE state = 'loaded' AND kind = 'contacts'
        ) WHERE said <> held""",
}


class _Seen(Exception):
    """Leaves a rehearsal: the transaction is rolled back, what was seen stays."""


def digests(store) -> list[tuple[str, int, str]]:
    """(table, rows, digest) of everything the store holds, and a digest over all of it."""
    with store.scratch() as cursor:
        return digests_of(cursor)


def digests_of(cursor) -> list[tuple[str, int, str]]:
    """`digests` of what a cursor sees, inside its transaction."""
    found = [(name, *_digest(cursor, sql)) for name, sql in _CONTENTS.items()]
    total = hashlib.md5("".join(digest for _, _, digest in found).encode(), usedforsecurity=False).hexdigest()
    return [*found, ("all", sum(rows for _, rows, _ in found), total)]


def findings(store) -> list[str]:
    """What is wrong with the store, in sentences; empty where it is sound.

    The last look derives everything anew in a transaction that is then rolled back.
    """
    wrong = []
    with store.scratch() as cursor:
        for sentence, sql in _COUNTS.items():
            count = cursor.execute(sql).fetchall()[0][0]
            if count:
                wrong.append(sentence.format(n=count))
        before = {**_by_name(cursor), "statuses": _digest(cursor, _STATUSES)}
    after = _rebuilt(store)
    wrong += [
        f"The table {name} differs from what its rows give: run `python -m data rebuild`."
        for name in before
        if before[name] != after[name]
    ]
    return wrong


def _rebuilt(store) -> dict:
    try:
        with store.writing() as write:
            refresh.rebuild_all(write)
            raise _Seen({**_by_name(write), "statuses": _digest(write, _STATUSES)})
    except _Seen as seen:
        return seen.args[0]


def _by_name(cursor) -> dict:
    return {name: (rows, digest) for name, rows, digest in digests_of(cursor) if name != "all"}


def _digest(cursor, sql: str) -> tuple[int, str]:
    # The sum of the rows' hashes: the order of the rows does not matter, how often each is there does.
    rows, total = cursor.execute(
        "SELECT count(*), coalesce(sum(('0x' || left(md5(seen::VARCHAR), 15))::BIGINT), 0)::VARCHAR "
        f"FROM ({sql}) AS seen"
    ).fetchall()[0]
    return rows, hashlib.md5(f"{rows} {total}".encode(), usedforsecurity=False).hexdigest()
