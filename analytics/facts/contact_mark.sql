-- contact_mark: each contact row of a student, and what it counts for: bits of one number, which add up to every sum.
-- Reads in_sided, in_talk_day, in_held (what each file holds), in_span and reply_rule (window_days: within how many days
-- an answer counts; longest_days: how far answers are looked for). Replies are matched by student and day.
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
-- Few days are in several files, so these are found first, by numbers alone.
several_files AS (
    SELECT h.student_id, h.contact_day
    FROM in_held AS h
    GROUP BY h.student_id, h.contact_day
    HAVING MAX(h.upload_id) > MIN(h.upload_id)
),
file_holds AS (
    SELECT h.student_id, h.contact_day, h.channel, h.direction, h.upload_id, COUNT(*) AS held
    FROM in_held AS h
    JOIN several_files AS s ON s.student_id = h.student_id AND s.contact_day = h.contact_day
    GROUP BY h.student_id, h.contact_day, h.channel, h.direction, h.upload_id
),
fullest_file AS (
    SELECT f.student_id, f.contact_day, f.channel, f.direction, MAX(f.held) AS held
    FROM file_holds AS f
    GROUP BY f.student_id, f.contact_day, f.channel, f.direction
    HAVING MAX(f.upload_id) > MIN(f.upload_id)
),
counted AS (
    SELECT
        c.contact_id, f.held,
        ROW_NUMBER() OVER (
            PARTITION BY c.student_id, c.contact_day, c.channel, c.direction ORDER BY c.contact_id
        ) AS place
    FROM in_sided AS c
    JOIN fullest_file AS f
        ON f.student_id = c.student_id AND f.contact_day = c.contact_day AND f.channel = c.channel
        AND f.direction = c.direction
    WHERE c.audience = 'personal'
),
twin AS (
    SELECT n.contact_id FROM counted AS n WHERE n.place > n.held
),
-- Of each contact the days to the nearest answer, and back to the nearest ask of either party.
gap AS (
    SELECT
        c.*,
        CASE
            WHEN c.side = 'outbound' AND n.family_last_s >= c.ask_s THEN 0
            WHEN c.side = 'outbound' THEN n.family_next_day - c.contact_day
            WHEN c.side = 'inbound' AND n.school_last_s >= c.ask_s THEN 0
            WHEN c.side = 'inbound' THEN n.school_next_day - c.contact_day
        END AS reply_gap,
        CASE
            WHEN c.side IN ('inbound', 'conversation') AND n.school_ask_s <= c.answer_s THEN 0
            WHEN c.side IN ('inbound', 'conversation') THEN c.contact_day - n.school_ask_day
        END AS school_ask_gap,
        CASE
            WHEN c.side IN ('outbound', 'conversation') AND n.family_ask_s <= c.answer_s THEN 0
            WHEN c.side IN ('outbound', 'conversation') THEN c.contact_day - n.family_ask_day
        END AS family_ask_gap
    FROM in_sided AS c
    LEFT JOIN in_talk_day AS n ON n.student_id = c.student_id AND n.day = c.contact_day
),
-- A conversation answers either party; the nearer ask counts.
nearest AS (
    SELECT
        g.*,
        CASE
            WHEN g.family_ask_gap IS NULL OR g.school_ask_gap <= g.family_ask_gap THEN g.school_ask_gap
            ELSE g.family_ask_gap
        END AS answer_gap
    FROM gap AS g
),
row_of AS (
    SELECT
        c.student_id, c.contact_day AS day, c.channel, c.topic,
        c.direction, c.initiated_by, c.tone, c.student_present, c.language, c.interpreter, c.outcome, c.contact_second,
        c.side,
        COALESCE(s.span_no, 0) AS span_no,
        s.other_language,
        c.school_id IS NULL OR c.school_id = s.school_id AS is_own,
        COALESCE(c.audience = 'mass', FALSE) AS is_mass,
        c.side IS NOT NULL AS is_delivered,
        CASE WHEN c.reply_gap <= rule.longest_days THEN c.reply_gap END AS reply_days,
        CASE WHEN c.answer_gap <= rule.longest_days THEN c.answer_gap END AS answers_days,
        COALESCE(c.reply_gap <= rule.window_days, FALSE) AS has_answer,
        COALESCE(c.answer_gap <= rule.window_days, FALSE) AS is_answer,
        c.side IS NOT NULL AND c.tone IN ('positive', 'neutral', 'concern') AS has_tone,
        o.contact_id IS NOT NULL AS is_twin
    FROM nearest AS c
    CROSS JOIN reply_rule AS rule
    LEFT JOIN twin AS o ON o.contact_id = c.contact_id
    LEFT JOIN known_language AS s
        ON s.student_id = c.student_id AND c.contact_day >= s.start_day AND c.contact_day < s.end_day
),
flag AS (
    SELECT
        w.*,
        -- Who began: the log's own word, else direction, where the contact is no answer.
        CASE
            WHEN NOT w.is_delivered THEN NULL
            WHEN w.initiated_by IN ('family', 'student') THEN TRUE
            WHEN w.initiated_by = 'school' THEN FALSE
            WHEN w.is_answer THEN NULL
            WHEN w.direction = 'inbound' THEN TRUE
            WHEN w.direction = 'outbound' THEN FALSE
        END AS family_began,
        CASE
            WHEN NOT w.is_delivered OR w.language IS NULL OR w.other_language IS NULL THEN NULL
            ELSE COALESCE(w.language = w.other_language OR w.interpreter, FALSE)
        END AS language_fits
    FROM row_of AS w
)
SELECT
    g.student_id,
    g.span_no,
    g.day,
    g.channel,
    g.topic,
    CAST(
        CASE WHEN g.is_mass THEN 1 ELSE 2 END  -- mass, attempts
        + CASE WHEN NOT g.is_mass AND g.span_no > 0 AND g.is_own THEN 4 ELSE 0 END  -- attempts_own
        + CASE WHEN g.is_delivered THEN 8 ELSE 0 END  -- delivered
        + CASE WHEN g.side IN ('conversation', 'outbound', 'inbound') THEN 16 ELSE 0 END  -- known
        + CASE WHEN g.side = 'conversation' OR g.has_answer OR g.is_answer THEN 32 ELSE 0 END  -- two_way
        + CASE WHEN g.side = 'outbound' THEN 64 ELSE 0 END  -- school_asks
        + CASE WHEN g.side = 'outbound' AND g.has_answer THEN 128 ELSE 0 END  -- school_asks_answered
        + CASE WHEN g.side = 'inbound' THEN 256 ELSE 0 END  -- family_asks
        + CASE WHEN g.side = 'inbound' AND g.has_answer THEN 512 ELSE 0 END  -- family_asks_answered
        + CASE WHEN g.family_began THEN 1024 ELSE 0 END  -- began_family
        + CASE WHEN g.family_began IS NOT NULL THEN 2048 ELSE 0 END  -- began_known
        + CASE WHEN g.has_tone AND g.tone = 'positive' THEN 4096 ELSE 0 END  -- tone_positive
        + CASE WHEN g.has_tone AND g.tone = 'concern' THEN 8192 ELSE 0 END  -- tone_concern
        + CASE WHEN g.has_tone THEN 16384 ELSE 0 END  -- tone_known
        + CASE WHEN g.is_delivered AND g.student_present THEN 32768 ELSE 0 END  -- present
        + CASE WHEN g.is_delivered AND g.student_present IS NOT NULL THEN 65536 ELSE 0 END  -- present_known
        + CASE WHEN g.language_fits THEN 131072 ELSE 0 END  -- language_met
        + CASE WHEN g.language_fits IS NOT NULL THEN 262144 ELSE 0 END  -- language_known
        + CASE WHEN NOT g.is_mass AND g.direction = 'unknown' THEN 524288 ELSE 0 END  -- no_direction
        + CASE WHEN NOT g.is_mass AND g.outcome = 'unknown' THEN 1048576 ELSE 0 END  -- no_outcome
        + CASE WHEN g.contact_second IS NULL THEN 2097152 ELSE 0 END  -- no_time
        + CASE WHEN g.is_twin THEN 4194304 ELSE 0 END  -- twins
        AS INTEGER
    ) AS marks,
    g.reply_days,
    g.answers_days
FROM flag AS g
