-- delivered contacts in the home language or with an interpreter / those of students with another
-- home language than English whose language is known
SELECT
    cut_1, cut_2, place,
    CAST(sum(language_met) AS BIGINT) AS numerator,
    CAST(sum(language_known) AS BIGINT) AS denominator,
    count(DISTINCT CASE WHEN language_known > 0 THEN student_id END) AS students,
    count(DISTINCT CASE WHEN language_known > 0 THEN school_id END) AS schools
FROM scoped_contact
GROUP BY cut_1, cut_2, place
