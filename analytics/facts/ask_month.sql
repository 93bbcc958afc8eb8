-- ask_month: the asks of the school by month, channel and days to the answer (NULL: none within 30 days).
-- Reads in_reply and calendar. month is the day number of the month's first day.
SELECT
    r.student_id,
    r.span_no,
    k.month,
    r.channel,
    r.reply_days,
    CAST(COUNT(*) AS BIGINT) AS asks
FROM in_reply AS r
JOIN calendar AS k ON k.day = r.day
WHERE r.side = 'outbound'
GROUP BY r.student_id, r.span_no, k.month, r.channel, r.reply_days
