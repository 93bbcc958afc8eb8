"""What can be wrong with a row of a roster, in words. A code, the field, and what to do about it."""

SENTENCES = {
    "no_student_id": ("student_id", "The student number is missing. Fill it in and load the row again."),
    "no_grade": ("grade", "The grade is missing. Fill in TK, K or 1 to 12 and load the row again."),
    "no_school": ("school", "The school is missing. Fill it in, or name the school for the whole file."),
    "no_name": ("student_name", "The student has neither a number nor a name. Fill one in and load the row again."),
    "unknown_year": (
        "school_year",
        "“{value}” is not a school year. Write it as 2025-26, or leave it empty.",
    ),
    "exit_before_entry": (
        "exit_date",
        "The exit date {value} is before the entry date. Correct one of the two and load the row again.",
    ),
    "outside_year": (
        "entry_date",
        "The dates of this row lie outside its school year ({value}). Correct the dates or the school year.",
    ),
    "date_too_far": (
        "entry_date",
        "The entry date {value} is not a date that this roster can mean. Correct it and load the row again.",
    ),
}


def message(code: str, value: str | None) -> str:
    """The sentence for a problem code, with the value in it."""
    return SENTENCES[code][1].format(value=value or "")
