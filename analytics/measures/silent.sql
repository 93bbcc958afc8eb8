-- students without a delivered contact in the days that end on the last day / students enrolled on that day
SELECT
    r.cut_1, r.cut_2, r.place,
    count(DISTINCT CASE WHEN c.student_id IS NULL THEN r.student_id END) AS numerator,
    count(DISTINCT r.student_id) AS denominator,
    count(DISTINCT r.student_id) AS students,
    count(DISTINCT r.school_id) AS schools
FROM scoped_roll AS r
LEFT JOIN scoped_recent AS c
    ON c.student_id = r.student_id AND c.last_day = r.last_day
    AND c.contact_1 = r.contact_1 AND c.contact_2 = r.contact_2
GROUP BY r.cut_1, r.cut_2, r.place
