-- span: the stretches of one student in one school and grade, not overlapping.
-- Reads in_enrollment (entry_day and exit_day included, load_order) and grade_band.
-- A student has one span at a time: of two with the same entry day the later loaded wins, a span ends
-- on the day before a later one begins, and does not resume. end_day is half open.
-- span_no counts from 1 by student; 0 is kept for days outside any span.
WITH newest_first AS (
    SELECT
        e.*,
        ROW_NUMBER() OVER (
            PARTITION BY e.student_id, e.entry_day ORDER BY e.load_order DESC, e.school_id DESC
        ) AS place
    FROM in_enrollment AS e
    WHERE e.exit_day >= e.entry_day
),
one_a_day AS (
    SELECT
        n.*,
        LEAD(n.entry_day) OVER (PARTITION BY n.student_id ORDER BY n.entry_day) AS next_entry_day,
        ROW_NUMBER() OVER (PARTITION BY n.student_id ORDER BY n.entry_day) AS span_no
    FROM newest_first AS n
    WHERE n.place = 1
)
SELECT
    o.student_id,
    CAST(o.span_no AS INTEGER) AS span_no,
    CAST(o.entry_day AS INTEGER) AS start_day,
    CAST(CASE WHEN o.next_entry_day <= o.exit_day THEN o.next_entry_day ELSE o.exit_day + 1 END AS INTEGER) AS end_day,
    o.district,
    o.school_id,
    o.school_year,
    o.grade,
    COALESCE(b.band, 'other') AS band,
    o.home_language,
    o.iep,
    o.english_learner,
    o.low_income,
    o.race_ethnicity,
    o.gender
FROM one_a_day AS o
LEFT JOIN grade_band AS b ON b.grade = o.grade
