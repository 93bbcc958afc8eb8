"""A store's clean tables as the oracle's lists. Small stores only."""

from tests.support.districts import GROUPS
from tests.support.oracle_words import Contact, Span, World

_SPANS = f"""
SELECT student_id, student.district, school.name AS school, grade, school_year, entry_date, exit_date, load_order,
       {", ".join(GROUPS)}
FROM enrollment JOIN student USING (student_id) JOIN school USING (school_id)
"""
_CONTACTS = """
SELECT upload_id, sheet, source_row, student_id, contact.district, contact_date, contact_second, channel, direction,
       outcome, initiated_by, audience, topic, tone, language, interpreter, student_present,
       CASE WHEN contact.school_id IS NULL THEN NULL ELSE coalesce(school.name, 'a school of no roster') END AS school
FROM contact LEFT JOIN school ON school.school_id = contact.school_id
"""


def world_of(store) -> World:
    """The enrolment and the loaded contacts of a store."""
    spans = [Span(*row) for row in store.rows(_SPANS)]
    contacts = [Contact(row[:3], *row[3:]) for row in store.rows(_CONTACTS)]
    return World(spans, contacts)
