-- delivered contacts with a positive tone / those with a known tone
SELECT
    cut_1, cut_2, place,
    CAST(sum(tone_positive) AS BIGINT) AS numerator,
    CAST(sum(tone_known) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN tone_known > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN tone_known > 0 THEN school_id END) AS schools
FROM scoped_contact
GROUP BY cut_1, cut_2, place
