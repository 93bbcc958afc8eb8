-- reply: a delivered contact, the side it is on, and its nearest answer or the nearest ask it answers.
-- Reads in_contact, in_span and reply_rule (longest_days: how far replies are looked for).
-- Replies are matched by student and day: a missing time counts as second -1 when it asks and 86400
-- when it answers, so that days are compared where either side lacks a time.
WITH delivered AS (
    SELECT
        c.contact_id, c.student_id, c.contact_day AS day, c.contact_second AS second, c.channel, c.topic,
        COALESCE(c.contact_second, -1) AS ask_s,
        COALESCE(c.contact_second, 86400) AS answer_s,
        CASE
            WHEN c.direction = 'two_way' OR c.outcome IN ('reached', 'replied')
                OR c.channel IN ('in_person', 'video', 'home_visit', 'conference') THEN 'conversation'
            WHEN c.direction IN ('outbound', 'inbound') THEN c.direction
            ELSE 'unknown'
        END AS side
    FROM in_contact AS c
    WHERE c.audience = 'personal' AND c.outcome NOT IN ('no_answer', 'not_delivered')
),
-- What a day holds: the last moment at which each party spoke, the first at which each party asked.
contact_day AS (
    SELECT
        d.student_id, d.day,
        MAX(CASE WHEN d.side IN ('inbound', 'conversation') THEN d.answer_s END) AS family_last_s,
        MAX(CASE WHEN d.side IN ('outbound', 'conversation') THEN d.answer_s END) AS school_last_s,
        MIN(CASE WHEN d.side = 'outbound' THEN d.ask_s END) AS school_ask_s,
        MIN(CASE WHEN d.side = 'inbound' THEN d.ask_s END) AS family_ask_s
    FROM delivered AS d
    GROUP BY d.student_id, d.day
),
neighbour AS (
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
    FROM contact_day AS p
),
gap AS (
    SELECT
        d.contact_id, d.student_id, d.day, d.second, d.channel, d.topic, d.side,
        CASE
            WHEN d.side = 'outbound' AND n.family_last_s >= d.ask_s THEN 0
            WHEN d.side = 'outbound' THEN n.family_next_day - d.day
            WHEN d.side = 'inbound' AND n.school_last_s >= d.ask_s THEN 0
            WHEN d.side = 'inbound' THEN n.school_next_day - d.day
        END AS reply_gap,
        CASE
            WHEN d.side IN ('inbound', 'conversation') AND n.school_ask_s <= d.answer_s THEN 0
            WHEN d.side IN ('inbound', 'conversation') THEN d.day - n.school_ask_day
        END AS school_ask_gap,
        CASE
            WHEN d.side IN ('outbound', 'conversation') AND n.family_ask_s <= d.answer_s THEN 0
            WHEN d.side IN ('outbound', 'conversation') THEN d.day - n.family_ask_day
        END AS family_ask_gap
    FROM delivered AS d
    JOIN neighbour AS n ON n.student_id = d.student_id AND n.day = d.day
),
-- A conversation answers either party; the nearer ask counts.
nearest AS (
    SELECT
        g.*,
        CASE
            WHEN g.family_ask_gap IS NULL OR g.school_ask_gap <= g.family_ask_gap THEN g.school_ask_gap
            ELSE g.family_ask_gap
        END AS answer_gap
    FROM gap AS g
)
SELECT
    x.contact_id,
    x.student_id,
    COALESCE(s.span_no, 0) AS span_no,
    x.day,
    x.second,
    x.channel,
    x.topic,
    x.side,
    CASE WHEN x.reply_gap <= r.longest_days THEN x.reply_gap END AS reply_days,
    CASE WHEN x.answer_gap <= r.longest_days THEN x.answer_gap END AS answers_days
FROM nearest AS x
CROSS JOIN reply_rule AS r
LEFT JOIN in_span AS s ON s.student_id = x.student_id AND x.day >= s.start_day AND x.day < s.end_day
