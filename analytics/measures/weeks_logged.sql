-- weeks in which a school logged an attempt for a student of its own / weeks of lessons, school by school
WITH logged AS (
    SELECT
        w.cut_1, w.cut_2, w.place,
        count(o.week) AS weeks_logged,
        count(*) AS weeks,
        count(DISTINCT w.school_id) AS schools
    FROM scoped_week AS w
    LEFT JOIN scoped_own_week AS o
        ON o.cut_1 = w.cut_1 AND o.cut_2 = w.cut_2 AND o.place = w.place
        AND o.school_id = w.school_id AND o.week = w.week
    GROUP BY w.cut_1, w.cut_2, w.place
)
SELECT
    l.cut_1, l.cut_2, l.place,
    l.weeks_logged AS numerator,
    l.weeks AS denominator,
    e.students,
    l.schools
FROM logged AS l
JOIN scoped_enrolled AS e ON e.cut_1 = l.cut_1 AND e.cut_2 = l.cut_2 AND e.place = l.place
