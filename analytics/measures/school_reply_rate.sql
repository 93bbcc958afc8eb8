-- answered inbound asks / inbound asks, open asks left out
SELECT
    cut_1, cut_2, place,
    CAST(sum(family_asks_answered) AS BIGINT) AS numerator,
    CAST(sum(family_asks) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN family_asks > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN family_asks > 0 THEN school_id END) AS schools
FROM scoped_closed
GROUP BY cut_1, cut_2, place
