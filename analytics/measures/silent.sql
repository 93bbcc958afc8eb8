-- students without a delivered contact in the days that end on the last day / students enrolled on that day
WITH heard AS (
    SELECT cut_1, cut_2, place, count(DISTINCT student_id) AS students
    FROM scoped_heard
    GROUP BY cut_1, cut_2, place
)
SELECT
    r.cut_1, r.cut_2, r.place,
    r.students - coalesce(h.students, 0) AS numerator,
    r.students AS denominator,
    r.students,
    r.schools
FROM scoped_roll AS r
LEFT JOIN heard AS h ON h.cut_1 = r.cut_1 AND h.cut_2 = r.cut_2 AND h.place = r.place
