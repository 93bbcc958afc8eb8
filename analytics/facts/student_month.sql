-- student_month: student_month_channel added up over channels, for the whole months of a period.
-- Reads in_student_month_channel.
SELECT
    d.student_id,
    d.span_no,
    d.month,
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
    CAST(MAX(d.last_day) AS INTEGER) AS last_day,
    CAST(MAX(d.last_delivered) AS INTEGER) AS last_delivered,
    CAST(BIT_OR(d.own_days) AS BIGINT) AS own_days
FROM in_student_month_channel AS d
GROUP BY d.student_id, d.span_no, d.month
