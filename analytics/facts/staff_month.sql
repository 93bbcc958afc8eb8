-- staff_month: who of the staff logged personal contacts for a student in a month, and on which days of it.
-- Reads in_contact, in_span and calendar. days: bit n stands for day n (from 0) of the month.
SELECT
    c.student_id,
    COALESCE(s.span_no, 0) AS span_no,
    k.month,
    c.channel,
    c.staff,
    CAST(BIT_OR(CAST(POWER(2, c.contact_day - k.month) AS BIGINT)) AS BIGINT) AS days
FROM in_contact AS c
JOIN calendar AS k ON k.day = c.contact_day
LEFT JOIN in_span AS s
    ON s.student_id = c.student_id AND c.contact_day >= s.start_day AND c.contact_day < s.end_day
WHERE c.audience = 'personal' AND c.staff IS NOT NULL
GROUP BY c.student_id, COALESCE(s.span_no, 0), k.month, c.channel, c.staff
