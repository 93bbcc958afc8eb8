-- student_month_channel: student_day added up by month and channel.
-- Reads in_student_day and calendar. month is the day number of the month's first day.
-- last_day: of any row; last_delivered: of a delivered contact; own_days: bit n stands for day n (from 0)
-- of the month on which the student's own school logged an attempt.
SELECT
    d.student_id,
    d.span_no,
    k.month,
    d.channel,
    CAST(SUM(d.mass) AS BIGINT) AS mass,
    CAST(SUM(d.attempts) AS BIGINT) AS attempts,
    CAST(SUM(d.attempts_own) AS BIGINT) AS attempts_own,
    CAST(SUM(d.delivered) AS BIGINT) AS delivered,
    CAST(SUM(d.known) AS BIGINT) AS known,
    CAST(SUM(d.two_way) AS BIGINT) AS two_way,
    CAST(SUM(d.school_asks) AS BIGINT) AS school_asks,
    CAST(SUM(d.school_asks_answered) AS BIGINT) AS school_asks_answered,
    CAST(SUM(d.family_asks) AS BIGINT) AS family_asks,
    CAST(SUM(d.family_asks_answered) AS BIGINT) AS family_asks_answered,
    CAST(SUM(d.began_family) AS BIGINT) AS began_family,
    CAST(SUM(d.began_known) AS BIGINT) AS began_known,
    CAST(SUM(d.tone_positive) AS BIGINT) AS tone_positive,
    CAST(SUM(d.tone_concern) AS BIGINT) AS tone_concern,
    CAST(SUM(d.tone_known) AS BIGINT) AS tone_known,
    CAST(SUM(d.present) AS BIGINT) AS present,
    CAST(SUM(d.present_known) AS BIGINT) AS present_known,
    CAST(SUM(d.language_met) AS BIGINT) AS language_met,
    CAST(SUM(d.language_known) AS BIGINT) AS language_known,
    CAST(SUM(d.no_direction) AS BIGINT) AS no_direction,
    CAST(SUM(d.no_outcome) AS BIGINT) AS no_outcome,
    CAST(SUM(d.no_time) AS BIGINT) AS no_time,
    CAST(SUM(d.twins) AS BIGINT) AS twins,
    CAST(MAX(d.day) AS INTEGER) AS last_day,
    CAST(MAX(CASE WHEN d.delivered > 0 THEN d.day END) AS INTEGER) AS last_delivered,
    CAST(BIT_OR(CASE WHEN d.attempts_own > 0 THEN CAST(POWER(2, d.day - k.month) AS BIGINT) ELSE CAST(0 AS BIGINT) END)
        AS BIGINT) AS own_days
FROM in_student_day AS d
JOIN calendar AS k ON k.day = d.day
GROUP BY d.student_id, d.span_no, k.month, d.channel
