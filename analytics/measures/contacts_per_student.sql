-- How many students have how many delivered contacts, zero included. Quantiles are read from these counts.
WITH per_student AS (
    SELECT cut_1, cut_2, place, student_id, sum(delivered) AS contacts
    FROM scoped_contact
    WHERE delivered > 0
    GROUP BY cut_1, cut_2, place, student_id
),
reached AS (
    SELECT cut_1, cut_2, place, contacts, count(*) AS families
    FROM per_student
    GROUP BY cut_1, cut_2, place, contacts
),
everyone AS (
    SELECT cut_1, cut_2, place, sum(families) AS families
    FROM reached
    GROUP BY cut_1, cut_2, place
)
SELECT
    e.cut_1, e.cut_2, e.place, e.students, e.schools,
    CAST(r.contacts AS BIGINT) AS contacts,
    r.families
FROM scoped_enrolled AS e
JOIN reached AS r ON r.cut_1 = e.cut_1 AND r.cut_2 = e.cut_2 AND r.place = e.place
UNION ALL
SELECT
    e.cut_1, e.cut_2, e.place, e.students, e.schools,
    0 AS contacts,
    CAST(e.students - coalesce(a.families, 0) AS BIGINT) AS families
FROM scoped_enrolled AS e
LEFT JOIN everyone AS a ON a.cut_1 = e.cut_1 AND a.cut_2 = e.cut_2 AND a.place = e.place
