-- delivered contacts whose direction is known or that are conversations / delivered contacts
SELECT
    cut_1, cut_2, place,
    CAST(sum(known) AS BIGINT) AS numerator,
    CAST(sum(delivered) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN delivered > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN delivered > 0 THEN school_id END) AS schools
FROM scoped_contact
GROUP BY cut_1, cut_2, place
