-- first delivered contacts of a school year that were positive or neutral / those with a known tone
SELECT
    cut_1, cut_2, place,
    CAST(sum(tone_good) AS BIGINT) AS numerator,
    CAST(sum(tone_known) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN tone_known > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN tone_known > 0 THEN school_id END) AS schools
FROM scoped_first
GROUP BY cut_1, cut_2, place
