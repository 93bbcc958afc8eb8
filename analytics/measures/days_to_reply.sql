-- The life table of the school's asks: how many were answered, or watched no longer, after how many days.
WITH ask AS (
    SELECT
        cut_1, cut_2, place, student_id, school_id, asks,
        CASE WHEN reply_days <= watched_days THEN asks ELSE 0 END AS answered,
        CASE WHEN reply_days <= watched_days THEN reply_days ELSE watched_days END AS days
    FROM scoped_ask
),
asked AS (
    SELECT
        cut_1, cut_2, place,
        count(DISTINCT student_id) AS students,
        count(DISTINCT school_id) AS schools
    FROM ask
    GROUP BY cut_1, cut_2, place
),
life AS (
    SELECT
        cut_1, cut_2, place, days,
        CAST(sum(answered) AS BIGINT) AS answered,
        CAST(sum(asks) AS BIGINT) AS asks
    FROM ask
    GROUP BY cut_1, cut_2, place, days
)
SELECT l.cut_1, l.cut_2, l.place, a.students, a.schools, l.days, l.answered, l.asks
FROM life AS l
JOIN asked AS a ON a.cut_1 = l.cut_1 AND a.cut_2 = l.cut_2 AND a.place = l.place
