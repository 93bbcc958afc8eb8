-- One row a student and band in one school year: what the fixed cube counts.
-- A student stands in the groups and school of the last enrolled day in that band, so that groups, schools
-- and districts add up exactly. $first and $last are day numbers (both included); as_of cuts per district.
-- `silent` looks back from the last day of lessons (`closing`), not from $last: after it hardly anybody is enrolled.
WITH as_of AS (
    SELECT st.district AS district, max(c.contact_day) AS day
    FROM contact AS c JOIN student AS st ON st.student_id = c.student_id
    GROUP BY st.district
),
part AS (
    SELECT s.*, greatest(s.start_day, $first) AS a, least(s.end_day, $last + 1, as_of.day + 1) AS b, as_of.day AS as_of_day
    FROM span AS s JOIN as_of ON as_of.district = s.district
    WHERE greatest(s.start_day, $first) < least(s.end_day, $last + 1, as_of.day + 1)
),
-- The last day on which at least half of a district's students of the year were still enrolled. A school rarely ends
-- everybody's enrollment on the same day: students without an exit date stay to the end of June, by themselves.
leaving AS (SELECT district, student_id, max(b) AS until FROM part GROUP BY district, student_id),
-- From the last day down: of an even number, the later one of the two in the middle.
closing AS (SELECT district, -quantile_disc(-until, 0.5) - 1 AS day FROM leaving GROUP BY district),
unit AS (
    SELECT student_id, band, sum(b - a) AS days, any_value(part.district) AS district,
        max(closing.day) AS closing_day, max(CASE WHEN a <= closing.day AND b > closing.day THEN 1 ELSE 0 END) AS at_end,
        max(b) - 1 AS last_day, min(a) AS first_day, max(as_of_day) AS as_of_day,
        arg_max(school_id, a) AS school_id, arg_max(coalesce(home_language, 'unknown'), a) AS home_language,
        arg_max(CASE WHEN iep IS NULL THEN 'unknown' WHEN iep THEN 'yes' ELSE 'no' END, a) AS iep,
        arg_max(CASE WHEN english_learner IS NULL THEN 'unknown' WHEN english_learner THEN 'yes' ELSE 'no' END, a)
            AS english_learner,
        arg_max(CASE WHEN low_income IS NULL THEN 'unknown' WHEN low_income THEN 'yes' ELSE 'no' END, a) AS low_income,
        arg_max(coalesce(race_ethnicity, 'unknown'), a) AS race_ethnicity,
        arg_max(coalesce(gender, 'unknown'), a) AS gender
    FROM part JOIN closing ON closing.district = part.district GROUP BY student_id, band
),
done AS (
    SELECT p.student_id, p.band, sum(d.delivered) AS delivered, sum(d.attempts) AS attempts, sum(d.known) AS known,
        sum(d.two_way) AS two_way,
        sum(CASE WHEN d.day <= p.as_of_day - $window THEN d.school_asks ELSE 0 END) AS school_asks,
        sum(CASE WHEN d.day <= p.as_of_day - $window THEN d.school_asks_answered ELSE 0 END) AS school_asks_answered,
        sum(CASE WHEN d.day <= p.as_of_day - $window THEN d.family_asks ELSE 0 END) AS family_asks,
        sum(CASE WHEN d.day <= p.as_of_day - $window THEN d.family_asks_answered ELSE 0 END) AS family_asks_answered
    FROM part AS p JOIN student_day AS d ON d.student_id = p.student_id AND d.span_no = p.span_no
        AND d.day >= p.a AND d.day < p.b
    GROUP BY p.student_id, p.band
),
heard AS (
    SELECT u.student_id, u.band, sum(d.delivered) AS lately
    FROM unit AS u JOIN student_day AS d ON d.student_id = u.student_id AND d.span_no > 0
        AND d.day > u.closing_day - $silence AND d.day <= u.closing_day
    GROUP BY u.student_id, u.band
),
-- Enrolled in the days that `silent` looks at in another band or before the year: heard there, reached here or not.
away AS (
    SELECT DISTINCT u.student_id, u.band
    FROM unit AS u JOIN span AS s ON s.student_id = u.student_id
        AND s.start_day <= u.closing_day AND s.end_day > u.closing_day - $silence + 1
    WHERE s.band <> u.band OR greatest(s.start_day, u.closing_day - $silence + 1) < $first
),
-- Two bands of one student within those days, at the end of them in one: what happened in one tells of the other.
around AS (
    SELECT DISTINCT u.student_id, u.band, u.at_end
    FROM unit AS u JOIN part AS p ON p.student_id = u.student_id AND p.band = u.band
        AND p.a <= u.closing_day AND p.b > u.closing_day - $silence + 1
),
tie AS (SELECT student_id FROM around GROUP BY student_id HAVING count(*) > 1 AND max(at_end) = 1),
earlier AS (
    SELECT DISTINCT u.student_id
    FROM unit AS u JOIN span AS s ON s.student_id = u.student_id
        AND s.start_day < $first AND s.end_day > u.closing_day - $silence + 1
    WHERE u.closing_day - $silence + 1 < $first
)
SELECT u.student_id, u.band, u.district, u.school_id, u.days, u.home_language, u.iep, u.english_learner, u.low_income,
    u.race_ethnicity, u.gender,
    coalesce(d.delivered, 0) AS delivered, coalesce(d.attempts, 0) AS attempts, coalesce(d.known, 0) AS known,
    coalesce(d.two_way, 0) AS two_way, coalesce(d.school_asks, 0) AS school_asks,
    coalesce(d.school_asks_answered, 0) AS school_asks_answered, coalesce(d.family_asks, 0) AS family_asks,
    coalesce(d.family_asks_answered, 0) AS family_asks_answered,
    u.at_end,
    CASE WHEN u.at_end = 1 AND coalesce(h.lately, 0) = 0 THEN 1 ELSE 0 END AS silent,
    CASE WHEN a.student_id IS NULL THEN 0 ELSE 1 END AS elsewhere,
    -- All enrolled days that count are those that `silent` looks at: reached or silent, never both.
    CASE WHEN u.at_end = 1 AND u.first_day > u.closing_day - $silence AND u.last_day = u.closing_day THEN 1 ELSE 0 END
        AS only_then,
    CASE WHEN t.student_id IS NULL OR r.student_id IS NULL THEN 0 ELSE u.student_id END AS tied,
    CASE WHEN u.first_day > u.closing_day - $silence AND u.last_day <= u.closing_day THEN 1 ELSE 0 END AS within,
    CASE WHEN e.student_id IS NULL THEN 0 ELSE 1 END AS before,
    -- Asks of the last days before the as-of date are open and counted nowhere: who came then has none that count, and
    -- only who was there then can have some that do not.
    CASE WHEN u.first_day <= u.as_of_day - $window THEN 1 ELSE 0 END AS askable,
    CASE WHEN u.last_day > u.as_of_day - $window THEN 1 ELSE 0 END AS open_asks,
    -- An answer may fall on a day that counts elsewhere or nowhere, but for who was there without a gap to the last day.
    CASE WHEN u.last_day = u.as_of_day AND u.days = u.last_day - u.first_day + 1 THEN 0 ELSE 1 END AS answered_outside
FROM unit AS u
LEFT JOIN around AS r ON r.student_id = u.student_id AND r.band = u.band
LEFT JOIN tie AS t ON t.student_id = u.student_id
LEFT JOIN earlier AS e ON e.student_id = u.student_id
LEFT JOIN away AS a ON a.student_id = u.student_id AND a.band = u.band
LEFT JOIN done AS d ON d.student_id = u.student_id AND d.band = u.band
LEFT JOIN heard AS h ON h.student_id = u.student_id AND h.band = u.band
