"""Every way of splitting an answer, by its public name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cut:
    """One way of splitting an answer.

    name    the public name;  label  as a person says it
    of      'span' (where and who the student was that day), 'time' or 'contact'
    always  its values are rows even when nothing is in them
    """

    name: str
    label: str
    of: str
    always: bool = False


CUTS = {
    cut.name: cut
    for cut in (
        Cut("band", "Grade band", "span", always=True),
        Cut("grade", "Grade", "span", always=True),
        Cut("school", "School", "span", always=True),
        Cut("district", "District", "span"),
        Cut("school_year", "School year", "time"),
        Cut("month", "Month", "time", always=True),
        Cut("week", "Week", "time"),
        Cut("channel", "Channel", "contact"),
        Cut("topic", "Topic", "contact"),
        Cut("home_language", "Home language", "span"),
        Cut("iep", "IEP", "span"),
        Cut("english_learner", "English learner", "span"),
        Cut("low_income", "Low income", "span"),
        Cut("race_ethnicity", "Race or ethnicity", "span"),
        Cut("gender", "Gender", "span"),
    )
}
