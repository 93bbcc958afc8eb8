"""The other way to a page's data: the same answers from `contact` and `enrollment` with one SELECT each, no facts.

Written from the definitions for the measures that pages ask for most, as somebody with DuckDB at hand would write
them: contacts are joined to the enrollment of their day, replies are looked for among the student's contacts. Spans
of a student are taken as they come from the roster, cut where the next one begins.
"""

import pandas as pd

from analytics.question import Question

MEASURES = ("contact_rate", "reach", "two_way_share", "direction_known", "family_reply_rate", "school_reply_rate")
CUTS = ("band", "grade", "school", "month", "channel")

_SPANS = """
stay AS (
    SELECT e.student_id, s.name AS school, e.grade, b.band, entry_day,
           least(exit_day, coalesce(lead(entry_day) OVER (PARTITION BY e.student_id ORDER BY entry_day, load_order) - 1,
                                    exit_day)) AS last_day
    FROM enrollment AS e JOIN school AS s USING (school_id) JOIN grade_band AS b USING (grade)
)"""

_DELIVERED = """
delivered AS (
    SELECT c.contact_id, c.student_id, contact_day AS day, coalesce(contact_second, -1) AS ask_s,
           coalesce(contact_second, 86400) AS answer_s, channel,
           CASE WHEN direction = 'two_way' OR outcome IN ('reached', 'replied')
                    OR channel IN ('in_person', 'video', 'home_visit', 'conference') THEN 'conversation'
                WHEN direction IN ('outbound', 'inbound') THEN direction ELSE 'unknown' END AS side
    FROM contact AS c WHERE audience = 'personal' AND outcome NOT IN ('no_answer', 'not_delivered')
)"""

# A day's contacts first, so that the search for an answer joins days and not rows.
_ANSWERED = """
spoken AS (
    SELECT student_id, day, max(answer_s) FILTER (WHERE side IN ('inbound', 'conversation')) AS family_s,
           max(answer_s) FILTER (WHERE side IN ('outbound', 'conversation')) AS school_s,
           min(ask_s) FILTER (WHERE side = 'outbound') AS school_ask_s,
           min(ask_s) FILTER (WHERE side = 'inbound') AS family_ask_s
    FROM delivered GROUP BY student_id, day
),
near AS (
    SELECT *, min(day) FILTER (WHERE family_s IS NOT NULL) OVER later AS family_next,
           min(day) FILTER (WHERE school_s IS NOT NULL) OVER later AS school_next,
           max(day) FILTER (WHERE school_ask_s IS NOT NULL) OVER before AS school_asked,
           max(day) FILTER (WHERE family_ask_s IS NOT NULL) OVER before AS family_asked
    FROM spoken
    WINDOW later AS (PARTITION BY student_id ORDER BY day RANGE BETWEEN 1 FOLLOWING AND 7 FOLLOWING),
           before AS (PARTITION BY student_id ORDER BY day RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING)
),
judged AS (
    SELECT d.*,
           CASE d.side WHEN 'outbound' THEN family_s >= ask_s OR family_next IS NOT NULL
                       WHEN 'inbound' THEN school_s >= ask_s OR school_next IS NOT NULL END AS answered,
           d.side IN ('inbound', 'conversation') AND (school_ask_s <= answer_s OR school_asked IS NOT NULL)
           OR d.side IN ('outbound', 'conversation')
           AND (family_ask_s <= answer_s OR family_asked IS NOT NULL) AS answers
    FROM delivered AS d JOIN near USING (student_id, day)
)"""

_VALUES = {
    "contact_rate": "count(*)",
    "reach": "count(DISTINCT student_id)",
    "direction_known": "count(*) FILTER (WHERE side <> 'unknown')",
    "two_way_share": "count(*) FILTER (WHERE side <> 'unknown' AND (side = 'conversation' OR coalesce(answered, FALSE) "
    "OR coalesce(answers, FALSE)))",
    "family_reply_rate": "count(*) FILTER (WHERE side = 'outbound' AND answered AND day <= as_of - 7)",
    "school_reply_rate": "count(*) FILTER (WHERE side = 'inbound' AND answered AND day <= as_of - 7)",
}


def covers(question: Question) -> bool:
    """Is this question one of those that are written out here?"""
    return question.measure in MEASURES and set(question.by) <= set(CUTS) and not (question.schools or question.where)


def answer(store, question: Question, first: int, last: int) -> pd.DataFrame:
    """Numerators by the question's cuts, days `first` to `last` (day numbers, both included)."""
    cuts = ["strftime(DATE '1970-01-01' + day, '%Y-%m') AS month" if cut == "month" else cut for cut in question.by]
    replies = question.measure in ("two_way_share", "family_reply_rate", "school_reply_rate")
    rows, parts = ("judged", (_SPANS, _DELIVERED, _ANSWERED)) if replies else ("delivered", (_SPANS, _DELIVERED))
    return store.query(
        f"""
        WITH {",".join(parts)}
        SELECT {", ".join([*cuts, f"{_VALUES[question.measure]} AS numerator"])}
        FROM {rows} AS r JOIN stay USING (student_id)
        CROSS JOIN (SELECT max(contact_day) AS as_of FROM contact)
        WHERE day BETWEEN {first} AND {last} AND day BETWEEN entry_day AND last_day
        GROUP BY ALL
        """
    )
