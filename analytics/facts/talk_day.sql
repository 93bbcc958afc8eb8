-- talk_day: a student's day with a delivered contact: the last moment at which each party spoke and the first at which
-- each asked, and the nearest days after and before on which they did. A step on the way to `contact_mark`.
-- Reads in_sided.
WITH talk AS (
    SELECT
        d.student_id, d.contact_day AS day,
        MAX(CASE WHEN d.side IN ('inbound', 'conversation') THEN d.answer_s END) AS family_last_s,
        MAX(CASE WHEN d.side IN ('outbound', 'conversation') THEN d.answer_s END) AS school_last_s,
        MIN(CASE WHEN d.side = 'outbound' THEN d.ask_s END) AS school_ask_s,
        MIN(CASE WHEN d.side = 'inbound' THEN d.ask_s END) AS family_ask_s
    FROM in_sided AS d
    WHERE d.side IS NOT NULL
    GROUP BY d.student_id, d.contact_day
)
SELECT
    p.student_id, p.day, p.family_last_s, p.school_last_s, p.school_ask_s, p.family_ask_s,
    MIN(CASE WHEN p.family_last_s IS NOT NULL THEN p.day END) OVER (
        PARTITION BY p.student_id ORDER BY p.day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS family_next_day,
    MIN(CASE WHEN p.school_last_s IS NOT NULL THEN p.day END) OVER (
        PARTITION BY p.student_id ORDER BY p.day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS school_next_day,
    MAX(CASE WHEN p.school_ask_s IS NOT NULL THEN p.day END) OVER (
        PARTITION BY p.student_id ORDER BY p.day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS school_ask_day,
    MAX(CASE WHEN p.family_ask_s IS NOT NULL THEN p.day END) OVER (
        PARTITION BY p.student_id ORDER BY p.day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS family_ask_day
FROM talk AS p
