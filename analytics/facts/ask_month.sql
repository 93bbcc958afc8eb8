-- ask_month: the asks of the school by month, channel and days to the answer (NULL: none within 30 days).
-- Reads in_contact_mark and calendar. month is the day number of the month's first day.
SELECT
    m.student_id,
    m.span_no,
    k.month,
    m.channel,
    m.reply_days,
    CAST(COUNT(*) AS INTEGER) AS asks
FROM in_contact_mark AS m
JOIN calendar AS k ON k.day = m.day
WHERE (m.marks & 64) <> 0
GROUP BY m.student_id, m.span_no, k.month, m.channel, m.reply_days
