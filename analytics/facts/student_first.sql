-- student_first: the first delivered contact of a student's school year while enrolled, and its tone.
-- Reads in_contact_mark, in_sided, in_span and calendar. On one day timed contacts come first, then the order of rows.
WITH first_day AS (
    SELECT m.student_id, k.school_year, MIN(m.day) AS day
    FROM in_contact_mark AS m
    JOIN calendar AS k ON k.day = m.day
    WHERE m.span_no > 0 AND (m.marks & 8) <> 0
    GROUP BY m.student_id, k.school_year
),
where_enrolled AS (
    SELECT f.student_id, f.school_year, f.day, s.span_no
    FROM first_day AS f
    JOIN in_span AS s ON s.student_id = f.student_id AND f.day >= s.start_day AND f.day < s.end_day
),
in_order AS (
    SELECT
        w.student_id, w.span_no, w.day, w.school_year, d.channel, d.topic, d.tone,
        ROW_NUMBER() OVER (
            PARTITION BY w.student_id, w.school_year
            ORDER BY CASE WHEN d.contact_second IS NULL THEN 1 ELSE 0 END, d.contact_second,
                d.upload_id, d.sheet, d.source_row, d.contact_id
        ) AS place
    FROM in_sided AS d
    JOIN where_enrolled AS w ON w.student_id = d.student_id AND w.day = d.contact_day
    WHERE d.side IS NOT NULL
)
SELECT
    o.student_id,
    o.span_no,
    o.day,
    o.school_year,
    o.channel,
    o.topic,
    CAST(CASE WHEN o.tone IN ('positive', 'neutral') THEN 1 ELSE 0 END AS INTEGER) AS tone_good,
    CAST(CASE WHEN o.tone IN ('positive', 'neutral', 'concern') THEN 1 ELSE 0 END AS INTEGER) AS tone_known
FROM in_order AS o
WHERE o.place = 1
