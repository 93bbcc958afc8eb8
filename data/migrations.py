"""The tables of the store, as named steps. Each step runs in one transaction with the record of it.

Durable truth is four tables: `upload`, `roster_row`, `contact_row` and `set_aside_row` (what people
loaded, and what waits). Everything else is derived from them and can be rebuilt:

    roster_row  -> school, student, enrollment
    contact_row -> contact (a view: the rows whose status is 'loaded')
    both        -> span, contact_mark and the facts made of them (the facts; see analytics/facts)

`contact_row.status` is one of
    loaded      a contact of a student of the roster
    duplicate   the same contact came with an earlier upload (kept, so that undo can bring it back)
    unmatched   no student of the roster; joins by itself when a roster names the student
"""

# What a contact counts for, by the bits of `contact_mark.marks` (set in analytics/facts/contact_mark.sql).
MARKS = (
    "mass", "attempts", "attempts_own", "delivered", "known", "two_way",
    "school_asks", "school_asks_answered",  # outbound asks; answered by the family
    "family_asks", "family_asks_answered",  # inbound asks; answered by the school
    "began_family", "began_known", "tone_positive", "tone_concern", "tone_known", "present", "present_known",
    "language_met", "language_known", "no_direction", "no_outcome", "no_time",  # the last three: how complete a log is
    "twins",  # likely logged in another file too
)  # fmt: skip
_SUMS = ", ".join(f"{mark} INTEGER" for mark in MARKS)
_UNPACKED = ", ".join(f"(marks >> {bit}) & 1 AS {mark}" for bit, mark in enumerate(MARKS))

