"""The fields of both kinds of file, as `--map FIELD=HEADER` and the preview name them."""

# Fields whose texts are given a meaning; the rest is taken as it is written.
CONTACT_WORDS = (
    "channel",
    "direction",
    "outcome",
    "initiated_by",
    "audience",
    "topic",
    "tone",
    "contact_with",
    "language",
    "interpreter",
    "student_present",
    "minutes",
    "grade",
)
CONTACT_TEXTS = ("student_id", "student_name", "first_name", "last_name", "staff", "record_id", "school")
CONTACTS = (*CONTACT_TEXTS, "contact_date", "contact_time", *CONTACT_WORDS)

ROSTER_WORDS = ("grade", "home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender")
ROSTER_TEXTS = (
    "student_id",
    "student_name",
    "first_name",
    "middle_name",
    "last_name",
    "name_suffix",
    "school",
    "school_code",
    "school_year",
    "status",
)
ROSTER_DATES = ("entry_date", "exit_date")
ROSTER = (*ROSTER_TEXTS, *ROSTER_DATES, *ROSTER_WORDS)

OF_KIND = {"contacts": CONTACTS, "roster": ROSTER}
FIELDS = tuple(dict.fromkeys((*CONTACTS, *ROSTER)))

# What a missing or unknown text is stored as.
DEFAULTS = {
    "channel": "other",
    "direction": "unknown",
    "outcome": "unknown",
    "initiated_by": "unknown",
    "audience": "personal",
    "topic": "other",
    "tone": "unknown",
}

SQL_TYPES = {
    "interpreter": "BOOLEAN",
    "student_present": "BOOLEAN",
    "iep": "BOOLEAN",
    "english_learner": "BOOLEAN",
    "low_income": "BOOLEAN",
    "minutes": "DOUBLE",
}
