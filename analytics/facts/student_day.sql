-- student_day: what happened for one student on one day, by channel and topic.
-- Reads in_contact, in_held (what each file holds), in_span, in_reply and reply_rule (window_days).
-- span_no 0: the student was not enrolled that day. Such rows count in no measure.
WITH known_language AS (
    SELECT
        s.student_id, s.span_no, s.start_day, s.end_day, s.school_id,
        -- NULL where the home language is English or unknown: then no language can fail to fit.
        CASE WHEN s.home_language <> 'english' THEN s.home_language END AS other_language
    FROM in_span AS s
),
-- Likely twins: of the contacts of one student, day, channel and direction those beyond the file that holds most of
-- them. Where one file holds them all, they are no twins; nor does it matter which file came first.
several_files AS (
    SELECT h.student_id, h.contact_day, h.channel, h.direction
    FROM in_held AS h
    GROUP BY h.student_id, h.contact_day, h.channel, h.direction
    HAVING MAX(h.upload_id) > MIN(h.upload_id)
),
file_holds AS (
    SELECT h.student_id, h.contact_day, h.channel, h.direction, h.upload_id, COUNT(*) AS held
    FROM in_held AS h
    JOIN several_files AS s
        ON s.student_id = h.student_id AND s.contact_day = h.contact_day AND s.channel = h.channel
        AND s.direction = h.direction
    GROUP BY h.student_id, h.contact_day, h.channel, h.direction, h.upload_id
),
fullest_file AS (
    SELECT f.student_id, f.contact_day, f.channel, f.direction, MAX(f.held) AS held
    FROM file_holds AS f
    GROUP BY f.student_id, f.contact_day, f.channel, f.direction
),
counted AS (
    SELECT
        c.contact_id, f.held,
        ROW_NUMBER() OVER (
            PARTITION BY c.student_id, c.contact_day, c.channel, c.direction ORDER BY c.contact_id
        ) AS place
    FROM in_contact AS c
    JOIN fullest_file AS f
        ON f.student_id = c.student_id AND f.contact_day = c.contact_day AND f.channel = c.channel
        AND f.direction = c.direction
    WHERE c.audience = 'personal'
),
twin AS (
    SELECT n.contact_id FROM counted AS n WHERE n.place > n.held
),
row_of AS (
    SELECT
        c.student_id, c.contact_day AS day, c.channel, c.topic,
        c.direction, c.initiated_by, c.tone, c.student_present, c.language, c.interpreter,
        COALESCE(s.span_no, 0) AS span_no,
        s.other_language,
        CASE WHEN c.school_id IS NULL OR c.school_id = s.school_id THEN 1 ELSE 0 END AS own,
        CASE WHEN c.audience = 'mass' THEN 1 ELSE 0 END AS is_mass,
        CASE WHEN c.audience = 'mass' THEN 0 ELSE 1 END AS is_attempt,
        r.side,
        CASE WHEN r.side IS NULL THEN 0 ELSE 1 END AS is_delivered,
        CASE WHEN r.reply_days <= rule.window_days THEN 1 ELSE 0 END AS has_answer,
        CASE WHEN r.answers_days <= rule.window_days THEN 1 ELSE 0 END AS is_answer,
        c.outcome, c.contact_second,
        CASE WHEN o.contact_id IS NULL THEN 0 ELSE 1 END AS is_twin
    FROM in_contact AS c
    CROSS JOIN reply_rule AS rule
    LEFT JOIN twin AS o ON o.contact_id = c.contact_id
    LEFT JOIN in_reply AS r ON r.contact_id = c.contact_id
    LEFT JOIN known_language AS s
        ON s.student_id = c.student_id AND c.contact_day >= s.start_day AND c.contact_day < s.end_day
),
flag AS (
    SELECT
        w.*,
        CASE WHEN w.is_delivered = 1 AND w.tone IN ('positive', 'neutral', 'concern') THEN 1 ELSE 0 END AS has_tone,
        -- Who began: the log's own word, else direction, where the contact is no answer.
        CASE
            WHEN w.is_delivered = 0 THEN NULL
            WHEN w.initiated_by IN ('family', 'student') THEN 1
            WHEN w.initiated_by = 'school' THEN 0
            WHEN w.is_answer = 1 THEN NULL
            WHEN w.direction = 'inbound' THEN 1
            WHEN w.direction = 'outbound' THEN 0
        END AS family_began,
        CASE
            WHEN w.is_delivered = 0 OR w.language IS NULL OR w.other_language IS NULL THEN NULL
            WHEN w.language = w.other_language OR w.interpreter THEN 1
            ELSE 0
        END AS language_fits
    FROM row_of AS w
)
SELECT
    g.student_id,
    g.span_no,
    g.day,
    g.channel,
    g.topic,
    CAST(SUM(g.is_mass) AS BIGINT) AS mass,
    CAST(SUM(g.is_attempt) AS BIGINT) AS attempts,
    CAST(SUM(CASE WHEN g.is_attempt = 1 AND g.span_no > 0 THEN g.own ELSE 0 END) AS BIGINT) AS attempts_own,
    CAST(SUM(g.is_delivered) AS BIGINT) AS delivered,
    CAST(SUM(CASE WHEN g.side IN ('conversation', 'outbound', 'inbound') THEN 1 ELSE 0 END) AS BIGINT) AS known,
    CAST(SUM(CASE WHEN g.side = 'conversation' OR g.has_answer = 1 OR g.is_answer = 1 THEN 1 ELSE 0 END) AS BIGINT)
        AS two_way,
    CAST(SUM(CASE WHEN g.side = 'outbound' THEN 1 ELSE 0 END) AS BIGINT) AS school_asks,
    CAST(SUM(CASE WHEN g.side = 'outbound' THEN g.has_answer ELSE 0 END) AS BIGINT) AS school_asks_answered,
    CAST(SUM(CASE WHEN g.side = 'inbound' THEN 1 ELSE 0 END) AS BIGINT) AS family_asks,
    CAST(SUM(CASE WHEN g.side = 'inbound' THEN g.has_answer ELSE 0 END) AS BIGINT) AS family_asks_answered,
    CAST(SUM(COALESCE(g.family_began, 0)) AS BIGINT) AS began_family,
    CAST(COUNT(g.family_began) AS BIGINT) AS began_known,
    CAST(SUM(CASE WHEN g.has_tone = 1 AND g.tone = 'positive' THEN 1 ELSE 0 END) AS BIGINT) AS tone_positive,
    CAST(SUM(CASE WHEN g.has_tone = 1 AND g.tone = 'concern' THEN 1 ELSE 0 END) AS BIGINT) AS tone_concern,
    CAST(SUM(g.has_tone) AS BIGINT) AS tone_known,
    CAST(SUM(CASE WHEN g.is_delivered = 1 AND g.student_present THEN 1 ELSE 0 END) AS BIGINT) AS present,
    CAST(SUM(CASE WHEN g.is_delivered = 1 AND g.student_present IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT)
        AS present_known,
    CAST(SUM(COALESCE(g.language_fits, 0)) AS BIGINT) AS language_met,
    CAST(COUNT(g.language_fits) AS BIGINT) AS language_known,
    CAST(SUM(CASE WHEN g.is_attempt = 1 AND g.direction = 'unknown' THEN 1 ELSE 0 END) AS BIGINT) AS no_direction,
    CAST(SUM(CASE WHEN g.is_attempt = 1 AND g.outcome = 'unknown' THEN 1 ELSE 0 END) AS BIGINT) AS no_outcome,
    CAST(SUM(CASE WHEN g.contact_second IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS no_time,
    CAST(SUM(g.is_twin) AS BIGINT) AS twins
FROM flag AS g
GROUP BY g.student_id, g.span_no, g.day, g.channel, g.topic
