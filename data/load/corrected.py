"""Rows that read like contacts of an earlier file of the same kind but for one thing: perhaps corrected since.

By the rule of identity (`data.load.rows`) both count. That is right for a second call of a day, and wrong for a row
whose outcome was corrected in the log and loaded again; so it is told.
"""

# Of larger files without any row that is there already, the earlier contacts are not looked at.
MOST_ROWS = 50_000

_ONE_THING = " + ".join(
    f"(new.{name} IS DISTINCT FROM old.{name})::INTEGER" for name in ("contact_second", "outcome", "staff", "topic")
)
_FOUND = f"""
WITH new AS (SELECT * FROM planned WHERE status = 'loaded'),
old AS (
    SELECT stored.* FROM contact_row AS stored JOIN upload USING (upload_id)
    WHERE stored.status = 'loaded' AND upload.header_signature = ?
      AND (stored.student_id IN (SELECT student_id FROM new) OR stored.record_id IN (SELECT record_id FROM new))
      AND (stored.identity, stored.copy_no) NOT IN (SELECT (identity, copy_no) FROM planned WHERE identity IS NOT NULL)
),
pair AS (
    SELECT new.sheet, new.source_row, old.upload_id
    FROM new JOIN old USING (student_id, contact_day, channel, direction)
    WHERE new.record_id IS NULL AND old.record_id IS NULL AND {_ONE_THING} = 1
    UNION ALL
    SELECT new.sheet, new.source_row, old.upload_id FROM new JOIN old USING (record_id)
    WHERE (new.student_id = old.student_id)::INTEGER + (new.contact_day = old.contact_day)::INTEGER = 1
)
SELECT count(DISTINCT (sheet, source_row)), min(source_row), max(upload_id) FROM pair
"""


def sentence(cursor, preview) -> str:
    """What is said of such rows, once `planned` is there; "" where there is none, or where most of the file is new."""
    new, there = preview.counts["rows_new"], preview.counts["rows_duplicate"]
    if not new or not preview.signature or (new > MOST_ROWS and not there):
        return ""
    before = "SELECT 1 FROM upload WHERE state = 'loaded' AND kind = 'contacts' AND header_signature = ? LIMIT 1"
    if not cursor.execute(before, [preview.signature]).fetchall():
        return ""
    many, first, upload = cursor.execute(_FOUND, [preview.signature]).fetchall()[0]
    # A log of new contacts alone has second calls of a day, too.
    if not many or (not there and 2 * many < new):
        return ""
    rows = f"{many:,} new rows read" if many > 1 else "1 new row reads"
    return (
        f"{rows} like contacts of an earlier file but for one thing, such as the outcome or the day (row {first:,}, "
        f"for example), and this file no longer has those: both count. If the log was corrected, undo the earlier "
        f"upload ({upload}) and load this file then."
    )
