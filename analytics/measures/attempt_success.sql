-- delivered personal contacts / personal contacts
SELECT
    cut_1, cut_2, place,
    CAST(sum(delivered) AS BIGINT) AS numerator,
    CAST(sum(attempts) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN attempts > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN attempts > 0 THEN school_id END) AS schools
FROM scoped_contact
GROUP BY cut_1, cut_2, place
