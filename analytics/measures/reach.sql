-- students with a delivered contact / students enrolled
WITH reached AS (
    SELECT cut_1, cut_2, place, count(DISTINCT student_id) AS students
    FROM scoped_contact
    WHERE delivered > 0
    GROUP BY cut_1, cut_2, place
)
SELECT
    e.cut_1, e.cut_2, e.place,
    coalesce(r.students, 0) AS numerator,
    e.students AS denominator,
    e.students,
    e.schools
FROM scoped_enrolled AS e
LEFT JOIN reached AS r ON r.cut_1 = e.cut_1 AND r.cut_2 = e.cut_2 AND r.place = e.place
