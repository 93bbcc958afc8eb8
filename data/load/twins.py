"""Likely twins: contacts that two tools both logged. Counted for the data-quality page, never merged.

A source is the kind of export that a file is, told by its headers. Two contacts of different sources are likely
twins where student, day, channel and direction are the same and the times lie within minutes, or one has none.

The opposite as well: rows that count once, because two sources gave them one record id, though they read differently.
"""

import pandas as pd

WITHIN_SECONDS = 15 * 60

_TWINS = f"""
WITH sourced AS (
    SELECT contact.student_id, contact_day, contact_second, channel, direction, contact_id, upload.header_signature
    FROM contact JOIN upload USING (upload_id) WHERE audience = 'personal' AND upload.header_signature <> ''
),
source AS (
    SELECT header_signature, count(*) AS contacts FROM sourced GROUP BY header_signature
),
label AS (
    SELECT header_signature, arg_max(file_name, upload_id) AS file_name FROM upload
    WHERE state = 'loaded' AND kind = 'contacts' GROUP BY header_signature
),
pair AS (
    SELECT one.header_signature AS first_signature, other.header_signature AS second_signature,
           count(DISTINCT one.contact_id) AS first_twins, count(DISTINCT other.contact_id) AS second_twins
    FROM sourced AS one JOIN sourced AS other
      ON other.student_id = one.student_id AND other.contact_day = one.contact_day AND other.channel = one.channel
     AND other.direction = one.direction AND other.header_signature > one.header_signature
    WHERE one.contact_second IS NULL OR other.contact_second IS NULL
       OR abs(one.contact_second - other.contact_second) <= {WITHIN_SECONDS}
    GROUP BY 1, 2
)
SELECT a.file_name AS first_source, b.file_name AS second_source, one.contacts AS first_contacts,
       other.contacts AS second_contacts, least(first_twins, second_twins) AS twins,
       least(first_twins, second_twins) / least(one.contacts, other.contacts) AS rate
FROM pair
JOIN source AS one ON one.header_signature = first_signature
JOIN source AS other ON other.header_signature = second_signature
JOIN label AS a ON a.header_signature = first_signature
JOIN label AS b ON b.header_signature = second_signature
ORDER BY rate DESC, twins DESC, first_source, second_source
"""

_SAME_ID = """
SELECT count(*), min(planned.record_id), arg_max(upload.file_name, upload.upload_id)
FROM planned JOIN contact_row AS stored USING (identity, copy_no)
JOIN upload ON upload.upload_id = stored.upload_id
WHERE planned.changed AND planned.record_id IS NOT NULL AND stored.status = 'loaded'
  AND upload.header_signature <> ? AND upload.header_signature <> ''
"""


def same_id_elsewhere(cursor, signature: str) -> str | None:
    """The sentence about rows of the plan's view `planned` whose record id, student and day stand in the store from
    a file with other headers, and that read differently; None where there is none."""
    rows, record_id, file_name = cursor.execute(_SAME_ID, [signature]).fetchall()[0]
    if not rows:
        return None
    many = f"{rows:,} rows have" if rows > 1 else "1 row has"
    return (
        f"{many} the record id, student and day of a contact that came with {file_name}, a file with other columns "
        f"(record id {record_id}, for example), but read differently. They count once, as the earlier file has them. "
        "If two tools only number their contacts alike, take the column away as the record id, and both will count."
    )


def twins(store) -> pd.DataFrame:
    """For each pair of sources with likely twins: first_source, second_source (the latest file of each),
    first_contacts, second_contacts, twins, and rate: twins / contacts of the smaller source, 0 to 1."""
    return store.query(_TWINS)
