-- delivered contacts / enrolled days
WITH made AS (
    SELECT cut_1, cut_2, place, sum(delivered) AS contacts
    FROM scoped_contact
    GROUP BY cut_1, cut_2, place
)
SELECT
    e.cut_1, e.cut_2, e.place,
    CAST(coalesce(m.contacts, 0) AS BIGINT) AS numerator,
    CAST(e.days AS BIGINT) AS denominator,
    e.students,
    e.schools
FROM scoped_enrolled AS e
LEFT JOIN made AS m ON m.cut_1 = e.cut_1 AND m.cut_2 = e.cut_2 AND m.place = e.place
