-- student_month_channel: contact_mark added up by month and channel: how many contacts have each of the marks.
-- Reads in_contact_mark and calendar. month is the day number of the month's first day.
-- last_day: of any row; last_delivered: of a delivered contact; own_days: bit n stands for day n (from 0)
-- of the month on which the student's own school logged an attempt.
SELECT
    d.student_id,
    d.span_no,
    k.month,
    d.channel,
    CAST(COUNT(CASE WHEN (d.marks & 1) <> 0 THEN 1 END) AS INTEGER) AS mass,
    CAST(COUNT(CASE WHEN (d.marks & 2) <> 0 THEN 1 END) AS INTEGER) AS attempts,
    CAST(COUNT(CASE WHEN (d.marks & 4) <> 0 THEN 1 END) AS INTEGER) AS attempts_own,
    CAST(COUNT(CASE WHEN (d.marks & 8) <> 0 THEN 1 END) AS INTEGER) AS delivered,
    CAST(COUNT(CASE WHEN (d.marks & 16) <> 0 THEN 1 END) AS INTEGER) AS known,
    CAST(COUNT(CASE WHEN (d.marks & 32) <> 0 THEN 1 END) AS INTEGER) AS two_way,
    CAST(COUNT(CASE WHEN (d.marks & 64) <> 0 THEN 1 END) AS INTEGER) AS school_asks,
    CAST(COUNT(CASE WHEN (d.marks & 128) <> 0 THEN 1 END) AS INTEGER) AS school_asks_answered,
    CAST(COUNT(CASE WHEN (d.marks & 256) <> 0 THEN 1 END) AS INTEGER) AS family_asks,
    CAST(COUNT(CASE WHEN (d.marks & 512) <> 0 THEN 1 END) AS INTEGER) AS family_asks_answered,
    CAST(COUNT(CASE WHEN (d.marks & 1024) <> 0 THEN 1 END) AS INTEGER) AS began_family,
    CAST(COUNT(CASE WHEN (d.marks & 2048) <> 0 THEN 1 END) AS INTEGER) AS began_known,
    CAST(COUNT(CASE WHEN (d.marks & 4096) <> 0 THEN 1 END) AS INTEGER) AS tone_positive,
    CAST(COUNT(CASE WHEN (d.marks & 8192) <> 0 THEN 1 END) AS INTEGER) AS tone_concern,
    CAST(COUNT(CASE WHEN (d.marks & 16384) <> 0 THEN 1 END) AS INTEGER) AS tone_known,
    CAST(COUNT(CASE WHEN (d.marks & 32768) <> 0 THEN 1 END) AS INTEGER) AS present,
    CAST(COUNT(CASE WHEN (d.marks & 65536) <> 0 THEN 1 END) AS INTEGER) AS present_known,
    CAST(COUNT(CASE WHEN (d.marks & 131072) <> 0 THEN 1 END) AS INTEGER) AS language_met,
    CAST(COUNT(CASE WHEN (d.marks & 262144) <> 0 THEN 1 END) AS INTEGER) AS language_known,
    CAST(COUNT(CASE WHEN (d.marks & 524288) <> 0 THEN 1 END) AS INTEGER) AS no_direction,
    CAST(COUNT(CASE WHEN (d.marks & 1048576) <> 0 THEN 1 END) AS INTEGER) AS no_outcome,
    CAST(COUNT(CASE WHEN (d.marks & 2097152) <> 0 THEN 1 END) AS INTEGER) AS no_time,
    CAST(COUNT(CASE WHEN (d.marks & 4194304) <> 0 THEN 1 END) AS INTEGER) AS twins,
    CAST(MAX(d.day) AS INTEGER) AS last_day,
    CAST(MAX(CASE WHEN (d.marks & 8) <> 0 THEN d.day END) AS INTEGER) AS last_delivered,
    CAST(BIT_OR(CASE WHEN (d.marks & 4) <> 0 THEN CAST(POWER(2, d.day - k.month) AS BIGINT) ELSE CAST(0 AS BIGINT) END)
        AS BIGINT) AS own_days
FROM in_contact_mark AS d
JOIN calendar AS k ON k.day = d.day
GROUP BY d.student_id, d.span_no, k.month, d.channel
