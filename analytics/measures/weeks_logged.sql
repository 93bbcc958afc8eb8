-- weeks in which a school logged an attempt for a student of its own / weeks of lessons, school by school
WITH logged AS (
    SELECT w.cut_1, w.cut_2, w.place, count(o.week) AS weeks_logged, count(*) AS weeks
    FROM scoped_week AS w
    LEFT JOIN scoped_own_week AS o
        ON o.cut_1 = w.cut_1 AND o.cut_2 = w.cut_2 AND o.place = w.place
        AND o.school_id = w.school_id AND o.week = w.week
    GROUP BY w.cut_1, w.cut_2, w.place
)
SELECT
    e.cut_1, e.cut_2, e.place,
    coalesce(l.weeks_logged, 0) AS numerator,
    coalesce(l.weeks, 0) AS denominator,
    e.students,
    e.schools
FROM scoped_enrolled AS e
LEFT JOIN logged AS l ON l.cut_1 = e.cut_1 AND l.cut_2 = e.cut_2 AND l.place = e.place
