-- delivered contacts that the family began / those whose beginner is known
SELECT
    cut_1, cut_2, place,
    CAST(sum(began_family) AS BIGINT) AS numerator,
    CAST(sum(began_known) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN began_known > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN began_known > 0 THEN school_id END) AS schools
FROM scoped_contact
GROUP BY cut_1, cut_2, place
