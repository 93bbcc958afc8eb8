-- delivered contacts in which the student took part / those for which that is known
SELECT
    cut_1, cut_2, place,
    CAST(sum(present) AS BIGINT) AS numerator,
    CAST(sum(present_known) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN present_known > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN present_known > 0 THEN school_id END) AS schools
FROM scoped_contact
GROUP BY cut_1, cut_2, place
