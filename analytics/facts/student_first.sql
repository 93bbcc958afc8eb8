-- student_first: the first delivered contact of a student's school year while enrolled, and its tone.
-- Reads in_reply, in_contact and calendar. On one day timed contacts come first, then the order of rows.
WITH in_year AS (
    SELECT r.contact_id, r.student_id, r.span_no, r.day, r.second, r.channel, r.topic, k.school_year
    FROM in_reply AS r
    JOIN calendar AS k ON k.day = r.day
    WHERE r.span_no > 0
),
first_day AS (
    SELECT y.student_id, y.school_year, MIN(y.day) AS day
    FROM in_year AS y
    GROUP BY y.student_id, y.school_year
),
in_order AS (
    SELECT
        y.student_id, y.span_no, y.day, y.school_year, y.channel, y.topic, c.tone,
        ROW_NUMBER() OVER (
            PARTITION BY y.student_id, y.school_year
            ORDER BY CASE WHEN y.second IS NULL THEN 1 ELSE 0 END, y.second,
                c.upload_id, c.sheet, c.source_row, y.contact_id
        ) AS place
    FROM in_year AS y
    JOIN first_day AS f ON f.student_id = y.student_id AND f.day = y.day
    JOIN in_contact AS c ON c.contact_id = y.contact_id
)
SELECT
    o.student_id,
    o.span_no,
    o.day,
    o.school_year,
    o.channel,
    o.topic,
    CAST(CASE WHEN o.tone IN ('positive', 'neutral') THEN 1 ELSE 0 END AS BIGINT) AS tone_good,
    CAST(CASE WHEN o.tone IN ('positive', 'neutral', 'concern') THEN 1 ELSE 0 END AS BIGINT) AS tone_known
FROM in_order AS o
WHERE o.place = 1
