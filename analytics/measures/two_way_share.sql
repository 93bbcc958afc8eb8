-- two-way contacts / delivered contacts whose direction is known or that are conversations
SELECT
    cut_1, cut_2, place,
    CAST(sum(two_way) AS BIGINT) AS numerator,
    CAST(sum(known) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN known > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN known > 0 THEN school_id END) AS schools
FROM scoped_contact
GROUP BY cut_1, cut_2, place