STEPS: list[tuple[str, str]] = [
    (
        "001_tables",
        """
        CREATE TABLE setting (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

        CREATE TABLE upload (
            upload_id INTEGER PRIMARY KEY,      -- rises with each commit: "later loaded" means a higher id
            kind VARCHAR NOT NULL,              -- 'contacts' or 'roster'
            file_name VARCHAR NOT NULL,         -- display text only, never a path
            sha256 VARCHAR NOT NULL,
            loaded_at TIMESTAMP NOT NULL,
            loaded_by VARCHAR NOT NULL,
            district VARCHAR NOT NULL,
            school VARCHAR,                     -- the school that the upload was made for, where one was named
            rows_read BIGINT NOT NULL, rows_loaded BIGINT NOT NULL, rows_duplicate BIGINT NOT NULL,
            rows_changed BIGINT NOT NULL, rows_set_aside BIGINT NOT NULL, rows_unmatched BIGINT NOT NULL,
            rows_not_family BIGINT NOT NULL, rows_left_out BIGINT NOT NULL,
            header_signature VARCHAR NOT NULL,
            mapping VARCHAR NOT NULL,           -- JSON: what was made of the columns, values and constants
            full_roster BOOLEAN,                -- a roster: does it close whom it does not name? NULL: where it names
                                                -- at least half of a school's open students; else a person said so
            roster_date DATE,                   -- the day for which a roster speaks
            state VARCHAR NOT NULL,             -- 'loaded' or 'undone'
            undone_at TIMESTAMP, undone_by VARCHAR
        );
        -- An active file is there once: four people committing the same bytes load it once.
        CREATE TABLE active_file (sha256 VARCHAR PRIMARY KEY, upload_id INTEGER NOT NULL);

        CREATE TABLE problem (
            upload_id INTEGER, code VARCHAR, field VARCHAR, value VARCHAR, sheet VARCHAR, "row" INTEGER,
            message VARCHAR
        );
        CREATE TABLE set_aside_row (
            upload_id INTEGER, sheet VARCHAR, "row" INTEGER,
            cells VARCHAR                       -- JSON {header: text} of the mapped columns only, never notes
        );

        CREATE TABLE roster_row (
            upload_id INTEGER, sheet VARCHAR, source_row INTEGER,
            district VARCHAR, school VARCHAR, school_code VARCHAR, local_id VARCHAR,
            first_name VARCHAR, last_name VARCHAR,
            school_year VARCHAR, grade VARCHAR,
            entry_date DATE,                    -- never NULL: filled from the school year where the file has none
            exit_date DATE,                     -- NULL: to the end of the school year
            home_language VARCHAR, iep BOOLEAN, english_learner BOOLEAN, low_income BOOLEAN,
            race_ethnicity VARCHAR, gender VARCHAR,
            dated BOOLEAN DEFAULT TRUE          -- FALSE: the file had no entry date, the school year filled it in
        );
        CREATE TABLE school (
            school_id BIGINT PRIMARY KEY, district VARCHAR, name VARCHAR, short_name VARCHAR,
            low_grade VARCHAR, high_grade VARCHAR
        );
        CREATE TABLE student (
            student_id BIGINT PRIMARY KEY, district VARCHAR, local_id VARCHAR,
            first_name VARCHAR, last_name VARCHAR
        );
        CREATE TABLE enrollment (
            student_id BIGINT, school_id BIGINT, school_year VARCHAR, grade VARCHAR,
            entry_date DATE, exit_date DATE,    -- exit NULL: to the end of the school year (30 June)
            entry_day INTEGER, exit_day INTEGER, -- day numbers, both included, exit filled in
            load_order BIGINT,                  -- of two with the same entry date the higher one wins
            home_language VARCHAR, iep BOOLEAN, english_learner BOOLEAN, low_income BOOLEAN,
            race_ethnicity VARCHAR, gender VARCHAR,
            PRIMARY KEY (student_id, school_id, entry_date)
        );

        CREATE TABLE contact_row (
            upload_id INTEGER, sheet VARCHAR, source_row INTEGER,
            district VARCHAR,
            given_id VARCHAR, given_name VARCHAR, given_school VARCHAR,  -- the student as the log has it
            status VARCHAR, changed BOOLEAN,    -- changed: a duplicate that reads differently now
            contact_id BIGINT, identity BIGINT, copy_no INTEGER, student_id BIGINT,
            school_id BIGINT,                   -- the school that logged it, where known
            contact_date DATE, contact_day INTEGER,
            contact_second INTEGER,             -- second of the day; NULL: no time of day
            channel VARCHAR, direction VARCHAR, outcome VARCHAR, initiated_by VARCHAR, audience VARCHAR,
            topic VARCHAR, tone VARCHAR, staff VARCHAR, language VARCHAR, interpreter BOOLEAN,
            student_present BOOLEAN, minutes DOUBLE, record_id VARCHAR, grade VARCHAR
        );
        CREATE VIEW contact AS SELECT * FROM contact_row WHERE status = 'loaded';

        CREATE TABLE remembered_mapping (header_signature VARCHAR, kind VARCHAR, district VARCHAR, choices VARCHAR,
            saved_at TIMESTAMP, saved_by VARCHAR, PRIMARY KEY (header_signature, kind, district));
        CREATE TABLE remembered_match (district VARCHAR, school VARCHAR, given_name VARCHAR, student_id BIGINT,
            saved_at TIMESTAMP, saved_by VARCHAR, PRIMARY KEY (district, school, given_name));

        -- Small tables that the facts' SQL joins; filled from the settings.
        CREATE TABLE grade_band (grade VARCHAR PRIMARY KEY, band VARCHAR NOT NULL);
        CREATE TABLE reply_rule (window_days INTEGER NOT NULL, longest_days INTEGER NOT NULL);
        CREATE TABLE calendar (
            day INTEGER PRIMARY KEY, date DATE, weekday INTEGER,  -- 1 Monday to 7 Sunday
            week INTEGER,                       -- day number of the week's Monday
            month INTEGER,                      -- day number of the month's first day
            school_year VARCHAR
        );

        -- The facts.
        CREATE TABLE span (
            student_id BIGINT, span_no INTEGER, start_day INTEGER, end_day INTEGER,  -- half open
            district VARCHAR, school_id BIGINT, school_year VARCHAR, grade VARCHAR, band VARCHAR,
            home_language VARCHAR, iep BOOLEAN, english_learner BOOLEAN, low_income BOOLEAN,
            race_ethnicity VARCHAR, gender VARCHAR
        );
        CREATE TABLE reply (
            contact_id BIGINT, student_id BIGINT, span_no INTEGER,  -- span 0: not enrolled that day
            day INTEGER, second INTEGER, channel VARCHAR, topic VARCHAR,
            side VARCHAR,                       -- conversation, outbound, inbound, unknown
            reply_days INTEGER,                 -- of an ask: days to its earliest answer, NULL none in 30
            answers_days INTEGER                -- days back to the nearest ask that it answers, NULL none in 30
        );
        CREATE TABLE student_day (
            student_id BIGINT, span_no INTEGER, day INTEGER, channel VARCHAR, topic VARCHAR,
            mass BIGINT, attempts BIGINT, attempts_own BIGINT, delivered BIGINT, known BIGINT, two_way BIGINT,
            school_asks BIGINT, school_asks_answered BIGINT,   -- outbound asks; answered by the family
            family_asks BIGINT, family_asks_answered BIGINT,   -- inbound asks; answered by the school
            began_family BIGINT, began_known BIGINT,
            tone_positive BIGINT, tone_concern BIGINT, tone_known BIGINT,
            present BIGINT, present_known BIGINT, language_met BIGINT, language_known BIGINT,
            no_direction BIGINT, no_outcome BIGINT, no_time BIGINT,  -- how complete the log is
            twins BIGINT                        -- likely logged in another file too
        );
        CREATE TABLE student_month_channel AS
            SELECT student_id, span_no, day AS month, * EXCLUDE (student_id, span_no, day, topic)
            FROM student_day LIMIT 0;
        ALTER TABLE student_month_channel ADD COLUMN last_day INTEGER;        -- of any contact row of the month
        ALTER TABLE student_month_channel ADD COLUMN last_delivered INTEGER;  -- of a delivered contact, NULL none
        ALTER TABLE student_month_channel ADD COLUMN own_days BIGINT;  -- bit n: its own school logged on day n
        CREATE TABLE student_month AS SELECT * EXCLUDE (channel) FROM student_month_channel;
        CREATE TABLE ask_month (                -- outbound asks by the days to their answer, NULL none in 30
            student_id BIGINT, span_no INTEGER, month INTEGER, channel VARCHAR, reply_days INTEGER, asks BIGINT
        );
        CREATE TABLE staff_month (              -- who logged; days: bit n stands for day n of the month
            student_id BIGINT, span_no INTEGER, month INTEGER, channel VARCHAR, staff VARCHAR, days BIGINT
        );
        CREATE TABLE student_first (            -- the first delivered contact of a student's school year
            student_id BIGINT, span_no INTEGER, day INTEGER, school_year VARCHAR, channel VARCHAR, topic VARCHAR,
            tone_good BIGINT, tone_known BIGINT -- positive or neutral; known at all
        );

        CREATE TABLE store_version (version BIGINT NOT NULL);
        INSERT INTO store_version VALUES (0);
        """,
    ),
    (
        "002_releases",
        """
        CREATE TABLE release_year (
            release_id INTEGER, school_year VARCHAR, made_at VARCHAR, made_by VARCHAR, sha256 VARCHAR,
            settings VARCHAR, sources VARCHAR
        );
        CREATE TABLE release_witness (           -- the proof: it never leaves the store
            release_id INTEGER, school_year VARCHAR, linked VARCHAR, cells VARCHAR, tables VARCHAR
        );
        """,
    ),
    (
        "003_held",
        """
        -- What each file holds of the contacts that count, whichever file they count for.
        CREATE VIEW held AS
            SELECT student_id, contact_day, channel, direction, upload_id FROM contact_row
            WHERE status IN ('loaded', 'duplicate') AND audience = 'personal';
        """,
    ),
    (
        "004_marks",
        f"""
        UPDATE contact_row SET contact_id = identity WHERE copy_no = 1;
        DROP VIEW held;
        DROP TABLE reply;
        DROP TABLE student_day;
        DROP TABLE student_month_channel;
        DROP TABLE student_month;
        CREATE TABLE contact_mark (
            student_id BIGINT, span_no INTEGER,  -- span 0: not enrolled that day
            day INTEGER, channel VARCHAR, topic VARCHAR, marks INTEGER,
            reply_days INTEGER,                  -- of an ask: days to its earliest answer, NULL none in 30
            answers_days INTEGER                 -- days back to the nearest ask that it answers, NULL none in 30
        );
        CREATE TABLE student_month_channel (
            student_id BIGINT, span_no INTEGER, month INTEGER, channel VARCHAR, {_SUMS},
            last_day INTEGER,                    -- of any contact row of the month
            last_delivered INTEGER,              -- of a delivered contact, NULL none
            own_days BIGINT                      -- bit n: its own school logged on day n
        );
        CREATE TABLE student_month AS SELECT * EXCLUDE (channel) FROM student_month_channel;
        ALTER TABLE ask_month ALTER asks TYPE INTEGER;
        ALTER TABLE student_first ALTER tone_good TYPE INTEGER;
        ALTER TABLE student_first ALTER tone_known TYPE INTEGER;

        -- What happened for a student on a day: a row a contact, 1 under all that it counts for.
        CREATE VIEW student_day AS
            SELECT student_id, span_no, day, channel, topic, {_UNPACKED} FROM contact_mark;
        -- Delivered contacts: conversation, outbound, inbound or unknown.
        CREATE VIEW reply AS
            SELECT student_id, span_no, day, channel, topic,
                   CASE WHEN school_asks = 1 THEN 'outbound' WHEN family_asks = 1 THEN 'inbound'
                        WHEN known = 1 THEN 'conversation' ELSE 'unknown' END AS side, reply_days, answers_days
            FROM (SELECT *, {_UNPACKED} FROM contact_mark) WHERE delivered = 1;
        """,
    ),
]

# Steps that change the form of the facts, which are then made anew.
OTHER_FACTS = frozenset(("004_marks",))
