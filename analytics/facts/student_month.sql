-- student_month: student_month_channel added up over channels, for the whole months of a period.
-- Reads in_student_month_channel.
SELECT
    d.student_id,
    d.span_no,
    d.month,
    CAST(SUM(d.mass) AS INTEGER) AS mass,
    CAST(SUM(d.attempts) AS INTEGER) AS attempts,
    CAST(SUM(d.attempts_own) AS INTEGER) AS attempts_own,
    CAST(SUM(d.delivered) AS INTEGER) AS delivered,
    CAST(SUM(d.known) AS INTEGER) AS known,
    CAST(SUM(d.two_way) AS INTEGER) AS two_way,
    CAST(SUM(d.school_asks) AS INTEGER) AS school_asks,
    CAST(SUM(d.school_asks_answered) AS INTEGER) AS school_asks_answered,
    CAST(SUM(d.family_asks) AS INTEGER) AS family_asks,
    CAST(SUM(d.family_asks_answered) AS INTEGER) AS family_asks_answered,
    CAST(SUM(d.began_family) AS INTEGER) AS began_family,
    CAST(SUM(d.began_known) AS INTEGER) AS began_known,
    CAST(SUM(d.tone_positive) AS INTEGER) AS tone_positive,
    CAST(SUM(d.tone_concern) AS INTEGER) AS tone_concern,
    CAST(SUM(d.tone_known) AS INTEGER) AS tone_known,
    CAST(SUM(d.present) AS INTEGER) AS present,
    CAST(SUM(d.present_known) AS INTEGER) AS present_known,
    CAST(SUM(d.language_met) AS INTEGER) AS language_met,
    CAST(SUM(d.language_known) AS INTEGER) AS language_known,
    CAST(SUM(d.no_direction) AS INTEGER) AS no_direction,
    CAST(SUM(d.no_outcome) AS INTEGER) AS no_outcome,
    CAST(SUM(d.no_time) AS INTEGER) AS no_time,
    CAST(SUM(d.twins) AS INTEGER) AS twins,
    CAST(MAX(d.last_day) AS INTEGER) AS last_day,
    CAST(MAX(d.last_delivered) AS INTEGER) AS last_delivered,
    CAST(BIT_OR(d.own_days) AS BIGINT) AS own_days
FROM in_student_month_channel AS d
GROUP BY d.student_id, d.span_no, d.month
